using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Functions.LookupProperty;

namespace PulumiEvs.Resources.Functions;

/// <summary><c>getVolumeTypes</c>: the disk types and where they can be had (Cinder API, querying disk types).</summary>
internal static class VolumeTypesLookup
{
    private static readonly ObjectDeclaration TypeInfo = new(
        "evs:index:VolumeTypeInfo",
        "A disk type that the region has.",
        [
            Always("volumeTypeId", PropertyType.String, "ID of the type."),
            Always("name", PropertyType.String, "Name of the type: what `volumeType` of a volume takes. Several entries may have the same name."),
            Result("description", PropertyType.String, "Description of the type."),
            Result("isPublic", PropertyType.Bool, "Whether every project may use the type."),
            Result("availabilityZones", PropertyType.StringList, "The zones that have the type. Not there when the cloud does not say."),
            Always("soldOutAvailabilityZones", PropertyType.StringList, "The zones in which the type is sold out."),
            Result(
                "usableAvailabilityZones",
                PropertyType.StringList,
                "The zones in which disks of the type can be made now: `availabilityZones` without the sold out ones. Not there when the cloud does not say."),
            Result("qosSpecsId", PropertyType.String, "ID of the QoS specification of the type."),
            Always("extraSpecs", PropertyType.StringMap, "All that the cloud says of the type, by its own keys."),
        ]);

    public static readonly Lookup Lookup = new(
        new FunctionDeclaration
        {
            Token = "evs:index:getVolumeTypes",
            Examples = LookupExamples.VolumeTypes,
            Description = "The disk types that the region has, with the zones in which they can be had and in which they are sold out.",
            Arguments =
            [
                Argument("name", PropertyType.String, "Only the types of this name, such as `SSD`."),
                Argument(
                    "availabilityZone",
                    PropertyType.String,
                    "Only the types of which disks can be made in this zone now; types of which the cloud names no zones are among them."),
            ],
            Results =
            [
                Always("volumeTypes", ListOf(TypeInfo), "The types, in order of their names."),
                Always("names", PropertyType.StringList, "The names of the types, each once, in order."),
            ],
        },
        ReadAsync);

    private static async Task<PropertyMap> ReadAsync(EvsSession session, PropertyMap arguments, CancellationToken cancellationToken)
    {
        var name = InputReader.Text(arguments["name"]);
        var zone = InputReader.Text(arguments["availabilityZone"]);
        var types = (await session.Client.ListVolumeTypesAsync(cancellationToken))
            .Where(type => (name is null || type.Name == name) && (zone is null || Usable(type) is not { } usable || usable.Contains(zone)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .ThenBy(type => type.Id, StringComparer.Ordinal)
            .ToArray();
        return PropertyMap.Of(
            ("volumeTypes", List(types.Select(Describe))),
            ("names", List(types.Select(type => type.Name).OfType<string>().Distinct())));
    }

    private static IEnumerable<string>? Usable(VolumeType type) => type.AvailabilityZones?.Except(type.SoldOutAvailabilityZones, StringComparer.Ordinal);

    private static PropertyMap Describe(VolumeType type) => new PropertyMap.Builder(9)
        .Set("volumeTypeId", type.Id)
        .Set("name", type.Name ?? "")
        .SetIfPresent("description", Text(type.Description))
        .SetIfPresent("isPublic", type.IsPublic is { } isPublic ? isPublic : null)
        .SetIfPresent("availabilityZones", type.AvailabilityZones is { } zones ? List(zones) : null)
        .Set("soldOutAvailabilityZones", List(type.SoldOutAvailabilityZones))
        .SetIfPresent("usableAvailabilityZones", Usable(type) is { } usable ? List(usable) : null)
        .SetIfPresent("qosSpecsId", Text(type.QosSpecsId))
        .Set("extraSpecs", Map(type.ExtraSpecs))
        .Build();
}
