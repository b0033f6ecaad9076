namespace PulumiEvs.Evs;

/// <summary>Which snapshots to list (EVS API reference, querying details of snapshots). Absent fields do not filter.</summary>
internal sealed record SnapshotFilter
{
    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? VolumeId { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? Id { get; init; }

    public string? ServiceType { get; init; }

    public string? EnterpriseProjectId { get; init; }

    /// <summary>1 to 1000 snapshots a request.</summary>
    public int PageSize { get; init; } = 1000;
}
