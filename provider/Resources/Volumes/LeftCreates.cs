using System.Globalization;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// What killed runs of a stack may have made. A create of the same resource carries its own on (<see cref="VolumeRecovery"/>), but a
/// program that no longer has the resource never gets there: so the disks are named when the next run begins.
/// </summary>
internal sealed class LeftCreates(CreateGuard guard, IEvsSessions sessions)
{
    /// <summary>How long the start of a run may be held up.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    /// <summary>What a run asked for shows by then, or never.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(10);

    /// <param name="providerUrn">Tells the stack; where an engine does not say it, nothing is told.</param>
    public async Task TellAsync(string providerUrn, IOperationLog log, CancellationToken cancellationToken)
    {
        if (StackOf(providerUrn) is not { } stack || guard.Journal.Left(stack) is not { Count: > 0 } left)
        {
            return;
        }

        var found = await Task.WhenAll(left.Select(entry => AskAsync(entry, log, cancellationToken)));
        var lines = left.Zip(found).Where(pair => pair.Second is not null).Select(pair => Line(pair.First, pair.Second!)).ToArray();
        if (lines.Length > 0)
        {
            log.Warning(
                "An earlier run was killed while it was creating volumes. If the program still has a resource of these, this run finds its volume and "
                + "uses it. If not, no stack has that volume: delete it in the console, or import it with `pulumi import`." + string.Concat(lines));
        }
    }

    /// <summary>What is known of one, as a fragment; null when there is nothing to tell.</summary>
    private async Task<string?> AskAsync(JournalEntry entry, IOperationLog log, CancellationToken cancellationToken)
    {
        try
        {
            var session = sessions.Open(Bound, log);
            using var either = session.Deadline.Bound(cancellationToken);
            if (entry.Endpoint != session.Client.Target.Evs.Authority || entry.ProjectId != await session.Client.Project.GetIdAsync(either.Token))
            {
                // Another provider's of the same stack.
                return null;
            }

            var text = await FindAsync(session, entry, either.Token);
            if (text is null && IsLongAgo(session, entry))
            {
                guard.Journal.Remove(entry.Urn);
            }

            return text;
        }
        catch (Exception e) when (e is EvsException or ResourceException or MissingConfigurationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            log.Debug($"what a killed run made of {entry.Urn} could not be asked: {e.Message}");
            return entry switch
            {
                { VolumeId: { } id } => $"volume {id}",
                { JobId: { } job } => $"the volume of job {job}",
                _ => $"requested at {Begun(entry)}{Named(entry)}",
            };
        }
    }

    /// <returns>What to tell; null when no disk of the run shows.</returns>
    private async Task<string?> FindAsync(EvsSession session, JournalEntry entry, CancellationToken cancellationToken)
    {
        var job = entry.JobId is { } jobId ? await FindJobAsync(session.LookingAtOthers, jobId, cancellationToken) : null;
        string[] named = [.. job?.Parts.Select(VolumeOfJob.Id).OfType<string>() ?? []];
        if (named.Length == 0 && entry.VolumeId is { } noted && PendingVolumeId.JobOf(noted) is null)
        {
            named = [noted];
        }

        if (named.Length > 0)
        {
            var there = job is { State: JobState.Init or JobState.Running }
                ? named
                : [.. (await session.LookingAtOthers.FindVolumesAsync(named, cancellationToken)).Keys.Order(StringComparer.Ordinal)];
            foreach (var id in there)
            {
                guard.Expect(id, entry.Urn);
            }

            return there switch
            {
                [] => null,
                [var only] => $"volume {only}",
                _ => $"volumes {string.Join(", ", there)}",
            };
        }

        switch (job?.State)
        {
            case JobState.Fail:
                return null;
            case not null:
                return $"the volume of job {entry.JobId}, which the job (status {job.Status}) has not named";
        }

        if (entry.Order is not { } order)
        {
            return $"a volume requested at {Begun(entry)}, whose looks are secret";
        }

        var candidates = new List<string>();
        var looks = VolumeLooks.Each(order).ToArray();
        await foreach (var volume in session.Client.ListVolumesAsync(LostVolume.FilterOf(order), cancellationToken))
        {
            if (looks.Any(one => one.Fit(volume, LostVolume.NotBefore(session, LostVolume.Age(session, entry)))))
            {
                candidates.Add(volume.Id);
            }
        }

        return candidates switch
        {
            [] when !IsLongAgo(session, entry) => $"perhaps a volume requested at {Begun(entry)}{Named(entry)}, which does not show",
            [] => null,
            [var only] => $"volume {only}, by its looks",
            _ => $"by its looks one of the volumes {string.Join(", ", candidates)}",
        };
    }

    /// <summary>Whatever the run asked for would show by now, whichever clock was set in between.</summary>
    private static bool IsLongAgo(EvsSession session, JournalEntry entry) =>
        LostVolume.Age(session, entry) > Settled && session.Time.GetUtcNow() - entry.RequestedAt > Settled;

    private static async Task<Job?> FindJobAsync(EvsClient client, string jobId, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetJobAsync(jobId, cancellationToken);
        }
        catch (EvsException unknown) when (unknown.Class == ErrorClass.JobUnknown || unknown.IsDefinitelyNotFound)
        {
            return null;
        }
    }

    /// <summary>What all URNs of the stack and project begin with.</summary>
    private static string? StackOf(string urn) => urn.Split("::", 3) is [var stack, var project, _] ? $"{stack}::{project}::" : null;

    /// <summary>An answer that was given has nearly always arrived.</summary>
    private static string Line(JournalEntry entry, string found) =>
        $"\n  {NameOf(entry)}: {found}" + (entry.AnsweredAt is null ? "" : " (this was answered to Pulumi, so most likely the stack has it)");

    private static string NameOf(JournalEntry entry) => entry.Urn.Split("::", 4) is [_, _, _, var name] ? name : entry.Urn;

    private static string Named(JournalEntry entry) => entry.Order?.Name is { Length: > 0 } name ? $" by the name \"{name}\"" : "";

    private static string Begun(JournalEntry entry) => entry.RequestedAt.ToString("u", CultureInfo.InvariantCulture);
}
