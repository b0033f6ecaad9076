using System.Globalization;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>
/// Rolls a disk back: looks whether it may, asks for it, waits until the disk is at rest. Once the service has been asked, a wait
/// that ends early keeps the resource, so that the next run waits and does not roll back a second time.
/// </summary>
internal sealed class Rollback(EvsSession session, IOperationLog log)
{
    private const string RollingBack = "rollbacking";
    private const string RollbackFailed = "error_rollbacking";

    /// <summary>How long the disk may still show its status from before, after the request was accepted.</summary>
    private static readonly TimeSpan Begins = TimeSpan.FromSeconds(3);

    public async Task<ResourceOutcome> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var volumeId = InputReader.Text(request.Inputs[RollbackDeclaration.VolumeId])!;
        var snapshotId = InputReader.Text(request.Inputs[RollbackDeclaration.SnapshotId])!;
        var operation = Operation(volumeId, snapshotId);
        await GuardSnapshotAsync(volumeId, snapshotId, operation, cancellationToken);
        await GuardVolumeAsync(volumeId, operation, cancellationToken);

        var requested = session.Time.GetUtcNow();
        try
        {
            // No name: the service would take it as the disk's new one.
            await session.Client.RollbackSnapshotAsync(snapshotId, volumeId, volumeName: null, cancellationToken);
        }
        catch (EvsException failure) when (failure.Knowledge == Knowledge.Unknown || failure.EarlierAttemptUnknown)
        {
            await ConfirmBegunAsync(volumeId, operation, failure, cancellationToken);
        }

