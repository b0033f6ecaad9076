namespace PulumiEvs.Evs.Clouds;

/// <summary>Where the requests of one configuration go, and at which versions.</summary>
internal sealed record CloudTarget
{
    public required Cloud Cloud { get; init; }

    public required string Region { get; init; }

    public required Uri Evs { get; init; }

    /// <summary>For attachments; null where it is not known.</summary>
    public Uri? Ecs { get; init; }

    /// <summary>For tokens and the look-up of projects; null where it is not known.</summary>
    public Uri? Iam { get; init; }

    /// <summary>The image service (IMS), the backup service (CBR) and the key service (KMS): asked what disks are made from. Null where not known.</summary>
    public Uri? Images { get; init; }

    /// <inheritdoc cref="Images"/>
    public Uri? Backups { get; init; }

    /// <inheritdoc cref="Images"/>
    public Uri? Keys { get; init; }

    public required ApiVersions Versions { get; init; }

    /// <summary>The target of a cloud's region, with the user's own addresses in place of the table's.</summary>
    /// <returns>Null when the cloud's table has no EVS address and the user gives none.</returns>
    public static CloudTarget? Resolve(Cloud cloud, string region, ApiVersions? versions = null, Uri? evs = null, Uri? ecs = null, Uri? iam = null)
    {
        var address = evs ?? cloud.EvsEndpoint(region);

        // A local EVS answers for all services; what is meant for it never goes to the real ones.
        var local = address is not null && (cloud.IsLocal || address.IsLoopback) ? address : null;
        return address is null
            ? null
            : new CloudTarget
            {
                Cloud = cloud,
                Region = region,
                Evs = address,
                Ecs = ecs ?? local ?? cloud.EcsEndpoint(region),
                Iam = iam ?? local ?? cloud.IamEndpoint(region),
                Images = Other("ims"),
                Backups = Other("cbr"),
                Keys = Other("kms"),
                Versions = versions ?? cloud.Versions,
            };

        // Whose EVS is somewhere else than the table says has its other services elsewhere too: no credentials to strangers.
        Uri? Other(string service) => local ?? (evs is null ? cloud.ServiceEndpoint(service, region) : null);
    }
}
