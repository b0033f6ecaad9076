using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Jobs;

/// <summary>Waits for a snapshot by its status: snapshots have no jobs.</summary>
/// <param name="findSnapshot">The snapshot, or null when it is definitely not there.</param>
/// <param name="poller">Looks and pauses.</param>
internal sealed class SnapshotWaiter(Func<string, CancellationToken, Task<Snapshot?>> findSnapshot, Poller poller)
{
    public Task<WaitResult<Snapshot>> WaitGoneAsync(string snapshotId, ResourceWaitOptions<Snapshot> options, CancellationToken ct) =>
        ResourceWait.RunAsync(
            poller,
            token => findSnapshot(snapshotId, token),
            snapshot => snapshot.Status == VolumeStatus.ErrorDeleting
                ? Observation<Snapshot>.Failed(snapshot, "the snapshot went into the status error_deleting")
                : Observation<Snapshot>.Moving(snapshot),
            goneIsReached: true,
            options,
            ct);

    public Task<WaitResult<Snapshot>> WaitSettledAsync(string snapshotId, ResourceWaitOptions<Snapshot> options, CancellationToken ct) =>
        ResourceWait.RunAsync(
            poller,
            token => findSnapshot(snapshotId, token),
            snapshot => SnapshotStatus.GroupOf(snapshot.Status) switch
            {
                StatusGroup.Settled or StatusGroup.SettledOdd => Observation<Snapshot>.Reached(snapshot),
                StatusGroup.Failed => Observation<Snapshot>.Failed(snapshot, $"the snapshot went into the status {snapshot.Status}"),
                _ => Observation<Snapshot>.Moving(snapshot),
            },
            goneIsReached: false,
            options,
            ct);
}
