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

    /// <summary>How long is looked for a disk without a job, however long ago this machine's clock says it was asked for: it may have been set.</summary>
    private static readonly TimeSpan LeastLook = TimeSpan.FromSeconds(5);

    /// <summary>The same where the service's clock says it, to a second.</summary>
    private static readonly TimeSpan LeastLookByService = TimeSpan.FromSeconds(2);

    /// <summary>With less time left no new create is begun, whose answer could not be waited for; unless there was little from the start.</summary>
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(1);

    /// <summary>The disks that are there; empty when the earlier run made nothing that is still there: then the create begins anew.</summary>
    /// <exception cref="UnfinishedJobException">Its job has not ended in time, or cannot be asked.</exception>
    /// <exception cref="ResourceException">It cannot be told, or no time is left to begin anew: the record stays, and the next run looks again.</exception>
    public async Task<IReadOnlyList<Volume>> FindAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        var found = await FindAnywhereAsync(entry, cancellationToken);
        return found.Count > 0 || session.Deadline.Remaining >= session.Deadline.ShareAtMost(4, LeastTime)
            ? found
            : throw new ResourceException(
                FailureKind.TimedOut,
                $"creating {(entry.Order is { } order ? OrderText.Of(order) : "a volume")} was not begun: for {Elapsed.Text(session.Deadline.Elapsed)} it has been "
                + "looked for what an interrupted create of this resource made. Run again; customTimeouts.create allows it more time.");
    }

    private async Task<IReadOnlyList<Volume>> FindAnywhereAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        if (!entry.OrderIsWhole)
        {
            session.HideAnswers();
        }

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

        Func<TimeSpan> window = () => StillToLook(entry);
        if (session.Client.Target.Versions.CreateTakesClientToken && entry.JobId is null && entry.OrderIsWhole && LostVolume.Age(session, entry) < CreateGuard.TokenLifetime)
        {
            var submitted = await new VolumeSubmission(session, guard, log).SubmitAsync(order, entry, tickets!, cancellationToken, isSentAgain: true);
            if (submitted.Job is not { } job)
            {
                return submitted.Found;
            }

            if (await OfJobAsync(job.JobId, order, cancellationToken) is { } ofToken)
            {
                return ofToken;
            }

            // The service has forgotten the job that it has just named. It may have begun but now: there is the whole window to look in.
            window = () => guard.LostAnswerWindow;
        }

        tickets!.Lose();
        return await new LostVolume(session, log, guard.Remembers(entry)).FindAsync(
            order, tickets, () => LostVolume.Age(session, entry), window, cancellationToken);
    }

    /// <summary>How much longer to look; where the create may take but little time, no more than half of it, for the create that may have to follow.</summary>
    private TimeSpan StillToLook(JournalEntry entry)
    {
        var isByService = entry.ServiceTime is not null && session.KnownServerTime is not null;
        var most = guard.LostAnswerWindow;
        var least = session.Deadline.ShareAtMost(2, isByService ? LeastLookByService : LeastLook) is var share && share < most ? share : most;
        return most - LostVolume.Age(session, entry) is var left && left < least ? least : left > most ? most : left;
    }

    /// <summary>Waits for the job of the interrupted run. Null: the service has forgotten the job, so its disks must be looked for.</summary>
    private async Task<IReadOnlyList<Volume>?> OfJobAsync(string jobId, CreateVolume? order, CancellationToken cancellationToken)
    {
        var interrupted = new CreationJob(jobId, RequestId: null, VolumeId: null);
        var wait = await new CreationWait(session, log).WaitAsync(interrupted, order, cancellationToken, wasBegunEarlier: true);
        switch (wait)
        {
            case { Outcome: WaitOutcome.Gone }:
                return null;
            case { Outcome: WaitOutcome.Reached or WaitOutcome.Failed, Failure: null, Last: { } job }:
                return await ShownAsync(job, cancellationToken);
            default:
                throw new UnfinishedJobException(
                    interrupted,
                    wait,
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
            new ResourceWaitOptions<IReadOnlyDictionary<string, Volume>> { Timeout = StillHidden(job), ToleratedMissing = int.MaxValue },
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (wait.Failure is { } failure)
        {
            throw failure;
        }

        var left = await session.Client.FindVolumesAsync(remains, cancellationToken);
        return [.. made.Concat(remains).Select(id => wait.Last?.GetValueOrDefault(id) ?? left.GetValueOrDefault(id)).OfType<Volume>()];
    }

    /// <summary>How long a disk may not be shown yet; at most half of the time left, for the create that may have to follow.</summary>
    private TimeSpan StillHidden(Job ended)
    {
        var since = JobTimes.EndedAt(ended) is { } end && session.ServerTime - end is var passed && passed > TimeSpan.Zero ? passed : TimeSpan.Zero;
        var left = HiddenTime - since;
        return left > TimeSpan.Zero ? session.Deadline.Remaining / 2 is var half && half < left ? half : left : TimeSpan.Zero;
    }

    private static string Made(CreateVolume? order) => order is { Name.Length: > 0 } named ? char.ToUpperInvariant(OrderText.Of(named)[0]) + OrderText.Of(named)[1..] : "A volume";
}

/// <summary>The job of an interrupted create has not ended in time, or cannot be asked.</summary>
internal sealed class UnfinishedJobException(CreationJob job, WaitResult<Job> wait, string message)
    : ResourceException(wait.Outcome == WaitOutcome.Cancelled ? FailureKind.Cancelled : FailureKind.TimedOut, message)
{
    public CreationJob Job { get; } = job;

    /// <summary>How the wait for it ended.</summary>
    public WaitResult<Job> Wait { get; } = wait;
}
