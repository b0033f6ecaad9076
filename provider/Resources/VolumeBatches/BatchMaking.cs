using System.Collections.Immutable;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>
/// Makes several disks by one request: submits it, waits for the job, and reads from its sub-jobs, one by one, what became of each
/// disk. Once the request is out, no way of ending loses a disk: it is in what is returned, by its id or by its job's.
/// </summary>
internal sealed class BatchMaking(EvsSession session, CreateGuard guard, IOperationLog log)
{
    /// <summary>How long a look at what is left may take after the operation's own time is over.</summary>
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(2);

    /// <summary>How long disks whose job has ended may stay hidden or unsettled before that is reported.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(1);

    /// <summary>Makes new disks, with the lowest numbers that the batch's others do not have.</summary>
    public async Task<BatchMade> MakeAsync(
        string urn, PropertyMap inputs, IEnumerable<BatchMember> others, int count, CreationRecord record, CancellationToken cancellationToken)
    {
        var plan = new BatchPlan(inputs, BatchMembers.FreeNumbers(others, count));
        var order = plan.Order;
        using var tickets = VolumeTickets.Begin(guard.Claims, order);
        var entry = await record.NewAsync(urn, inputs, known => BatchOrder.From(known, plan.Numbers), cancellationToken);
        var sent = session.Time.GetTimestamp();
        var submitted = await new VolumeSubmission(session, guard, log).SubmitAsync(order, entry, tickets, cancellationToken);
        if (submitted.Found.Count > 0)
        {
            return await AdoptAsync(plan, submitted.Found, cancellationToken);
        }

        var job = submitted.Job!;
        guard.Journal.Note(urn, known => known with { JobId = job.JobId });
        var wait = await new CreationWait(session, log).WaitAsync(job, order, cancellationToken, tickets.Resolve);
        if (wait.Outcome == WaitOutcome.Gone && !tickets.AreResolved)
        {
            // The service has forgotten the job before it named its disks: they are looked for as after a lost answer.
            tickets.Lose();
            var found = await new LostVolume(session, log, guard.Remembers(entry)).FindAsync(
                order, tickets, () => session.Time.GetElapsedTime(sent), () => guard.LostAnswerWindow, cancellationToken);
            var named = wait.Last is { } last ? Parts(last) : [];
            return await BuildAsync(plan, job, wait, Merge(plan, named, found), cancellationToken);
        }

        return await EndAsync(plan, job, wait, cancellationToken);
    }

    /// <summary>Waits for a job that an earlier run left unfinished.</summary>
    /// <param name="members">What the state has of the batch; those of the job keep their numbers.</param>
    public async Task<BatchMade> FollowAsync(
        string jobId, PropertyMap inputs, IReadOnlyCollection<BatchMember> members, CancellationToken cancellationToken)
    {
        var job = new CreationJob(jobId, RequestId: null, VolumeId: null);
        var wait = await new CreationWait(session, log).WaitAsync(job, BatchOrder.From(inputs), cancellationToken, wasBegunEarlier: true);
        return await EndAsync(PlanOf(wait.Last, inputs, members), job, wait, cancellationToken);
    }

    /// <summary>What a job that has ended, or was looked at once, came to.</summary>
    public Task<BatchMade> ConcludeAsync(
        string jobId, Job job, PropertyMap inputs, IReadOnlyCollection<BatchMember> members, CancellationToken cancellationToken)
    {
        var wait = new WaitResult<Job>
        {
            Outcome = job.State switch
            {
                JobState.Success => WaitOutcome.Reached,
                JobState.Fail => WaitOutcome.Failed,
                _ => WaitOutcome.TimedOut,
            },
            Last = job,
            Elapsed = TimeSpan.Zero,
            Looks = 1,
        };
        return EndAsync(PlanOf(job, inputs, members), new CreationJob(jobId, null, null), wait, cancellationToken);
    }

    /// <summary>Disks that were found although the answer to their request was lost.</summary>
    public Task<BatchMade> AdoptAsync(BatchPlan plan, IReadOnlyList<Volume> found, CancellationToken cancellationToken) =>
        BuildAsync(plan, null, null, Merge(plan, [], found), cancellationToken);

    private async Task<BatchMade> EndAsync(BatchPlan plan, CreationJob job, WaitResult<Job> wait, CancellationToken cancellationToken)
    {
        if (wait.Last is null)
        {
            // Cancelled right after the request, the job was never asked.
            wait = wait with { Last = await AskOnceAsync(job.JobId) };
        }

        var parts = wait.Last is { } last ? Parts(last) : [];
        if (wait is { Outcome: WaitOutcome.Reached or WaitOutcome.Failed, Failure: null })
        {
            parts = await AwaitStragglersAsync(parts, cancellationToken);
        }

        return await BuildAsync(plan, job, wait, parts, cancellationToken);
    }

