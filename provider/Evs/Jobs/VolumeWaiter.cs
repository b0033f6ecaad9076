using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Jobs;

/// <summary>Waits for a disk by its status.</summary>
/// <param name="findVolume">The disk, or null when it is definitely not there.</param>
/// <param name="poller">Looks and pauses.</param>
internal sealed class VolumeWaiter(Func<string, CancellationToken, Task<Volume?>> findVolume, Poller poller)
{
    /// <summary>Reached when the disk is not there any more; failed in error_deleting.</summary>
    public Task<WaitResult<Volume>> WaitGoneAsync(string volumeId, ResourceWaitOptions<Volume> options, CancellationToken ct) =>
        ResourceWait.RunAsync(
            poller,
            token => findVolume(volumeId, token),
            volume => volume.Status == VolumeStatus.ErrorDeleting
                ? Observation<Volume>.Failed(volume, "the disk went into the status error_deleting")
                : Observation<Volume>.Moving(volume),
            goneIsReached: true,
            options,
            ct);

    /// <summary>Reached when the disk is at rest, also in awaiting-transfer; failed in an error status; gone when it is not there.</summary>
    public Task<WaitResult<Volume>> WaitSettledAsync(string volumeId, ResourceWaitOptions<Volume> options, CancellationToken ct) =>
        WaitAsync(volumeId, JudgeSettled, options, ct);

    /// <summary>A wait with a judgement of the caller's own, for example for a size or type.</summary>
    public Task<WaitResult<Volume>> WaitAsync(
        string volumeId, Func<Volume, Observation<Volume>> judge, ResourceWaitOptions<Volume> options, CancellationToken ct) =>
        ResourceWait.RunAsync(poller, token => findVolume(volumeId, token), judge, goneIsReached: false, options, ct);

    public static Observation<Volume> JudgeSettled(Volume volume) => VolumeStatus.GroupOf(volume.Status) switch
    {
        StatusGroup.Settled or StatusGroup.SettledOdd => Observation<Volume>.Reached(volume),
        StatusGroup.Failed => Observation<Volume>.Failed(volume, $"the disk went into the status {volume.Status}"),
        _ => Observation<Volume>.Moving(volume),
    };
}
