using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Previews;

/// <summary>What was found of what a disk is made from; null is not asked for, or could not be read.</summary>
internal sealed record FoundSources(Sought<Snapshot>? Snapshot, Sought<SourceImage>? Image, Sought<SourceBackup>? Backup, Sought<SourceKey>? Key);

/// <summary>Whether a disk can be made from its snapshot, image or backup, and encrypted with its key.</summary>
internal static class SourceCheck
{
    public static IEnumerable<string> Objections(PreflightPlan plan, FoundSources found) =>
    [
        .. plan.SnapshotId is { } snapshotId && found.Snapshot is { } snapshot ? OfSnapshot(snapshotId, snapshot.Found, plan.Size) : [],
        .. plan.ImageId is { } imageId && found.Image is { } image ? OfImage(imageId, image.Found, plan.Size) : [],
        .. plan.BackupId is { } backupId && found.Backup is { } backup ? OfBackup(backupId, backup.Found, plan.Size) : [],
        .. plan.KmsKeyId is { } keyId && found.Key is { } key ? OfKey(keyId, key.Found) : [],
    ];

    private static IEnumerable<string> OfSnapshot(string id, Snapshot? snapshot, int? size)
    {
        if (snapshot is null)
        {
            yield return $"{VolumeProperties.SnapshotId} \"{id}\" is no snapshot of this project and region; `getSnapshots` lists those that are";
            yield break;
        }

        // What is on its way may have arrived by the time of the update.
        if (snapshot.Status is "error" or "error_deleting" or "deleting")
        {
            yield return $"{VolumeProperties.SnapshotId} \"{id}\" is in status {snapshot.Status}; only an available snapshot can be the source of a disk";
        }

        if (TooSmall(size, snapshot.Size, $"of snapshot {id}") is { } tooSmall)
        {
            yield return tooSmall;
        }
    }

    private static IEnumerable<string> OfImage(string id, SourceImage? image, int? size)
    {
        if (image is null)
        {
            yield return $"{VolumeProperties.ImageId} \"{id}\" is no image that this project can use in this region";
            yield break;
        }

        if (image.Status is "killed" or "deleted")
        {
            yield return $"{VolumeProperties.ImageId} \"{id}\" is in status {image.Status}; only an active image can be the source of a disk";
        }

        if (TooSmall(size, image.MinDisk, $"that image {id} needs") is { } tooSmall)
        {
            yield return tooSmall;
        }
    }

    private static IEnumerable<string> OfBackup(string id, SourceBackup? backup, int? size)
    {
        if (backup is null)
        {
            yield return $"{VolumeProperties.BackupId} \"{id}\" is no backup that Cloud Backup and Recovery (CBR) has for this project and region";
            yield break;
        }

        if (backup.Status is "error" or "deleting" or "waiting_delete")
        {
            yield return $"{VolumeProperties.BackupId} \"{id}\" is in status {backup.Status}; only an available backup can be the source of a disk";
        }

        if (TooSmall(size, backup.Size, $"of backup {id}") is { } tooSmall)
        {
            yield return tooSmall;
        }
    }

    private static IEnumerable<string> OfKey(string id, SourceKey? key)
    {
        var problem = key switch
        {
            null => "is no key of this project and region",
            { State: KeyState.Disabled } => "is disabled; enable it, or name another one",
            { State: KeyState.PendingDeletion } => "is going to be deleted; cancel that, or name another one",
            { State: KeyState.PendingActivation } => "is not activated yet",
            { State: KeyState.PendingImport } => "waits for its key material to be imported",
            _ => null,
        };
        if (problem is not null)
        {
            yield return $"{VolumeProperties.KmsKeyId} \"{id}\" {problem}";
        }
    }

    private static string? TooSmall(int? size, int? needed, string whose) => size < needed
        ? $"{VolumeProperties.Size} {size} GiB is less than the {needed} GiB {whose}; set it to {needed} or more"
        : null;
}
