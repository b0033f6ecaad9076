using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Previews;

/// <summary>
/// Whether a disk can be made from its snapshot. Images and backups belong to other services, whose interfaces are not part of the EVS
/// API: what is wrong with them shows when the disk is made.
/// </summary>
internal static class SourceCheck
{
    /// <param name="sought">Null when it could not be read.</param>
    public static IEnumerable<string> Objections(PreflightPlan plan, SoughtSnapshot? sought)
    {
        if (plan.SnapshotId is not { } id || sought is null)
        {
            yield break;
        }

        if (sought.Found is not { } snapshot)
        {
            yield return $"{VolumeProperties.SnapshotId} \"{id}\" is no snapshot of this project and region; `getSnapshots` lists those that are";
            yield break;
        }

        // What is on its way may have arrived by the time of the update.
        if (snapshot.Status is "error" or "error_deleting" or "deleting")
        {
            yield return $"{VolumeProperties.SnapshotId} \"{id}\" is in status {snapshot.Status}; only an available snapshot can be the source of a disk";
        }

        if (plan.Size < snapshot.Size)
        {
            yield return $"{VolumeProperties.Size} {plan.Size} GiB is less than the {snapshot.Size} GiB of snapshot {id}; set it to {snapshot.Size} or more";
        }
    }
}
