using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Models;

/// <summary>What is asked for when one or more equal disks are made (EVS API reference, creating disks).</summary>
internal sealed record CreateVolume
{
    public required string AvailabilityZone { get; init; }

    public required string VolumeType { get; init; }

    /// <summary>In GiB. Optional only when made from a backup.</summary>
    public int? Size { get; init; }

    /// <summary>At most 255 bytes; 250 when <see cref="Count"/> is above one, because the service adds a suffix <c>-0001</c>.</summary>
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>How many disks, 1 to 100; absent means one.</summary>
    public int? Count { get; init; }

    public string? SnapshotId { get; init; }

    [JsonPropertyName("imageRef")]
    public string? ImageId { get; init; }

    public string? BackupId { get; init; }

    public bool? Multiattach { get; init; }

    /// <summary>Only the documented keys: <see cref="VolumeMetadata"/>.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public string? EnterpriseProjectId { get; init; }

    public int? Iops { get; init; }

    /// <summary>In MiB/s.</summary>
    public int? Throughput { get; init; }

    /// <summary>A server to attach the new disk to (v2.1 only); sent beside the volume.</summary>
    [JsonIgnore]
    public string? ServerId { get; init; }

    /// <summary>A dedicated storage pool; sent beside the volume as a scheduler hint.</summary>
    [JsonIgnore]
    public string? DedicatedStorageId { get; init; }

    /// <summary>How the disk is paid for (v2.1 only); sent beside the volume. Absent means by use.</summary>
    [JsonIgnore]
    public BillingParameters? Billing { get; init; }
}

/// <summary>The metadata keys that mean something to the service.</summary>
internal static class VolumeMetadata
{
    /// <summary>"1" encrypts the disk with the key of <see cref="KmsKeyId"/>.</summary>
    public const string Encrypted = "__system__encrypted";

    /// <summary>Id of a key of the key management service, 36 characters.</summary>
    public const string KmsKeyId = "__system__cmkid";

    /// <summary>"true" makes a SCSI disk, "false" a VBD disk.</summary>
    public const string Passthrough = "hw:passthrough";

    /// <summary>"0" makes a linked clone of a snapshot.</summary>
    public const string FullClone = "full_clone";

    /// <summary>"true" asks for the new ids in the answer of the create (v2.1 only).</summary>
    public const string CreateForVolumeId = "create_for_volume_id";

    /// <summary>Present and not empty on a prepaid disk.</summary>
    public const string OrderId = "orderID";
}

/// <summary>Payment of a prepaid disk; the flags are the words "true" and "false" on the wire.</summary>
internal sealed record BillingParameters
{
    /// <summary>prePaid or postPaid.</summary>
    [JsonPropertyName("chargingMode")]
    public string? ChargingMode { get; init; }

    /// <summary>month or year.</summary>
    [JsonPropertyName("periodType")]
    public string? PeriodType { get; init; }

    [JsonPropertyName("periodNum")]
    public int? PeriodNum { get; init; }

    [JsonPropertyName("isAutoPay")]
    public string? IsAutoPay { get; init; }

    [JsonPropertyName("isAutoRenew")]
    public string? IsAutoRenew { get; init; }
}

/// <summary>The answer to an accepted create: a job, or an order when prepaid.</summary>
internal sealed record CreateAccepted
{
    public string? JobId { get; init; }

    /// <summary>Ids told at once, where the cloud does so; a query of such an id may say 404 until the job is done.</summary>
    public IReadOnlyList<string> VolumeIds { get; init => field = value ?? []; } = [];

    public string? OrderId { get; init; }
}

/// <summary>The answer to an accepted delete. Without a job id the disk is watched until it is gone.</summary>
internal sealed record DeleteAccepted(string? JobId);
