namespace PulumiEvs.Resources.Snapshots;

/// <summary>The names of a snapshot's properties, as programs and the state have them.</summary>
internal static class SnapshotProperties
{
    public const string VolumeId = "volumeId";
    public const string Name = "name";
    public const string Description = "description";
    public const string Force = "force";
    public const string Tags = "tags";

    public const string SnapshotId = "snapshotId";
    public const string Status = "status";
    public const string Size = "size";
    public const string CreatedAt = "createdAt";
    public const string UpdatedAt = "updatedAt";
}
