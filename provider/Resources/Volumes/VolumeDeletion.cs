using PulumiEvs.Evs;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Jobs.Crowds;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// Deletes a disk and returns when it is gone. What is attached or has snapshots is not deleted by the way: the user is told
/// what stands against it. Where the service refuses for a state that passes, it is asked again until the time is over.
/// </summary>
internal sealed class VolumeDeletion(EvsSession session, IOperationLog log)
{
    /// <summary>Snapshots with this prefix belong to backups, not to the user (facts of the service).</summary>
    private const string BackupSnapshotPrefix = "autobk_snapshot_";

    public async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var id = PendingVolumeId.JobOf(request.Id) is { } jobId
            ? await IdOfJobAsync(jobId, request, cancellationToken)
            : request.Id;
        if (id is null)
        {
            return;
        }

        var deleteSnapshots = MayDeleteSnapshots(request.OldInputs ?? request.OldOutputs);
        while (true)
        {
            var volume = await SettledAsync(id, cancellationToken);
            if (volume is null)
            {
                return;
            }

            await RefuseIfInUseAsync(volume, deleteSnapshots, cancellationToken);
            try
            {
                var accepted = await session.Client.DeleteVolumeAsync(id, cancellationToken);
                if (accepted is not null)
                {
                    await WaitGoneAsync(volume, accepted.JobId, cancellationToken);
                }

                return;
            }
            catch (EvsException refusal) when (refusal.Code is { } code && ErrorCodes.Find(code)?.ClearsByWaiting is true)
            {
                if (session.Deadline.Remaining <= RetryPause)
                {
                    throw;
                }

                log.Status($"deleting: the service says {code} {refusal.ServiceMessage}; waiting for that to pass");
                await Task.Delay(RetryPause, session.Time, cancellationToken);
            }
        }
    }

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    /// <summary>The disk once it is at rest; null when it is gone. A disk on its way somewhere cannot be deleted yet.</summary>
    private async Task<Volume?> SettledAsync(string id, CancellationToken cancellationToken)
    {
        var wait = await session.Volumes.WaitSettledAsync(
            id,
            new ResourceWaitOptions<Volume>
            {
                Timeout = session.Deadline.Remaining,
                OnProgress = progress =>
                {
                    if (progress.Looks > 1 && progress.Last is { } seen)
                    {
                        log.Status($"deleting: waiting while the volume is {seen.Status}, {Elapsed.Text(progress.Elapsed)}");
                    }
                },
            },
            cancellationToken);
        switch (wait)
        {
            case { Outcome: WaitOutcome.Gone }:
                return null;
            case { Outcome: WaitOutcome.Reached, Last: { } volume }:
                return volume;
            case { Outcome: WaitOutcome.Failed, Failure: null, Last: { } broken } when broken.Status == VolumeStatus.ErrorDeleting:
                throw ErrorDeleting(broken);
            case { Outcome: WaitOutcome.Failed, Failure: null, Last: { } broken }:
                return broken;
            case { Outcome: WaitOutcome.Failed, Failure: { } failure }:
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
                throw failure;
            default:
                throw Unfinished(id, wait.Outcome, wait.Elapsed, $"the volume is {wait.Last?.Status ?? "not readable"}");
        }
    }

    public static bool MayDeleteSnapshots(PropertyMap inputs) => InputReader.Bool(inputs[VolumeProperties.DeleteSnapshots]) is true;

    /// <summary>Refuses what must not be deleted by the way.</summary>
    /// <exception cref="ResourceException">The disk is prepaid, attached or has snapshots.</exception>
    public async Task RefuseIfInUseAsync(Volume volume, bool deleteSnapshots, CancellationToken cancellationToken)
    {
        var name = VolumeText.Existing(volume);
        if (VolumeFacts.IsPrepaid(volume))
        {
            throw Refused(
                $"{name} is prepaid (order {volume.Metadata[VolumeMetadata.OrderId]}) and cannot be deleted by this API. "
                + "Unsubscribe from it in the console, then run `pulumi refresh`.");
        }

        if (volume.Attachments.Count > 0)
        {
            var servers = volume.Attachments.Select(attachment => $"server {attachment.ServerId}" + (attachment.Device is { Length: > 0 } device ? $" as {device}" : ""));
            throw Refused($"{name} is attached to {string.Join(", ", servers)}. Detach it first, or destroy what attaches it; then run again.");
        }

        if (deleteSnapshots)
        {
            return;
        }

        var snapshots = new List<string>();
        await foreach (var snapshot in session.Client.ListSnapshotsAsync(new SnapshotFilter { VolumeId = volume.Id }, cancellationToken))
        {
            if (snapshot.Name?.StartsWith(BackupSnapshotPrefix, StringComparison.Ordinal) is not true)
            {
                snapshots.Add($"{snapshot.Id} \"{snapshot.Name}\"");
            }
        }

        if (snapshots.Count > 0)
        {
            throw Refused(
                $"{name} has {snapshots.Count} snapshot(s), which would be deleted with it: {string.Join(", ", snapshots)}. "
                + "Delete them first, or set deleteSnapshots: true on the volume, run `pulumi up`, and delete again.");
        }
    }

    private async Task WaitGoneAsync(Volume volume, string? jobId, CancellationToken cancellationToken)
    {
        if (jobId is not null)
        {
            var job = await session.Jobs.WaitAsync(
                jobId,
                new JobWaitOptions
                {
                    Timeout = session.Deadline.Remaining,
                    Kind = new JobKind(JobTypes.DeleteVolume, volume.VolumeType ?? ""),
                    Volume = new WatchedVolume { Id = volume.Id, WasThere = true },
                    OnProgress = progress => log.Status(JobReport.Progress("deleting", progress)),
                },
                cancellationToken);
            if (job.Outcome is WaitOutcome.Failed or WaitOutcome.Cancelled or WaitOutcome.TimedOut)
            {
                var kind = job.Outcome switch
                {
                    WaitOutcome.Cancelled => FailureKind.Cancelled,
                    WaitOutcome.TimedOut => FailureKind.TimedOut,
                    _ => FailureKind.Unknown,
                };
                throw new ResourceException(
                    kind,
                    JobReport.Compose(
                        "deleting " + VolumeText.Existing(volume), session.Deadline.Elapsed, jobId, session.LastWriteRequestId, job, null, "The volume stays in the state; run again to delete it."),
                    job.Failure);
            }
        }

        // Also after a job that is no longer known: whether the disk is there is what counts.
        var gone = await session.Volumes.WaitGoneAsync(
            volume.Id, new ResourceWaitOptions<Volume> { Timeout = session.Deadline.Remaining }, cancellationToken);
        if (gone.Outcome == WaitOutcome.Failed && gone is { Failure: null, Last: { } broken })
        {
            throw ErrorDeleting(broken);
        }

        if (gone.Outcome != WaitOutcome.Reached)
        {
            throw Unfinished(volume.Id, gone.Outcome, gone.Elapsed, gone.Reason ?? $"the volume is still {gone.Last?.Status ?? "there"}");
        }
    }

    /// <summary>The disk of a job that an earlier run did not see the end of; null when there is none.</summary>
    private async Task<string?> IdOfJobAsync(string jobId, DeleteRequest request, CancellationToken cancellationToken)
    {
        var wait = await session.Jobs.WaitAsync(
            jobId,
            new JobWaitOptions
            {
                Timeout = session.Deadline.Remaining,
                Kind = new JobKind(JobTypes.CreateVolume),
                ServerTime = () => session.ServerTime,
                OnProgress = progress => log.Status(JobReport.Progress("deleting: waiting for the creation to end", progress)),
            },
            cancellationToken);
        if (wait.Last?.Entities?.VolumeId is { Length: > 0 } id)
        {
            return id;
        }

        if (wait is { Outcome: WaitOutcome.Failed, Last.State: JobState.Fail })
        {
            return null;
        }

        if (wait.Outcome == WaitOutcome.Gone)
        {
            return await ForgottenJob.ProblemAsync(session, "deleting", jobId, request.OldOutputs, cancellationToken) is { } problem ? throw problem : null;
        }

        throw new ResourceException(
            FailureKind.Unknown,
            JobReport.Compose(
                $"deleting the volume of job {jobId}",
                session.Deadline.Elapsed,
                jobId,
                null,
                wait,
                null,
                $"Look in the console for a volume named {request.OldOutputs[VolumeProperties.Name]} and delete it there; "
                + "then take this entry out of the state with `pulumi state delete`."));
    }

    private static ResourceException ErrorDeleting(Volume volume) => Refused(
        $"{VolumeText.Existing(volume)} is in status error_deleting: the service failed to delete it and accepts no further delete. "
        + "Ask the cloud's support to remove it; it stays in the state until it is gone.");

    private static ResourceException Refused(string message) => new(FailureKind.Precondition, message);

    private static ResourceException Unfinished(string id, WaitOutcome outcome, TimeSpan elapsed, string last) => new(
        outcome == WaitOutcome.Cancelled ? FailureKind.Cancelled : FailureKind.TimedOut,
        $"deleting volume {id} {(outcome == WaitOutcome.Cancelled ? "was cancelled" : "timed out")} after {Elapsed.Text(elapsed)} ({last}). "
        + "It stays in the state; run again, or raise customTimeouts.delete.");
}
