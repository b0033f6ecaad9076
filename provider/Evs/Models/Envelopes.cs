using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Models;

// The wrappers around the records on the wire. They never leave the client.

internal sealed record CreateVolumeRequest
{
    public required CreateVolume Volume { get; init; }

    [JsonPropertyName("bssParam")]
    public BillingParameters? Billing { get; init; }

    public string? ServerId { get; init; }

    [JsonPropertyName("OS-SCH-HNT:scheduler_hints")]
    public SchedulerHints? SchedulerHints { get; init; }
}

internal sealed record SchedulerHints
{
    public string? DedicatedStorageId { get; init; }
}

internal sealed record JobAccepted
{
    public string? JobId { get; init; }

    public string? OrderId { get; init; }
}

internal sealed record VolumeEnvelope
{
    public required Volume Volume { get; init; }
}

internal sealed record VolumePage
{
    public required IReadOnlyList<Volume> Volumes { get; init; }

    public int? Count { get; init; }

    [JsonPropertyName("volumes_links")]
    public IReadOnlyList<Link>? Links { get; init; }
}

internal sealed record Link
{
    public string? Href { get; init; }

    public string? Rel { get; init; }
}

internal sealed record UpdateRequest
{
    public NameAndDescription? Volume { get; init; }

    public NameAndDescription? Snapshot { get; init; }
}

internal sealed record NameAndDescription
{
    public string? Name { get; init; }

    public string? Description { get; init; }
}

internal sealed record ExtendRequest
{
    [JsonPropertyName("os-extend")]
    public required ExtendBody Extend { get; init; }
}

internal sealed record ExtendBody
{
    public required int NewSize { get; init; }
}

internal sealed record RetypeRequest
{
    [JsonPropertyName("os-retype")]
    public required RetypeBody Retype { get; init; }
}

internal sealed record RetypeBody
{
    public required string NewType { get; init; }

    public int? Iops { get; init; }

    public int? Throughput { get; init; }
}

internal sealed record QosRequest
{
    public required QosBody QosModify { get; init; }
}

internal sealed record QosBody
{
    public required int Iops { get; init; }

    public int? Throughput { get; init; }
}

internal sealed record TagAction
{
    /// <summary>create or delete.</summary>
    public required string Action { get; init; }

    public required IReadOnlyList<Tag> Tags { get; init; }
}

internal sealed record Tag
{
    public required string Key { get; init; }

    public string? Value { get; init; }
}

internal sealed record TagList
{
    public required IReadOnlyList<Tag> Tags { get; init; }
}

internal sealed record TagSet
{
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}

internal sealed record ProjectTags
{
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; }
}

internal sealed record SnapshotEnvelope
{
    public required Snapshot Snapshot { get; init; }
}

internal sealed record SnapshotPage
{
    public required IReadOnlyList<Snapshot> Snapshots { get; init; }

    public int? Count { get; init; }

    [JsonPropertyName("snapshots_links")]
    public IReadOnlyList<Link>? Links { get; init; }
}

internal sealed record CreateSnapshotRequest
{
    public required CreateSnapshot Snapshot { get; init; }
}

internal sealed record RollbackRequest
{
    public required RollbackBody Rollback { get; init; }
}

internal sealed record RollbackBody
{
    public required string VolumeId { get; init; }

    public string? Name { get; init; }
}

internal sealed record VolumeTypeList
{
    public required IReadOnlyList<VolumeType> VolumeTypes { get; init; }
}

internal sealed record VolumeTypeEnvelope
{
    public required VolumeType VolumeType { get; init; }
}

internal sealed record AvailabilityZoneList
{
    [JsonPropertyName("availabilityZoneInfo")]
    public required IReadOnlyList<AvailabilityZone> Zones { get; init; }
}

internal sealed record QuotaSetEnvelope
{
    public required QuotaSet QuotaSet { get; init; }
}

internal sealed record ApiVersionList
{
    public required IReadOnlyList<ApiVersion> Versions { get; init; }
}

internal sealed record AttachRequest
{
    [JsonPropertyName("volumeAttachment")]
    public required AttachBody VolumeAttachment { get; init; }
}

internal sealed record AttachBody
{
    [JsonPropertyName("volumeId")]
    public required string VolumeId { get; init; }

    [JsonPropertyName("device")]
    public string? Device { get; init; }
}

internal sealed record SourceImageList
{
    public required IReadOnlyList<SourceImage> Images { get; init; }
}

internal sealed record SourceBackupEnvelope
{
    public required SourceBackup Backup { get; init; }
}

internal sealed record DescribeKeyRequest
{
    public required string KeyId { get; init; }
}

internal sealed record SourceKeyEnvelope
{
    [JsonPropertyName("key_info")]
    public required SourceKey Key { get; init; }
}
