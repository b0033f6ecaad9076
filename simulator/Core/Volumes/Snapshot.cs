using System.Collections.Immutable;

namespace EvsSimulator.Core.Volumes;

/// <summary>The status words of a snapshot (EVS API reference, snapshot status).</summary>
internal static class SnapshotStatus
{
    public const string Creating = "creating";
    public const string Available = "available";
    public const string Error = "error";
    public const string Deleting = "deleting";
    public const string ErrorDeleting = "error_deleting";
    public const string RollingBack = "rollbacking";
    public const string BackingUp = "backing-up";
}

/// <summary>A snapshot of a volume.</summary>
internal sealed record Snapshot
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public long Sequence { get; init; }

    public required string VolumeId { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required string Status { get; init; }

    /// <summary>GiB; the size of the volume when the snapshot was taken.</summary>
    public required int Size { get; init; }

    public required string VolumeType { get; init; }

    public required string Zone { get; init; }

    public required string UserId { get; init; }

    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = Volume.NoText;

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = Volume.NoText;

    /// <summary>The encryption and device keys that a volume made from the snapshot inherits.</summary>
    public ImmutableSortedDictionary<string, string> Inherited { get; init; } = Volume.NoText;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
}
