using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// Makes a disk: submits the request, waits for the job, reads the disk. Once the request is out, no way of ending loses the
/// disk: it is in the outcome by its id, or by its job's.
/// </summary>
internal sealed class VolumeCreation(EvsSession session, IOperationLog log)
{
    /// <summary>How long a look at what is left may take after the operation's own time is over.</summary>
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(3);

    /// <summary>How long a disk whose job has ended may stay hidden or unsettled before that is reported.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(1);

    public static TimeSpan DefaultTimeout(PropertyMap inputs) =>
        VolumeProperties.Sources.Any(source => !inputs[source].IsAbsent) ? VolumeTimeouts.CreateFromSource : VolumeTimeouts.CreateBlank;

    public async Task<ResourceOutcome> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var accepted = await session.Client.CreateVolumeAsync(VolumeOrder.From(request.Inputs), clientToken: null, cancellationToken);
        if (accepted.JobId is not { Length: > 0 } jobId)
        {
            throw new ResourceException(
                FailureKind.Unknown,
                $"creating {VolumeText.Wished(request.Inputs)}: the service accepted the request but named no job"
                + (accepted.OrderId is { } order ? $", only the order {order}" : "")
                + $" (request id {session.LastWriteRequestId}). Look for the disk in the console; import it with `pulumi import` if it is there.");
        }

        var job = new CreationJob(jobId, session.LastWriteRequestId, accepted.VolumeIds is [var id] ? id : null);
        return await FollowAsync(job, request.Inputs, cancellationToken);
    }

    /// <summary>Waits for a creating job, be it new or one that an earlier run left unfinished.</summary>
    public async Task<ResourceOutcome> FollowAsync(CreationJob job, PropertyMap inputs, CancellationToken cancellationToken)
    {
        var wait = await session.Jobs.WaitAsync(
            job.JobId,
            new JobWaitOptions { Timeout = session.Deadline.Remaining, OnProgress = progress => log.Status(JobReport.Progress("creating", progress)) },
            cancellationToken);
        job = job with { VolumeId = VolumeIdOf(wait.Last) ?? job.VolumeId };
        return wait.Outcome switch
        {
            WaitOutcome.Reached => await SucceededAsync(job, inputs, wait, cancellationToken),
            WaitOutcome.Failed when wait.Last is { State: JobState.Fail } => await FailedAsync(job, inputs, wait),
            _ => await InterruptedAsync(job, inputs, wait),
        };
    }

    private async Task<ResourceOutcome> SucceededAsync(
        CreationJob job, PropertyMap inputs, WaitResult<Job> wait, CancellationToken cancellationToken)
    {
        if (job.VolumeId is not { } id)
        {
            var text = JobReport.Compose(Operation(inputs), job.JobId, job.RequestId, wait, "the job succeeded but named no volume", null);
            return Partial(job, inputs, CreationState.Unfinished, null, text);
        }

        // The job has decided; a node that does not show the disk yet is asked again for a little while.
        var settled = await session.Volumes.WaitSettledAsync(
            id, new ResourceWaitOptions<Volume> { Timeout = session.Deadline.AtMost(SettleTime), ToleratedMissing = int.MaxValue }, cancellationToken);
        if (settled is { Outcome: WaitOutcome.Reached, Last: { } volume })
        {
            return new ResourceOutcome.Done(id, VolumeOutputs.Of(volume, inputs, job.JobId));
        }

        var reason = $"{Operation(inputs)}: the job {job.JobId} succeeded, but the disk {id} could not be read as ready "
            + $"({settled.Reason ?? $"status {settled.Last?.Status ?? "not found"}"}). The next `pulumi up` reads it again.";
        return Partial(job, inputs, CreationState.Unfinished, settled.Last, reason);
    }

    private async Task<ResourceOutcome> FailedAsync(CreationJob job, PropertyMap inputs, WaitResult<Job> wait)
    {
        var look = await LookAsync(job.VolumeId);
        if (look is { IsCertain: true, Volume: null })
        {
            var nothing = job.VolumeId is null ? "nothing that the job names" : $"nothing: volume {job.VolumeId} does not exist";
            throw new ResourceException(
                FailureKind.Precondition, JobReport.Compose(Operation(inputs), job.JobId, job.RequestId, wait, nothing, null));
        }

        var left = look.Volume is { } volume
            ? $"volume {volume.Id} in status {volume.Status}"
            : $"volume {job.VolumeId}, whose status could not be read ({look.Problem})";
        const string next = "The next `pulumi up` deletes what is left and creates the volume anew; `pulumi destroy` deletes it.";
        return Partial(
            job, inputs, CreationState.Failed, look.Volume, JobReport.Compose(Operation(inputs), job.JobId, job.RequestId, wait, left, next));
    }

    /// <summary>Timed out, cancelled, or the job could not be asked: the disk may yet come.</summary>
    private async Task<ResourceOutcome> InterruptedAsync(CreationJob job, PropertyMap inputs, WaitResult<Job> wait)
    {
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
            JobReport.Compose(Operation(inputs), job.JobId, job.RequestId, wait, left, next.TrimEnd()));
    }

    /// <summary>The disk as it is now, for the state: bounded by a time of its own, since the operation's may be over.</summary>
    private async Task<LastLookResult> LookAsync(string? volumeId)
    {
        if (volumeId is null)
        {
            return new LastLookResult(null, IsCertain: true, null);
        }

        using var bound = new CancellationTokenSource(LastLook, session.Time);
        try
        {
            return new LastLookResult(await session.Client.FindVolumeAsync(volumeId, bound.Token), IsCertain: true, null);
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

    private static ResourceOutcome.Partial Partial(CreationJob job, PropertyMap inputs, CreationState state, Volume? volume, string reason)
    {
        var outputs = volume is not null
            ? VolumeOutputs.Of(volume, inputs, job.JobId)
            : VolumeOutputs.Expected(inputs)
                .With(VolumeProperties.JobId, job.JobId)
                .With(PropertyMap.Empty.ToBuilder().SetIfPresent(VolumeProperties.VolumeId, job.VolumeId).Build());
        return new ResourceOutcome.Partial(
            job.VolumeId ?? PendingVolumeId.Of(job.JobId), CreationMark.Put(outputs, state), [reason]);
    }

    private static string Operation(PropertyMap inputs) => "creating " + VolumeText.Wished(inputs);

    private static string? VolumeIdOf(Job? job) => string.IsNullOrEmpty(job?.Entities?.VolumeId) ? null : job.Entities.VolumeId;

    private sealed record LastLookResult(Volume? Volume, bool IsCertain, string? Problem);
}

/// <summary>A creating job and what is known of it.</summary>
/// <param name="RequestId">The id of the request that started it; null when an earlier run did.</param>
internal sealed record CreationJob(string JobId, string? RequestId, string? VolumeId);
