using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Functions.LookupProperty;

namespace PulumiEvs.Resources.Functions;

/// <summary><c>getAvailabilityZones</c>: the zones of the region (Cinder API, querying availability zones).</summary>
internal static class AvailabilityZonesLookup
{
    private static readonly ObjectDeclaration Zone = new(
        "evs:index:AvailabilityZoneInfo",
        "An availability zone.",
        [
            Always("name", PropertyType.String, "Name of the zone, such as `eu-de-01`."),
            Result("available", PropertyType.Bool, "Whether disks can be made in the zone. Not there when the cloud does not say."),
        ]);

    public static readonly Lookup Lookup = new(
        new FunctionDeclaration
        {
            Token = "evs:index:getAvailabilityZones",
            Examples = LookupExamples.AvailabilityZones,
            Description = "The availability zones of the region in which disks can be made.",
            Arguments = [],
            Results =
            [
                Always("availabilityZones", ListOf(Zone), "The zones, in order of their names."),
                Always("names", PropertyType.StringList, "The names of the zones that are available, in order."),
            ],
        },
        ReadAsync);

    private static async Task<PropertyMap> ReadAsync(EvsSession session, PropertyMap arguments, CancellationToken cancellationToken)
    {
        var zones = (await session.Client.ListAvailabilityZonesAsync(cancellationToken)).OrderBy(zone => zone.Name, StringComparer.Ordinal).ToArray();
        return PropertyMap.Of(
            ("availabilityZones", List(zones.Select(Describe))),
            ("names", List(zones.Where(zone => zone.Available is not false).Select(zone => zone.Name))));
    }

    private static PropertyMap Describe(AvailabilityZone zone) => new PropertyMap.Builder(2)
        .Set("name", zone.Name)
        .SetIfPresent("available", zone.Available is { } available ? available : null)
        .Build();
}
