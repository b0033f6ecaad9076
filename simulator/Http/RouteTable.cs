using EvsSimulator.Core.Catalog;
using EvsSimulator.Http.Routes;

namespace EvsSimulator.Http;

/// <summary>Every path of the API, from which routing, request log, faults and the clouds' differences all follow.</summary>
internal static class RouteTable
{
    /// <summary>What the log calls a path that no cloud knows.</summary>
    public static readonly Route Unknown = new("*", "/{**path}", "unknown", _ => GatewayRefusals.UnknownApi) { IsOpen = true };

    public static readonly IReadOnlyList<Route> All =
    [
        .. JobRoutes.All(),
        .. VolumeRoutes.All(),
        .. TagRoutes.All(),
        .. CatalogRoutes.All(),
        .. CinderRoutes.All(),
        .. MetadataRoutes.All(),
        .. SnapshotRoutes.All(),
        .. ServerRoutes.All(),
        .. SourceRoutes.All(),
        .. IamRoutes.All(),
        .. AgencyRoutes.All(),
    ];

    /// <summary>The paths one cloud has.</summary>
    public static IEnumerable<Route> Of(CloudProfile cloud) => All.Where(route => cloud.Has(route.Feature));
}
