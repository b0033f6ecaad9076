using System.Globalization;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;

namespace PulumiEvs.Resources.Volumes;

/// <summary>Finds what a create made that an earlier run began and did not live to report: by its job, by its client token or by its looks.</summary>
internal sealed class InterruptedCreate(EvsSession session, CreateGuard guard, IOperationLog log)
{
    /// <summary>How long a node of the service may not show a disk whose creating job has ended.</summary>
    private static readonly TimeSpan HiddenTime = TimeSpan.FromSeconds(30);

    /// <summary>The disks that are there; empty when the earlier run made nothing that is still there: then the create begins anew.</summary>
    public async Task<IReadOnlyList<Volume>> FindAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        var begun = BegunAt(entry);
        if (entry.Endpoint != session.Client.Target.Evs.Authority || entry.ProjectId != await session.Client.Project.GetIdAsync(cancellationToken))
        {
            log.Warning(
                $"A create of this resource was interrupted at {begun}, in project {entry.ProjectId} at {entry.Endpoint}, which this configuration "
                + $"does not reach. {Made(entry.Order)} may have been made there: look for it and delete it if no stack has it.");
            return [];
        }

        log.Debug($"a create of this resource was interrupted at {begun} (job {entry.JobId ?? "not known"}); looking for what it made");
        return await FindHereAsync(entry, cancellationToken);
    }

    public static string BegunAt(JournalEntry entry) => entry.RequestedAt.ToString("u", CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<Volume>> FindHereAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        using var tickets = entry.Order is { } known ? VolumeTickets.Begin(guard.Claims, known) : null;
        if (entry.JobId is { } jobId && await OfJobAsync(jobId, entry.Order, cancellationToken) is { } made)
        {
            return made;
        }

        if (entry.Order is not { } order)
        {
            throw new ResourceException(
                FailureKind.Unknown,
                $"a create of this resource was interrupted at {entry.RequestedAt:u}, and what it asked for was secret, so its volume cannot be looked for. "
                + "Look in the console for a volume made then: import it with `pulumi import`, or delete it; then run again.");
        }

        var age = session.Time.GetUtcNow() - entry.RequestedAt;
        if (session.Client.Target.Versions.CreateTakesClientToken && entry.JobId is null && entry.OrderIsWhole && age < CreateGuard.TokenLifetime)
        {
            var submitted = await new VolumeSubmission(session, guard, log).SubmitAsync(order, entry, tickets!, cancellationToken);
            return submitted.Job is { } job ? await OfJobAsync(job.JobId, order, cancellationToken) ?? [] : submitted.Found;
        }

        tickets!.Lose();
        var left = guard.LostAnswerWindow - age;
        return await new LostVolume(session, log).FindAsync(
            order, tickets, () => session.Time.GetUtcNow() - entry.RequestedAt, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Waits for the job of the interrupted run. Null: the service has forgotten the job, so its disks must be looked for.</summary>
    private async Task<IReadOnlyList<Volume>?> OfJobAsync(string jobId, CreateVolume? order, CancellationToken cancellationToken)
    {
        var wait = await new CreationWait(session, log).WaitAsync(
            new CreationJob(jobId, RequestId: null, VolumeId: null), order, cancellationToken, wasBegunEarlier: true);
        switch (wait)
        {
            case { Outcome: WaitOutcome.Gone }:
                return null;
            case { Outcome: WaitOutcome.Reached or WaitOutcome.Failed, Failure: null, Last: { } job }:
                return await ShownAsync(job, cancellationToken);
            default:
                throw new ResourceException(
                    wait.Outcome == WaitOutcome.Cancelled ? FailureKind.Cancelled : FailureKind.TimedOut,
                    JobReport.Compose(
                        "waiting for the job of an interrupted create", session.Deadline.Elapsed, jobId, null, wait, null, "The next `pulumi up` goes on waiting for it."));
        }
    }

    /// <summary>The disks of a job that has ended. One that the job has made may stay hidden for a little while.</summary>
    private async Task<IReadOnlyList<Volume>> ShownAsync(Job job, CancellationToken cancellationToken)
    {
        string[] made = [.. job.Parts.Where(part => part.State == JobState.Success).Select(VolumeOfJob.Id).OfType<string>()];
        foreach (var id in made)
        {
            guard.Claims.Claim(id);
        }

        string[] remains = [.. job.Parts.Select(VolumeOfJob.Id).OfType<string>().Except(made, StringComparer.Ordinal)];
        var wait = await session.VolumeGroups.WaitSettledAsync(
            made,
            new ResourceWaitOptions<IReadOnlyDictionary<string, Volume>> { Timeout = session.Deadline.AtMost(HiddenTime), ToleratedMissing = int.MaxValue },
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (wait.Failure is { } failure)
        {
            throw failure;
        }

        var left = await session.Client.FindVolumesAsync(remains, cancellationToken);
        return [.. made.Concat(remains).Select(id => wait.Last?.GetValueOrDefault(id) ?? left.GetValueOrDefault(id)).OfType<Volume>()];
    }

    private static string Made(CreateVolume? order) => order is { Name.Length: > 0 } named ? char.ToUpperInvariant(OrderText.Of(named)[0]) + OrderText.Of(named)[1..] : "A volume";
}
