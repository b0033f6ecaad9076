using System.Collections.Immutable;

namespace PulumiEvs.Resources.Previews;

/// <summary>What a resource is going to ask of the cloud, as far as the preview knows it: null is not known yet, or not asked for anew.</summary>
internal sealed record PreflightPlan
{
    public string? AvailabilityZone { get; init; }

    /// <summary>Checked in <see cref="AvailabilityZone"/>.</summary>
    public string? VolumeType { get; init; }

    /// <summary>Size of each disk in GiB.</summary>
    public int? Size { get; init; }

    /// <summary>The snapshot that the disks are made from.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>The image that the disks are made from.</summary>
    public string? ImageId { get; init; }

    /// <summary>The backup that the disks are made from.</summary>
    public string? BackupId { get; init; }

    /// <summary>The key that the disks are encrypted with.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>What all of it takes of the quotas.</summary>
    public QuotaDemand Demand { get; init; } = QuotaDemand.None;

    /// <summary>What it is, in messages: <c>disk</c>.</summary>
    public string Noun { get; init; } = "disk";

    private ImmutableArray<string> Sources => [.. new[] { SnapshotId, ImageId, BackupId, KmsKeyId }.OfType<string>()];

    public bool AsksNothing =>
        AvailabilityZone is null && VolumeType is null && Size is null && Sources.IsEmpty && Demand.Amounts.IsEmpty;
}
