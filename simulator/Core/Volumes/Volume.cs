using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace EvsSimulator.Core.Volumes;

/// <summary>A volume's tie to a server.</summary>
internal sealed record Attachment(string AttachmentId, string ServerId, string Device, DateTimeOffset AttachedAt);

/// <summary>A volume as the cloud knows it at one moment.</summary>
internal sealed record Volume
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    /// <summary>The order of creation, which also orders volumes of the same instant.</summary>
    public long Sequence { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required string Status { get; init; }

    public required string Zone { get; init; }

    public required string Type { get; init; }

    /// <summary>GiB.</summary>
    public required int Size { get; init; }

    public bool Multiattach { get; init; }

    public bool Bootable { get; init; }

    public string? SnapshotId { get; init; }

    public string? ImageId { get; init; }

    public string? ImageName { get; init; }

    public string? BackupId { get; init; }

    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = NoText;

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = NoText;

    public string EnterpriseProjectId { get; init; } = "0";

    public int? Iops { get; init; }

    /// <summary>MiB/s.</summary>
    public int? Throughput { get; init; }

    public ImmutableArray<Attachment> Attachments { get; init; } = [];

    public required string UserId { get; init; }

    /// <summary>World-wide name, 32 hexadecimal digits.</summary>
    public required string Wwn { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Before this time no query finds the volume, although it counts against the quota.</summary>
    public DateTimeOffset VisibleAt { get; init; }

    [JsonIgnore]
    public bool Encrypted => Metadata.GetValueOrDefault(MetadataKeys.Encrypted) == "1";

    [JsonIgnore]
    public bool IsScsi => Metadata.GetValueOrDefault(MetadataKeys.Passthrough) == "true";

    /// <summary>Paid for a period in advance: such a volume cannot be deleted, only unsubscribed.</summary>
    [JsonIgnore]
    public bool IsPrepaid => !string.IsNullOrEmpty(Metadata.GetValueOrDefault(MetadataKeys.OrderId));

    /// <summary>The status to come back to when a change is over.</summary>
    [JsonIgnore]
    public string SettledStatus => Attachments.IsEmpty ? VolumeStatus.Available : VolumeStatus.InUse;

    public static ImmutableSortedDictionary<string, string> NoText { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>The keys of a volume's metadata that mean something to the service.</summary>
internal static class MetadataKeys
{
    public const string Encrypted = "__system__encrypted";
    public const string KeyId = "__system__cmkid";
    public const string Passthrough = "hw:passthrough";
    public const string FullClone = "full_clone";
    public const string CreateForVolumeId = "create_for_volume_id";
    public const string OrderId = "orderID";
    public const string AttachedMode = "attached_mode";
    public const string ReadOnly = "readonly";
}
