using System.Text.Json.Serialization;

namespace EvsSimulator.Core.Jobs;

/// <summary>What happens to the cloud's state when a job ends.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Create), "create")]
[JsonDerivedType(typeof(Delete), "delete")]
[JsonDerivedType(typeof(Extend), "extend")]
[JsonDerivedType(typeof(Retype), "retype")]
[JsonDerivedType(typeof(Qos), "qos")]
[JsonDerivedType(typeof(Attach), "attach")]
[JsonDerivedType(typeof(Detach), "detach")]
[JsonDerivedType(typeof(SnapshotCreate), "snapshotCreate")]
[JsonDerivedType(typeof(SnapshotDelete), "snapshotDelete")]
[JsonDerivedType(typeof(SnapshotRollback), "snapshotRollback")]
internal abstract record Work
{
    private Work()
    {
    }

    /// <param name="Then">What to attach the new volume to at once, if anything.</param>
    public sealed record Create(string VolumeId, Attach? Then = null) : Work;

    public sealed record Delete(string VolumeId, string StatusBefore) : Work;

    public sealed record Extend(string VolumeId, int NewSize, string StatusBefore) : Work;

    public sealed record Retype(string VolumeId, string NewType, int? Iops, int? Throughput, string StatusBefore) : Work;

    public sealed record Qos(string VolumeId, int Iops, int? Throughput) : Work;

    public sealed record Attach(string VolumeId, string ServerId, string AttachmentId, string Device, string StatusBefore) : Work;

    public sealed record Detach(string VolumeId, string ServerId) : Work;

    public sealed record SnapshotCreate(string SnapshotId) : Work;

    public sealed record SnapshotDelete(string SnapshotId) : Work;

    public sealed record SnapshotRollback(string SnapshotId, string VolumeId) : Work;
}