        var id = $"{snapshotId}/{requested.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        var outputs = request.Inputs.With(
            RollbackDeclaration.Requested, requested.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return await FollowAsync(id, outputs, cancellationToken);
    }

    /// <summary>Waits until the disk is at rest, be the rollback new or one that an earlier run did not see the end of.</summary>
    public async Task<ResourceOutcome> FollowAsync(string id, PropertyMap outputs, CancellationToken cancellationToken)
    {
        var volumeId = InputReader.Text(outputs[RollbackDeclaration.VolumeId])!;
        var operation = Operation(volumeId, InputReader.Text(outputs[RollbackDeclaration.SnapshotId])!);
        var wait = await session.Volumes.WaitAsync(
            volumeId,
            JudgeRolledBack(),
            new ResourceWaitOptions<Volume>
            {
                Timeout = session.Deadline.Remaining,
                OnProgress = progress => log.Status($"rolling back: volume {progress.Last?.Status ?? "not seen yet"}, {Elapsed.Text(progress.Elapsed)}"),
            },
            cancellationToken);
        switch (wait)
        {
            case { Outcome: WaitOutcome.Reached }:
                return new ResourceOutcome.Done(id, CreationMark.Put(outputs, CreationState.Complete));
            case { Outcome: WaitOutcome.Gone }:
                throw new ResourceException(FailureKind.Precondition, $"{operation}: the volume does not exist any more");
            case { Outcome: WaitOutcome.Failed, Failure: null, Last: { } broken }:
                return Partial(
                    id,
                    outputs,
                    CreationState.Failed,
                    FailureKind.Unknown,
                    $"{operation} failed after {Elapsed.Text(session.Deadline.Elapsed)}: the volume went into status {broken.Status} (request id "
                    + $"{session.LastWriteRequestId ?? "not known"}). The next `pulumi up` rolls back again.");
            default:
                var (kind, how) = wait.Outcome switch
                {
                    WaitOutcome.Cancelled => (FailureKind.Cancelled, "was cancelled"),
                    WaitOutcome.TimedOut => (FailureKind.TimedOut, "timed out"),
                    _ => (FailureKind.Unknown, $"could not be followed any more ({wait.Reason})"),
                };
                return Partial(
                    id,
                    outputs,
                    CreationState.Unfinished,
                    kind,
                    $"{operation} {how} after {Elapsed.Text(session.Deadline.Elapsed)} (last: volume {wait.Last?.Status ?? "not seen"}). The service goes on with it; "
                    + "the next `pulumi up` goes on waiting and does not roll back a second time.");
        }
    }

    /// <summary>At rest counts only once the disk was seen to move, or has had the time to begin.</summary>
    private Func<Volume, Observation<Volume>> JudgeRolledBack()
    {
        var begun = session.Time.GetTimestamp();
        var moved = false;
        return volume =>
        {
            var seen = VolumeWaiter.JudgeSettled(volume);
            moved |= seen.Kind == ObservationKind.Moving;
            return moved || session.Time.GetElapsedTime(begun) >= Begins ? seen : Observation<Volume>.Moving(volume);
        };
    }

    private async Task GuardSnapshotAsync(string volumeId, string snapshotId, string operation, CancellationToken cancellationToken)
    {
        var wait = await session.Snapshots.WaitSettledAsync(
            snapshotId, new ResourceWaitOptions<Snapshot> { Timeout = session.Deadline.Remaining }, cancellationToken);
        var snapshot = wait switch
        {
            { Outcome: WaitOutcome.Gone } => throw Refused(operation, $"snapshot {snapshotId} does not exist"),
            { Outcome: WaitOutcome.Reached, Last: { } settled } => settled,
            { Outcome: WaitOutcome.Failed, Failure: null, Last: { } broken } => throw Refused(
                operation, $"{SnapshotText.Existing(broken)} is in status {broken.Status}, and must be available"),
            _ => throw NotReady(operation, wait.Outcome, wait.Failure, $"the snapshot is {wait.Last?.Status ?? "not readable"}"),
        };
        if (snapshot.VolumeId is { Length: > 0 } source && source != volumeId)
        {
            throw Refused(operation, $"{SnapshotText.Existing(snapshot)} is of volume {source}, and a snapshot can be rolled back to its own volume only");
        }
    }

    private async Task GuardVolumeAsync(string volumeId, string operation, CancellationToken cancellationToken)
    {
        var wait = await session.Volumes.WaitSettledAsync(
            volumeId, new ResourceWaitOptions<Volume> { Timeout = session.Deadline.Remaining }, cancellationToken);
        switch (wait)
        {
            case { Outcome: WaitOutcome.Gone }:
                throw Refused(operation, "the volume does not exist");
            case { Outcome: WaitOutcome.Reached, Last.Status: VolumeStatus.Available }:
            case { Outcome: WaitOutcome.Failed, Failure: null, Last.Status: RollbackFailed }:
                return;
            case { Outcome: WaitOutcome.Reached or WaitOutcome.Failed, Failure: null, Last: { } volume }:
                var servers = string.Join(", ", volume.Attachments.Select(attachment => $"server {attachment.ServerId}"));
                throw Refused(
                    operation,
                    servers.Length > 0
                        ? $"{VolumeText.Existing(volume)} is attached to {servers}, and must be available. Detach it first"
                        : $"{VolumeText.Existing(volume)} is in status {volume.Status}, and must be available");
            default:
                throw NotReady(operation, wait.Outcome, wait.Failure, $"the volume is {wait.Last?.Status ?? "not readable"}");
        }
    }

    /// <summary>The request may have been acted on: a disk that is rolling back says so. A rollback that is over again is not to be seen.</summary>
    private async Task ConfirmBegunAsync(string volumeId, string operation, EvsException failure, CancellationToken cancellationToken)
    {
        var volume = await session.Client.FindVolumeAsync(volumeId, cancellationToken);
        if (volume?.Status != RollingBack)
        {
            throw new ResourceException(
                FailureKind.Unknown,
                $"{failure.Message}\n  It is not known whether {operation} was begun: the volume is {volume?.Status ?? "not there"}. Look at its data before you "
                + "run again: the next `pulumi up` rolls back once more.",
                failure);
        }
    }

    private static ResourceOutcome.Partial Partial(string id, PropertyMap outputs, CreationState state, FailureKind kind, string reason) =>
        new(id, CreationMark.Put(outputs, state), [reason]) { Kind = kind };

    private static string Operation(string volumeId, string snapshotId) => $"rolling volume {volumeId} back to snapshot {snapshotId}";

    private static ResourceException Refused(string operation, string why) => new(FailureKind.Precondition, $"{operation}: {why}. Nothing was changed.");

    private static Exception NotReady(string operation, WaitOutcome outcome, Exception? failure, string last)
    {
        return failure ?? new ResourceException(
            outcome == WaitOutcome.Cancelled ? FailureKind.Cancelled : FailureKind.TimedOut,
            $"{operation} {(outcome == WaitOutcome.Cancelled ? "was cancelled" : "timed out")} before it began ({last}). Nothing was changed.");
    }
}
