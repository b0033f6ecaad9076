namespace PulumiEvs.Evs.Clouds;

/// <summary>A cloud that speaks EVS: one row of the table <see cref="KnownClouds"/>.</summary>
internal sealed record Cloud
{
    /// <summary>As in the setting <c>cloud</c>.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>The hosts with <c>{region}</c> for the region; null where it is not known.</summary>
    public string? EvsPattern { get; init; }

    public string? EcsPattern { get; init; }

    public string? IamPattern { get; init; }

    /// <summary>The hosts of all other services, with <c>{service}</c> for the service's short name; null where it is not known.</summary>
    public string? ServicePattern { get; init; }

    /// <summary>The region when none is given; null where one must be.</summary>
    public string? DefaultRegion { get; init; }

    /// <summary>The regions known when this was written; others are accepted unless they are another cloud's.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    public required ApiVersions Versions { get; init; }

    /// <summary>The segment under which tags of a disk are found: <c>cloudvolumes</c> or <c>os-vendor-volumes</c>.</summary>
    public required string TagsSegment { get; init; }

    /// <summary>Whether snapshots have tags, by the calls for tags of any resource (EVS API reference, tags of an EVS resource).</summary>
    public bool TagsSnapshots { get; init; }

    /// <summary>Disk types known when this was written; others are accepted.</summary>
    public required IReadOnlyList<string> VolumeTypes { get; init; }

    /// <summary>Whether a new disk's id is told at once when the metadata <c>create_for_volume_id</c> asks for it (with create v2.1).</summary>
    public bool TellsVolumeIds { get; init; }

    /// <summary>A local EVS: nothing real is made. Its hosts are names only; requests go to wherever it has been started.</summary>
    public bool IsLocal { get; init; }

    public Uri? EvsEndpoint(string region) => Fill(EvsPattern, region);

    public Uri? EcsEndpoint(string region) => Fill(EcsPattern, region);

    public Uri? IamEndpoint(string region) => Fill(IamPattern, region);

    /// <param name="service">Its short name, as in its host: <c>ims</c>.</param>
    public Uri? ServiceEndpoint(string service, string region) =>
        Fill(ServicePattern?.Replace("{service}", service, StringComparison.Ordinal), region);

    // A configuration that gives its own endpoint may name no region.
    private static Uri? Fill(string? pattern, string region) =>
        pattern is null || region.Length == 0 ? null : new Uri(pattern.Replace("{region}", Uri.EscapeDataString(region), StringComparison.Ordinal));
}
