using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Models;

// What disks are made from, as far as other services know more of it than EVS. Only what matters to a disk is read.

/// <summary>An image (IMS API reference, querying images).</summary>
internal sealed record SourceImage
{
    public required string Id { get; init; }

    /// <summary>The smallest disk that it fits on, in GiB.</summary>
    public int? MinDisk { get; init; }

    /// <summary>queued, saving, active, killed or deleted.</summary>
    public string? Status { get; init; }
}

/// <summary>A backup (CBR API reference, querying a backup).</summary>
internal sealed record SourceBackup
{
    public required string Id { get; init; }

    /// <summary>Size of what was backed up, in GiB.</summary>
    [JsonPropertyName("resource_size")]
    public int? Size { get; init; }

    public string? Status { get; init; }
}

/// <summary>A key (KMS API reference, querying a key).</summary>
internal sealed record SourceKey
{
    public string? KeyId { get; init; }

    /// <summary>A number as text: see <see cref="KeyState"/>.</summary>
    [JsonPropertyName("key_state")]
    public string? State { get; init; }
}

/// <summary>The states of a key.</summary>
internal static class KeyState
{
    public const string PendingActivation = "1";
    public const string Disabled = "3";
    public const string PendingDeletion = "4";
    public const string PendingImport = "5";
}
