using System.Collections.Immutable;

namespace PulumiEvs.Resources.Volumes;

/// <summary>The names of a volume's properties, as programs and the state have them.</summary>
internal static class VolumeProperties
{
    public const string AvailabilityZone = "availabilityZone";
    public const string VolumeType = "volumeType";
    public const string Size = "size";
    public const string Name = "name";
    public const string Description = "description";
    public const string SnapshotId = "snapshotId";
    public const string ImageId = "imageId";
    public const string BackupId = "backupId";
    public const string Multiattach = "multiattach";
    public const string DeviceType = "deviceType";
    public const string KmsKeyId = "kmsKeyId";
    public const string LinkedClone = "linkedClone";
    public const string Tags = "tags";
    public const string EnterpriseProjectId = "enterpriseProjectId";
    public const string Iops = "iops";
    public const string Throughput = "throughput";
    public const string OnShrink = "onShrink";
    public const string DeleteSnapshots = "deleteSnapshots";

    public const string VolumeId = "volumeId";
    public const string JobId = "jobId";
    public const string Status = "status";
    public const string Bootable = "bootable";
    public const string Encrypted = "encrypted";
    public const string Wwn = "wwn";
    public const string SerialNumber = "serialNumber";
    public const string CreatedAt = "createdAt";
    public const string UpdatedAt = "updatedAt";
    public const string Attachments = "attachments";

    /// <summary>The three sources that a disk can be made from, at most one at a time.</summary>
    public static readonly ImmutableArray<string> Sources = [SnapshotId, ImageId, BackupId];
}
