using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Models;

/// <summary>A disk as the service shows it (EVS API reference, querying details of a disk).</summary>
internal sealed record Volume
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The status word as given; <see cref="Jobs.VolumeStatus"/> says what it means. Empty in short lists.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>Capacity in GiB.</summary>
    public int? Size { get; init; }

    /// <summary>Name of the type; null for some restored disks.</summary>
    public string? VolumeType { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? Description { get; init; }

    public string? SnapshotId { get; init; }

    /// <summary>The backup that the disk was made from; only some answers have it, some as the word "null".</summary>
    public string? BackupId { get; init => field = value == "null" ? null : value; }

    [JsonPropertyName("source_volid")]
    public string? SourceVolumeId { get; init; }

    public bool? Bootable { get; init; }

    public bool? Encrypted { get; init; }

    public bool? Multiattach { get; init; }

    /// <summary>The dead predecessor of <see cref="Multiattach"/>: a string in the documents, a boolean on the wire.</summary>
    public bool? Shareable { get; init; }

    /// <summary>Worldwide name; the wire form may have a leading space, which is dropped here.</summary>
    public string? Wwn { get; init => field = value?.Trim(); }

    public string? SerialNumber { get; init; }

    /// <summary>UTC, <c>yyyy-MM-ddTHH:mm:ss.ffffff</c> without a zone letter, as given.</summary>
    public string? CreatedAt { get; init; }

    /// <summary>UTC, in the form of <see cref="CreatedAt"/>; null before the first change.</summary>
    public string? UpdatedAt { get; init; }

    /// <summary>User and system metadata together; the system's keys are not told apart here.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    public IReadOnlyDictionary<string, string> Tags { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    public IReadOnlyDictionary<string, string> VolumeImageMetadata { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    public string? EnterpriseProjectId { get; init; }

    public QosValue? Iops { get; init; }

    /// <summary>In MiB/s.</summary>
    public QosValue? Throughput { get; init; }

    public IReadOnlyList<VolumeAttachment> Attachments { get; init => field = value ?? []; } = [];

    /// <summary>EVS, DSS or DESS.</summary>
    public string? ServiceType { get; init; }

    public string? DedicatedStorageId { get; init; }

    public string? DedicatedStorageName { get; init; }

    public string? StorageClusterId { get; init; }

    public string? SnapshotPolicyId { get; init; }

    public string? UserId { get; init; }

    [JsonPropertyName("os-vol-tenant-attr:tenant_id")]
    public string? ProjectId { get; init; }

    [JsonPropertyName("os-vol-host-attr:host")]
    public string? Host { get; init; }

    [JsonPropertyName("consistencygroup_id")]
    public string? ConsistencyGroupId { get; init; }

    public string? ReplicationStatus { get; init; }

    [JsonPropertyName("os-volume-replication:extended_status")]
    public string? ReplicationExtendedStatus { get; init; }

    [JsonPropertyName("os-volume-replication:driver_data")]
    public string? ReplicationDriverData { get; init; }

    [JsonPropertyName("os-vol-mig-status-attr:migstat")]
    public string? MigrationStatus { get; init; }

    [JsonPropertyName("os-vol-mig-status-attr:name_id")]
    public string? MigrationNameId { get; init; }

    /// <summary>Whether a list tells all of it: of encryption, lists do not tell reliably (EVS API reference, querying details of disks).</summary>
    [JsonIgnore]
    public bool IsWholeInList => Encrypted is not true && !Metadata.ContainsKey(VolumeMetadata.Encrypted);
}

/// <summary>One server that a disk is attached to.</summary>
internal sealed record VolumeAttachment
{
    public string? ServerId { get; init; }

    /// <summary>The attachment's own id; the field <c>id</c> beside it repeats the disk's id.</summary>
    public string? AttachmentId { get; init; }

    public string? Device { get; init; }

    public string? AttachedAt { get; init; }

    public string? VolumeId { get; init; }

    public string? HostName { get; init; }

    public string? Id { get; init; }
}

/// <summary>A configured performance figure of a GPSSD2 or ESSD2 disk.</summary>
internal sealed record QosValue
{
    public int? TotalVal { get; init; }

    /// <summary>Whether the figure is frozen; spelt as on the wire.</summary>
    public bool? Frozened { get; init; }

    public string? Id { get; init; }

    public string? VolumeId { get; init; }
}