    /// <summary>A job may have ended as a whole, for one part that failed, while others go on.</summary>
    private async Task<ImmutableArray<BatchPart>> AwaitStragglersAsync(ImmutableArray<BatchPart> parts, CancellationToken cancellationToken) =>
        [.. await Task.WhenAll(parts.Select(async part =>
        {
            if (part is not { End: PartEnd.Open, Job.JobId: { Length: > 0 } id })
            {
                return part;
            }

            var wait = await session.Jobs.WaitAsync(
                id, new JobWaitOptions { Timeout = session.Deadline.Remaining, Kind = new JobKind(JobTypes.CreateVolume) }, cancellationToken);
            return wait.Last is { } job ? PartOf(job, part.Index) : part;
        }))];

    private async Task<BatchMade> BuildAsync(
        BatchPlan plan, CreationJob? job, WaitResult<Job>? wait, ImmutableArray<BatchPart> parts, CancellationToken cancellationToken)
    {
        plan = plan.Covering(parts.Length);
        var (shown, isCertain) = await ReadAsync(parts, cancellationToken);
        var members = ImmutableArray.CreateBuilder<BatchMember>(parts.Length);
        var troubles = new List<BatchTrouble>();
        foreach (var part in parts)
        {
            var live = part.VolumeId is { } id ? shown.GetValueOrDefault(id) : null;
            var group = live is null ? (StatusGroup?)null : VolumeStatus.GroupOf(live.Status);
            var failed = part.End == PartEnd.Failed || (part.End == PartEnd.Made && group == StatusGroup.Failed);
            if (part.VolumeId is not null && (live is not null || !failed || !isCertain))
            {
                members.Add(plan.Member(part.Index, part.VolumeId, live, job?.JobId, failed ? VolumeStatus.Error : VolumeStatus.Creating, failed));
            }

            if (TroubleOf(part, live, group) is { } text)
            {
                troubles.Add(new BatchTrouble(part, live, text));
            }
        }

        var isOver = wait is null or { Outcome: WaitOutcome.Reached or WaitOutcome.Failed, Failure: null }
            || (wait.Outcome == WaitOutcome.Gone && parts.Length == plan.Numbers.Length && members.Count > 0);
        var isUnfinished = !isOver || parts.Any(part => part.End == PartEnd.Open) || troubles.Exists(IsToCome);
        var sound = members.Count(member => !member.IsFailed);
        var isShort = isOver && sound < plan.Numbers.Length;
        return new BatchMade
        {
            Members = members.ToImmutable(),
            JobId = job?.JobId,
            IsUnfinished = isUnfinished,
            Kind = isOver ? FailureKind.Unknown : FailureKinds.Of(wait!.Outcome),
            Reasons = troubles.Count == 0 && !isUnfinished && !isShort
                ? []
                : BatchReport.Compose(
                    plan,
                    Headline(plan, wait, sound, isOver),
                    job is null ? null : new CreationJobText(JobReport.Job(job.JobId, wait?.Last), job.RequestId),
                    sound,
                    isOver ? troubles : troubles.FindAll(trouble => trouble.Part.End == PartEnd.Failed),
                    Next(isUnfinished, wait, members.Any(member => member.IsFailed))),
        };
    }

    private string Headline(BatchPlan plan, WaitResult<Job>? wait, int sound, bool isOver)
    {
        var elapsed = session.Deadline.Elapsed;
        return (isOver, wait) switch
        {
            (false, { } cut) => $"{JobReport.Headline(cut with { Elapsed = elapsed })}, {sound} of {plan.Numbers.Length} known",
            _ => $"ended after {Elapsed.Text(elapsed)} with {sound} of {plan.Numbers.Length}",
        };
    }

    private static string Next(bool isUnfinished, WaitResult<Job>? wait, bool hasRemains) =>
        isUnfinished
            ? "`pulumi up` goes on waiting for the same job." + (wait?.Outcome == WaitOutcome.TimedOut ? " Raise customTimeouts if it needs longer." : "")
            : $"`pulumi up` {(hasRemains ? "deletes what failed and " : "")}creates only what is missing.";

    private static bool IsToCome(BatchTrouble trouble) =>
        trouble.Part.End == PartEnd.Made
        && (trouble.Live is null || VolumeStatus.GroupOf(trouble.Live.Status) == StatusGroup.Moving);

