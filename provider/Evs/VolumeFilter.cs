namespace PulumiEvs.Evs;

/// <summary>Which disks to list (EVS API reference, querying details of disks). Absent fields do not filter.</summary>
internal sealed record VolumeFilter
{
    public const int MostIds = 60;

    public const int MostPerPage = 1000;

    /// <summary>Not every cloud says whether this is exact: compare the names of what comes back.</summary>
    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? Id { get; init; }

    /// <summary>At most <see cref="MostIds"/>; unknown ones are ignored. Wins over <see cref="Id"/>.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    public string? ServerId { get; init; }

    public bool? Multiattach { get; init; }

    /// <summary>The id of a type, not its name.</summary>
    public string? VolumeTypeId { get; init; }

    /// <summary>EVS, DSS or DESS.</summary>
    public string? ServiceType { get; init; }

    /// <summary>An id, or <c>all_granted_eps</c>.</summary>
    public string? EnterpriseProjectId { get; init; }

    public string? DedicatedStorageId { get; init; }

    public string? DedicatedStorageName { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>id, status, size or created_at (the default).</summary>
    public string? SortKey { get; init; }

    /// <summary>asc or desc (the default).</summary>
    public string? SortDirection { get; init; }

    /// <summary>1 to 1000 disks a request.</summary>
    public int PageSize { get; init; } = MostPerPage;
}
