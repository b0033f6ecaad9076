using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Models;

/// <summary>A snapshot of a disk (EVS API reference, querying details of a snapshot).</summary>
internal sealed record Snapshot
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>creating, available, error, deleting, error_deleting, rollbacking, backing-up; empty in short lists.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    public string? VolumeId { get; init; }

    /// <summary>Capacity of the disk in GiB when the snapshot was made.</summary>
    public int? Size { get; init; }

    public string? CreatedAt { get; init; }

    public string? UpdatedAt { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    public IReadOnlyDictionary<string, string> Tags { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>For example <c>100%</c>.</summary>
    [JsonPropertyName("os-extended-snapshot-attributes:progress")]
    public string? Progress { get; init; }

    [JsonPropertyName("os-extended-snapshot-attributes:project_id")]
    public string? ProjectId { get; init; }

    public string? ServiceType { get; init; }

    public string? UserId { get; init; }

    public string? EnterpriseProjectId { get; init; }

    public string? DedicatedStorageId { get; init; }

    public string? DedicatedStorageName { get; init; }
}

/// <summary>What is asked for when a snapshot is made.</summary>
internal sealed record CreateSnapshot
{
    public required string VolumeId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Allows the snapshot of an attached disk.</summary>
    public bool? Force { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
