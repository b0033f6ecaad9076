using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// Makes a disk: submits the request, waits for the job, reads the disk. Once the request is out, no way of ending loses the
/// disk: it is in the outcome by its id, or by its job's.
/// </summary>
internal sealed class VolumeCreation(EvsSession session, CreateGuard guard, IOperationLog log)
{
    /// <summary>How long a look at what is left may take after the operation's own time is over.</summary>
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(1);

    /// <summary>How long a disk whose job has ended may stay hidden or unsettled before that is reported.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(1);

    public static TimeSpan DefaultTimeout(PropertyMap inputs) =>
        VolumeProperties.Sources.Any(source => !inputs[source].IsAbsent) ? VolumeTimeouts.CreateFromSource : VolumeTimeouts.CreateBlank;

    public async Task<ResourceOutcome> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var urn = request.Resource.Urn;
        var order = VolumeOrder.From(request.Inputs);
        var record = new CreationRecord(session, guard, log);
        var left = await record.TakeOverAsync(urn, order, Operation(request.Inputs), cancellationToken);
        try
        {
            var outcome = left is null
                ? null
                : await new VolumeRecovery(session, guard, this, log).ResumeAsync(left, request, cancellationToken);
            outcome ??= await BeginAsync(request, order, record, cancellationToken);
            return record.KeepUntilDelivered(urn, CreationRecord.IdOf(outcome), outcome);
        }
        catch (ResourceException nothing) when (left is null && nothing.Kind == FailureKind.Precondition)
        {
            // The job failed and nothing is left of it: there is nothing to find for a later run.
            guard.Journal.Remove(urn);
            throw;
        }
        finally
        {
            record.Report();
        }
    }

    /// <summary>Waits for a creating job that an earlier run left unfinished.</summary>
    public async Task<ResourceOutcome> FollowAsync(CreationJob job, PropertyMap inputs, CancellationToken cancellationToken)
    {
        var wait = await new CreationWait(session, log).WaitAsync(job, VolumeOrder.From(inputs), cancellationToken, wasBegunEarlier: true);
        return await EndAsync(job, inputs, wait, cancellationToken);
    }

    private async Task<ResourceOutcome> BeginAsync(
        CreateRequest request, CreateVolume order, CreationRecord record, CancellationToken cancellationToken)
    {
        using var tickets = VolumeTickets.Begin(guard.Claims, order);
        var entry = await record.NewAsync(request.Resource.Urn, request.Inputs, VolumeOrder.From, cancellationToken);
        var sent = session.Time.GetTimestamp();
        var submitted = await new VolumeSubmission(session, guard, log).SubmitAsync(order, entry, tickets, cancellationToken);
        if (submitted.Found is [var found, ..])
        {
            return await FollowVolumeAsync(found, request.Inputs, cancellationToken);
        }

        var job = submitted.Job!;
        var sentAt = session.KnownServerTime - session.Time.GetElapsedTime(sent);
        guard.Journal.Note(
            entry.Urn, known => known with { JobId = job.JobId, VolumeId = job.VolumeId, ServiceTime = known.ServiceTime ?? sentAt });
        var wait = await new CreationWait(session, log).WaitAsync(job, order, cancellationToken, tickets.Resolve);
        if (wait.Outcome == WaitOutcome.Gone && (VolumeOfJob.Id(wait.Last) ?? job.VolumeId) is null)
        {
            // The service has forgotten the job before it named its disk: the disk is looked for as after a lost answer.
            tickets.Lose();
            var made = await new LostVolume(session, log, guard.Remembers(entry)).FindAsync(
                order, tickets, () => session.Time.GetElapsedTime(sent), () => guard.LostAnswerWindow, cancellationToken);
            if (made is [var only, ..])
            {
                return await FollowVolumeAsync(only, request.Inputs, cancellationToken);
            }
        }

        return await EndAsync(job, request.Inputs, wait, cancellationToken);
    }

    /// <summary>A disk without a known job: its status tells when it is there.</summary>
    private async Task<ResourceOutcome> FollowVolumeAsync(Volume found, PropertyMap inputs, CancellationToken cancellationToken)
    {
        var wait = await session.Volumes.WaitSettledAsync(
            found.Id,
            new ResourceWaitOptions<Volume>
            {
                Timeout = session.Deadline.Remaining,
                OnProgress = progress => log.Status($"creating: volume {progress.Last?.Status ?? "not seen yet"}, {Elapsed.Text(progress.Elapsed)}"),
            },
            cancellationToken);
        if (wait is { Outcome: WaitOutcome.Reached, Last: { } volume })
        {
            return new ResourceOutcome.Done(volume.Id, VolumeOutputs.Of(volume, inputs, PropertyValue.Null.Instance));
        }

        var seen = wait.Last ?? found;
        var failed = wait is { Outcome: WaitOutcome.Failed, Failure: null };
        var reason = $"{Operation(inputs)}: the volume {seen.Id} is {seen.Status} after {Elapsed.Text(wait.Elapsed)} ({wait.Reason ?? wait.Outcome.ToString()}). "
            + (failed ? "The next `pulumi up` deletes it and creates it anew." : "It stays in the state; the next `pulumi up` goes on waiting.");
        var mark = failed ? CreationState.Failed : CreationState.Unfinished;
        return new ResourceOutcome.Partial(
            seen.Id, CreationMark.Put(VolumeOutputs.Of(seen, inputs, PropertyValue.Null.Instance), mark), [reason])
        { Kind = FailureKinds.Of(wait.Outcome) };
    }

    private async Task<ResourceOutcome> EndAsync(
        CreationJob job, PropertyMap inputs, WaitResult<Job> wait, CancellationToken cancellationToken)
    {
        job = job with { VolumeId = VolumeOfJob.Id(wait.Last) ?? job.VolumeId };
        return wait.Outcome switch
        {
            WaitOutcome.Reached => await SucceededAsync(job, inputs, wait, cancellationToken),
            WaitOutcome.Failed when wait.Last is { State: JobState.Fail } => await FailedAsync(job, inputs, wait, cancellationToken),
            _ => await InterruptedAsync(job, inputs, wait),
        };
    }

    private async Task<ResourceOutcome> SucceededAsync(
        CreationJob job, PropertyMap inputs, WaitResult<Job> wait, CancellationToken cancellationToken)
    {
        if (job.VolumeId is not { } id)
        {
            var text = JobReport.Compose(Operation(inputs), session.Deadline.Elapsed, job.JobId, job.RequestId, wait, "the job succeeded but named no volume", null);
            return Partial(job, inputs, CreationState.Unfinished, null, text);
        }

        // The job has decided; a node that does not show the disk yet is asked again for a little while.
        var settled = await session.MadeVolumes.WaitSettledAsync(
            id, new ResourceWaitOptions<Volume> { Timeout = session.Deadline.AtMost(SettleTime), ToleratedMissing = int.MaxValue }, cancellationToken);
        if (settled is { Outcome: WaitOutcome.Reached, Last: { } volume })
        {
            return new ResourceOutcome.Done(id, VolumeOutputs.Of(volume, inputs, job.JobId));
        }

        // Cancelled or out of time just then: the disk is there, and one short look usually shows it.
        var look = await LookAsync(id);
        if (look.Volume is { } there && VolumeStatus.GroupOf(there.Status) is StatusGroup.Settled or StatusGroup.SettledOdd)
        {
            return new ResourceOutcome.Done(id, VolumeOutputs.Of(there, inputs, job.JobId));
        }

        var reason = $"{Operation(inputs)}: the job {job.JobId} succeeded, but the disk {id} could not be read as ready "
            + $"({look.Problem ?? settled.Reason ?? $"status {look.Volume?.Status ?? "not shown yet"}"}). The next `pulumi up` reads it again.";
        return Partial(job, inputs, CreationState.Unfinished, look.Volume ?? settled.Last, reason, FailureKinds.Of(settled.Outcome));
    }

    private async Task<ResourceOutcome> FailedAsync(
        CreationJob job, PropertyMap inputs, WaitResult<Job> wait, CancellationToken cancellationToken)
    {
        // What is left decides what the next run does. A job that fails leaves time to find out, unlike one whose time is over.
        var look = await LookAsync(job.VolumeId, session.Deadline.AtMost(SettleTime), cancellationToken);
        if (!look.IsCertain)
        {
            look = await LookAsync(job.VolumeId);
        }

        if (look is { IsCertain: true, Volume: null })
        {
            var nothing = job.VolumeId is null ? "nothing that the job names" : $"nothing: volume {job.VolumeId} does not exist";
            throw new ResourceException(
                FailureKind.Precondition,
                JobReport.Compose(
                    Operation(inputs), session.Deadline.Elapsed, job.JobId, job.RequestId, wait, nothing, "Run `pulumi up` again to try anew.", isCaredFor: true));
        }

        var left = look.Volume is { } volume
            ? $"volume {volume.Id} in status {volume.Status}"
            : $"volume {job.VolumeId}, whose status could not be read ({look.Problem})";
        const string next = "The next `pulumi up` deletes what is left and creates the volume anew; `pulumi destroy` deletes it.";
        var report = JobReport.Compose(
            Operation(inputs), session.Deadline.Elapsed, job.JobId, job.RequestId, wait, left, next, isCaredFor: true);
        return Partial(job, inputs, CreationState.Failed, look.Volume, report);
    }

    /// <summary>Timed out, cancelled, or the job could not be asked: the disk may yet come.</summary>
    public async Task<ResourceOutcome.Partial> InterruptedAsync(CreationJob job, PropertyMap inputs, WaitResult<Job> wait)
    {
        job = job with { VolumeId = VolumeOfJob.Id(wait.Last) ?? job.VolumeId ?? await AskJobAsync(job.JobId) };
        var look = await LookAsync(job.VolumeId);
        var left = (job.VolumeId, look.Volume) switch
        {
            (_, { } volume) => $"volume {volume.Id} in status {volume.Status}",
            ({ } id, _) => $"volume {id}, " + (look.Problem is { } problem ? $"not readable now ({problem})" : "not shown by the service yet"),
            _ => $"the id of the volume is not known yet; it is kept in the state as {PendingVolumeId.Of(job.JobId)}",
        };
        var next = "The volume stays in the state; the next `pulumi up` goes on waiting for the same job. "
            + (wait.Outcome == WaitOutcome.TimedOut ? "Raise customTimeouts.create if the job needs longer." : "");
        return Partial(
            job,
            inputs,
            CreationState.Unfinished,
            look.Volume,
            JobReport.Compose(Operation(inputs), session.Deadline.Elapsed, job.JobId, job.RequestId, wait, left, next.TrimEnd()),
            FailureKinds.Of(wait.Outcome));
    }

    /// <summary>The disk's id, from one more look at the job: cancelled right after the request, the job was never asked.</summary>
    private async Task<string?> AskJobAsync(string jobId)
    {
        using var bound = new CancellationTokenSource(LastLook, session.Time);
        try
        {
            return VolumeOfJob.Id(await session.LastLook(LastLook).GetJobAsync(jobId, bound.Token));
        }
        catch (Exception e) when (e is EvsException or OperationCanceledException)
        {
            log.Debug($"job {jobId} could not be asked for its volume: {e.Message}");
            return null;
        }
    }

    /// <summary>The disk as it is now, for the state: bounded by a time of its own, since the operation's may be over.</summary>
    private Task<LastLookResult> LookAsync(string? volumeId) => LookAsync(volumeId, LastLook, CancellationToken.None);

    private async Task<LastLookResult> LookAsync(string? volumeId, TimeSpan within, CancellationToken cancellationToken)
    {
        if (volumeId is null)
        {
            return new LastLookResult(null, IsCertain: true, null);
        }

        using var bound = new CancellationTokenSource(within, session.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            return new LastLookResult(await session.LastLook(within).FindVolumeAsync(volumeId, either.Token), IsCertain: true, null);
        }
        catch (EvsException problem)
        {
            return new LastLookResult(null, IsCertain: false, problem.Message);
        }
        catch (OperationCanceledException)
        {
            return new LastLookResult(null, IsCertain: false, "no answer in time");
        }
    }

    private static ResourceOutcome.Partial Partial(
        CreationJob job, PropertyMap inputs, CreationState state, Volume? volume, string reason, FailureKind kind = FailureKind.Unknown)
    {
        var outputs = volume is not null
            ? VolumeOutputs.Of(volume, inputs, job.JobId)
            : VolumeOutputs.Expected(inputs)
                .With(VolumeProperties.JobId, job.JobId)
                .With(PropertyMap.Empty.ToBuilder().SetIfPresent(VolumeProperties.VolumeId, job.VolumeId).Build());
        return new ResourceOutcome.Partial(
            job.VolumeId ?? PendingVolumeId.Of(job.JobId), CreationMark.Put(outputs, state), [reason])
        { Kind = kind };
    }

    private static string Operation(PropertyMap inputs) => "creating " + VolumeText.Wished(inputs);

    private sealed record LastLookResult(Volume? Volume, bool IsCertain, string? Problem);
}
