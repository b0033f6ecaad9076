using System.Globalization;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Resources.Diagnosis;

/// <summary>Whether the credentials are accepted, the project is found, and what they may read there.</summary>
internal sealed class AccessCheck(ConnectionPlan plan, TimeProvider time, Random random)
{
    private const string Credentials = "credentials";
    private const string Project = "project";

    /// <summary>The harmless reads: what each is called, and what it finds.</summary>
    private static readonly (string Check, Func<EvsClient, CancellationToken, Task<string>> Read)[] Reads =
    [
        ("read disks", ReadDisksAsync),
        ("read snapshots", ReadSnapshotsAsync),
        ("read tags", async (client, ct) => Count((await client.ListProjectTagsAsync(ct)).Count, "key")),
        ("read disk types", async (client, ct) => Names((await client.ListVolumeTypesAsync(ct)).Select(type => type.Name ?? type.Id))),
        ("read zones", async (client, ct) => Names((await client.ListAvailabilityZonesAsync(ct)).Select(zone => zone.Available == false ? $"{zone.Name} (closed)" : zone.Name))),
        ("read quotas", async (client, ct) => Quotas(await client.GetQuotasAsync(ct))),
    ];

    /// <param name="evsAnswers">False: there is nobody to ask.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(bool evsAnswers, CancellationToken cancellationToken)
    {
        if (!evsAnswers)
        {
            return Skipped([Credentials, Project, .. Reads.Select(read => read.Check)], "EVS is not reached");
        }

        using var connection = plan.Open(time, random, durations: null);
        var client = connection.Client;

        if (await TryAsync(() => connection.ObtainCredentialAsync(cancellationToken)) is { } notObtained)
        {
            return [Failed(Credentials, notObtained), .. Skipped([Project, .. Reads.Select(read => read.Check)], "there are no credentials to ask with")];
        }

        var project = "";
        if (await TryAsync(async () => project = await client.Project.GetIdAsync(cancellationToken)) is { } notFound)
        {
            return notFound.Class is ErrorClass.Authentication or ErrorClass.Account
                ? [Failed(Credentials, notFound), .. Skipped([Project, .. Reads.Select(read => read.Check)], "the credentials are not accepted")]
                : [new Finding(Credentials, CheckState.Ok, "accepted"), Failed(Project, notFound), .. Skipped(Reads.Select(read => read.Check), "there is no project to ask about")];
        }

        return await ReadAsync(client, project, cancellationToken);
    }

    private async Task<IReadOnlyList<Finding>> ReadAsync(EvsClient client, string project, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var (check, read) in Reads)
        {
            var found = "";
            var failure = await TryAsync(async () => found = await read(client, cancellationToken));
            if (findings.Count == 0 && failure is { Class: ErrorClass.Authentication or ErrorClass.Account } refused)
            {
                // The service knows who asks, but not in this project.
                return ErrorCodes.IsOfProject(refused.Code)
                    ? [new Finding(Credentials, CheckState.Ok, "accepted"), Failed(Project, refused), .. Skipped(Reads.Select(row => row.Check), "not in this project")]
                    : [Failed(Credentials, refused), .. Skipped([Project, .. Reads.Select(row => row.Check)], "the credentials are not accepted")];
            }

            findings.Add(failure is null ? new Finding(check, CheckState.Ok, found) : Failed(check, failure));
        }

        // Who is refused a right, or a call, has been recognised all the same.
        return
        [
            new Finding(Credentials, CheckState.Ok, "accepted"),
            new Finding(Project, CheckState.Ok, plan.ProjectId is null ? $"found: {project}" : "accepted"),
            .. findings,
        ];
    }

    private static async Task<ErrorFacts?> TryAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
            return null;
        }
        catch (EvsException e)
        {
            return e.Facts;
        }
    }

    private static Finding Failed(string check, ErrorFacts failure)
    {
        var where = ErrorText.Where(failure);
        return new Finding(check, CheckState.Failed, ErrorText.Cause(failure) + (where.Length > 0 ? $" [{where}]" : ""), failure.Hint);
    }

    private static Finding[] Skipped(IEnumerable<string> checks, string why) => [.. checks.Select(check => new Finding(check, CheckState.Skipped, why))];

    private static async Task<string> ReadDisksAsync(EvsClient client, CancellationToken cancellationToken)
    {
        await foreach (var _ in client.ListVolumesAsync(new VolumeFilter { PageSize = 1 }, cancellationToken))
        {
            return "there are some";
        }

        return "there are none yet";
    }

    private static async Task<string> ReadSnapshotsAsync(EvsClient client, CancellationToken cancellationToken)
    {
        await foreach (var _ in client.ListSnapshotsAsync(new SnapshotFilter { PageSize = 1 }, cancellationToken))
        {
            return "there are some";
        }

        return "there are none yet";
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Distinct()) is { Length: > 0 } list ? list : "none";

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Quotas(QuotaSet set)
    {
        (string Name, string Unit)[] shown = [("volumes", ""), ("gigabytes", " GiB"), ("snapshots", "")];
        return Names(shown.Where(row => set.Quotas.ContainsKey(row.Name)).Select(row => Quota(row.Name, set.Quotas[row.Name], row.Unit)));
    }

    private static string Quota(string name, Quota quota, string unit) => quota.Limit < 0
        ? string.Create(CultureInfo.InvariantCulture, $"{name} {quota.InUse}{unit} without limit")
        : string.Create(CultureInfo.InvariantCulture, $"{name} {quota.InUse} of {quota.Limit}{unit}");
}
