using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Jobs;

/// <summary>What the duration of a job depends on, as far as it is known when the wait begins.</summary>
/// <param name="JobType">One of <see cref="JobTypes"/>, or another word of the service's.</param>
/// <param name="VolumeType">The type of the disk; of a change of type, the new one.</param>
/// <param name="Source">What the disk is made from: <c>image</c>, <c>snapshot</c> or <c>backup</c>; empty for an empty disk.</param>
internal readonly record struct JobKind(string JobType, string VolumeType = "", string Source = "")
{
    public static JobKind Creating(CreateVolume order) => new(
        order.Count > 1 ? JobTypes.BatchCreateVolume : JobTypes.CreateVolume,
        order.VolumeType,
        order switch
        {
            { SnapshotId: not null } => "snapshot",
            { ImageId: not null } => "image",
            { BackupId: not null } => "backup",
            _ => "",
        });

    /// <summary>The same with disks of any type.</summary>
    public JobKind OfAnyVolumeType => this with { VolumeType = "" };
}
