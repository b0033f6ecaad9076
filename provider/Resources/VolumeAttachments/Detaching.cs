using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;

namespace PulumiEvs.Resources.VolumeAttachments;

/// <summary>Detaches a disk and returns when the disk no longer shows the attachment; not attached already is success.</summary>
internal sealed class Detaching(EvsSession session, IOperationLog log)
{
    private const string Verb = "detaching";

    public async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var id = AttachmentId.Parse(request.Id);
        while (await AttachedAsync(id, cancellationToken) is { } volume)
        {
            try
            {
                if (await session.Client.DetachVolumeAsync(id.ServerId, id.VolumeId, cancellationToken) is { } jobId)
                {
                    await WaitForJobAsync(id, jobId, cancellationToken);
                }

                await WaitDetachedAsync(id, cancellationToken);
                return;
            }
            catch (EvsException refusal) when (refusal.Knowledge == Knowledge.Refused && session.Deadline.Remaining > Crossing.Pause)
            {
                if (!await Crossing.PassesAsync(session, volume, status => log.Status($"{Verb}: the volume is {status}; waiting for that to pass"), cancellationToken))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>The disk at rest, when it is attached to that server; null when it is not: an attachment that is still being made can be undone only then.</summary>
    private async Task<Volume?> AttachedAsync(AttachmentId id, CancellationToken cancellationToken)
    {
        var wait = await session.Volumes.WaitSettledAsync(
            id.VolumeId, new ResourceWaitOptions<Volume> { Timeout = session.Deadline.Remaining, OnProgress = ShowStatus }, cancellationToken);
        switch (wait)
        {
            case { Outcome: WaitOutcome.Gone }:
                return null;
            case { Outcome: WaitOutcome.Reached or WaitOutcome.Failed, Failure: null, Last: { } volume }:
                return AttachmentOutputs.Find(volume, id.ServerId) is null ? null : volume;
            case { Outcome: WaitOutcome.Failed, Failure: { } failure }:
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
                throw failure;
            default:
                throw Unfinished(id, wait);
        }
    }

    private async Task WaitForJobAsync(AttachmentId id, string jobId, CancellationToken cancellationToken)
    {
        var wait = await session.EcsJobs.WaitAsync(
            jobId,
            new JobWaitOptions
            {
                Timeout = session.Deadline.Remaining,
                Kind = new JobKind(JobTypes.DetachVolume),
                OnProgress = progress => log.Status(JobReport.Progress(Verb, progress)),
            },
            cancellationToken);

        // A job that is no longer known says nothing: whether the disk is attached is what counts.
        if (wait.Outcome is WaitOutcome.Reached or WaitOutcome.Gone)
        {
            return;
        }

        var kind = wait.Outcome switch
        {
            WaitOutcome.Cancelled => FailureKind.Cancelled,
            WaitOutcome.TimedOut => FailureKind.TimedOut,
            _ => FailureKind.Unknown,
        };
        throw new ResourceException(
            kind,
            JobReport.Compose(
                Operation(id), session.Deadline.Elapsed, jobId, session.LastWriteRequestId, wait, null, "The attachment stays in the state; run again to detach."),
            wait.Failure);
    }

    private async Task WaitDetachedAsync(AttachmentId id, CancellationToken cancellationToken)
    {
        var wait = await session.Volumes.WaitAsync(
            id.VolumeId,
            volume => (AttachmentOutputs.Find(volume, id.ServerId), VolumeStatus.GroupOf(volume.Status)) switch
            {
                (null, not StatusGroup.Moving) => Observation<Volume>.Reached(volume),
                (_, StatusGroup.Failed) => Observation<Volume>.Failed(volume, $"the volume went into the status {volume.Status}"),
                _ => Observation<Volume>.Moving(volume),
            },
            new ResourceWaitOptions<Volume> { Timeout = session.Deadline.Remaining, OnProgress = ShowStatus },
            cancellationToken);
        if (wait.Outcome is not (WaitOutcome.Reached or WaitOutcome.Gone))
        {
            throw Unfinished(id, wait);
        }
    }

    private void ShowStatus(WaitProgress<Volume> progress)
    {
        if (progress is { Looks: > 1, Last: { } seen })
        {
            log.Status($"{Verb}: volume {seen.Status}, {Elapsed.Text(progress.Elapsed)}");
        }
    }

    private ResourceException Unfinished(AttachmentId id, WaitResult<Volume> wait)
    {
        var (kind, how) = wait.Outcome switch
        {
            WaitOutcome.Cancelled => (FailureKind.Cancelled, "was cancelled"),
            WaitOutcome.TimedOut => (FailureKind.TimedOut, "timed out"),
            _ => (FailureKind.Unknown, "failed"),
        };
        return new ResourceException(
            kind,
            $"{Operation(id)} {how} after {Elapsed.Text(session.Deadline.Elapsed)} ({wait.Reason ?? $"the volume is {wait.Last?.Status ?? "not readable"}"}). "
            + "It stays in the state; run again, or raise customTimeouts.delete.",
            wait.Failure);
    }

    private static string Operation(AttachmentId id) => $"detaching volume {id.VolumeId} from server {id.ServerId}";
}