    private static string? TroubleOf(BatchPart part, Volume? live, StatusGroup? group) => (part.End, group) switch
    {
        (PartEnd.Failed, _) => JobReport.Reason(part.Job!)
            + (part.Job!.JobId is { Length: > 0 } id ? $" (sub-job {id})" : "")
            + (live is null ? "" : $"; left behind: volume {live.Id} in status {live.Status}"),
        (PartEnd.Missing, _) => "did not appear after the answer to the request was lost",
        (PartEnd.Open, _) => $"its part of the job is {part.Job?.Status ?? "not known"}" + (part.VolumeId is { } volumeId ? $", volume {volumeId}" : ""),
        (PartEnd.Made, null) when part.VolumeId is null => "its part of the job succeeded but named no volume",
        (PartEnd.Made, null) => $"its part of the job succeeded, but volume {part.VolumeId} is not shown by the service yet",
        (PartEnd.Made, StatusGroup.Failed) => $"volume {live!.Id} is in status {live.Status}",
        (PartEnd.Made, StatusGroup.Moving) => $"volume {live!.Id} is still {live.Status}",
        _ => null,
    };

    /// <summary>The disks as they are now. Whether what is not among them is certain not to be there.</summary>
    private async Task<(IReadOnlyDictionary<string, Volume> Shown, bool IsCertain)> ReadAsync(ImmutableArray<BatchPart> parts, CancellationToken cancellationToken)
    {
        string[] made = [.. parts.Where(part => part.End == PartEnd.Made).Select(part => part.VolumeId).OfType<string>()];
        string[] others = [.. parts.Where(part => part.End != PartEnd.Made).Select(part => part.VolumeId).OfType<string>()];

        // The job has decided; a node that does not show the disks yet is asked again for a little while.
        var wait = await session.VolumeGroups.WaitSettledAsync(
            made,
            new ResourceWaitOptions<IReadOnlyDictionary<string, Volume>> { Timeout = session.Deadline.AtMost(SettleTime), ToleratedMissing = int.MaxValue },
            cancellationToken);
        var shown = wait.Last ?? new Dictionary<string, Volume>();
        string[] unseen = [.. made.Where(id => !shown.ContainsKey(id)), .. others];
        if (unseen.Length == 0)
        {
            return (shown, true);
        }

        using var bound = new CancellationTokenSource(LastLook, session.Time);
        try
        {
            var left = await session.LastLook(LastLook).FindVolumesAsync(unseen, bound.Token);
            return (shown.Concat(left).ToDictionary(StringComparer.Ordinal), true);
        }
        catch (Exception e) when (e is EvsException or OperationCanceledException)
        {
            log.Debug($"volumes could not be read after their creation: {e.Message}");
            return (shown, false);
        }
    }

    private async Task<Job?> AskOnceAsync(string jobId)
    {
        using var bound = new CancellationTokenSource(LastLook, session.Time);
        try
        {
            return await session.LastLook(LastLook).GetJobAsync(jobId, bound.Token);
        }
        catch (Exception e) when (e is EvsException or OperationCanceledException)
        {
            log.Debug($"job {jobId} could not be asked for its volumes: {e.Message}");
            return null;
        }
    }

    /// <summary>The numbers of a job's disks: those that the batch's other volumes leave free.</summary>
    private static BatchPlan PlanOf(Job? job, PropertyMap inputs, IReadOnlyCollection<BatchMember> members)
    {
        var ofJob = job?.Parts.Select(VolumeOfJob.Id).OfType<string>().ToHashSet(StringComparer.Ordinal) ?? [];
        var count = job?.Parts.Count ?? Math.Max(1, BatchMembers.Missing(members, InputReader.Int(inputs[BatchProperties.Count]) ?? 1));
        return new BatchPlan(inputs, BatchMembers.FreeNumbers(members.Where(member => !ofJob.Contains(member.VolumeId)), count));
    }

    /// <summary>The parts that a job has named, and the disks that were found by their names: the rest has not come.</summary>
    private static ImmutableArray<BatchPart> Merge(BatchPlan plan, ImmutableArray<BatchPart> named, IReadOnlyList<Volume> found)
    {
        var parts = named.Where(part => part.VolumeId is not null).ToDictionary(part => part.Index, part => part with { End = PartEnd.Made });
        foreach (var volume in found)
        {
            var index = plan.Numbers.Length == 1 ? 0 : (NumberedName.Split(volume.Name)?.Number ?? 1) - 1;
            parts[index] = new BatchPart(index, PartEnd.Made, volume.Id, null);
        }

        return [.. Enumerable.Range(0, plan.Numbers.Length).Select(index => parts.GetValueOrDefault(index) ?? new BatchPart(index, PartEnd.Missing, null, null))];
    }

    private static ImmutableArray<BatchPart> Parts(Job job) => [.. job.Parts.Select(PartOf)];

    private static BatchPart PartOf(Job part, int index) => new(
        index,
        part.State switch
        {
            JobState.Success => PartEnd.Made,
            JobState.Fail => PartEnd.Failed,
            _ => PartEnd.Open,
        },
        VolumeOfJob.Id(part),
        part);
}
