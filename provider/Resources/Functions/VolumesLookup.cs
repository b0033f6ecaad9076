using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using static PulumiEvs.Resources.Functions.LookupProperty;

namespace PulumiEvs.Resources.Functions;

/// <summary><c>getVolumes</c>: all disks that fit, however many pages the service needs (EVS API reference, querying details of disks).</summary>
internal static class VolumesLookup
{
    private const int MostIds = 60;

    private static readonly EnumDeclaration SortKeys = new(
        "evs:index:VolumeSortKey",
        "What a list of disks is ordered by.",
        [
            new EnumMember("Id", "id", "The id."),
            new EnumMember("Status", "status", "The status."),
            new EnumMember("Size", "size", "The size."),
            new EnumMember("CreatedAt", "created_at", "The time of creation."),
        ]);

    private static readonly EnumDeclaration Directions = new(
        "evs:index:SortDirection",
        "The direction of an order.",
        [new EnumMember("Ascending", "asc", "From small to large, from old to new."), new EnumMember("Descending", "desc", "The reverse.")]);

    private static readonly ValueRule AtMostIds = new(
        $"At most {MostIds} IDs.",
        value => value is PropertyValue.List { Items.Length: var count and > MostIds } ? $"must have at most {MostIds} IDs, but has {count}" : null);

    /// <summary>What disks are chosen by.</summary>
    public static readonly ImmutableArray<PropertyDeclaration> Filters =
    [
        Argument(VolumeProperties.Name, PropertyType.String, "Only disks of exactly this name."),
        Argument(VolumeProperties.Status, PropertyType.String, "Only disks in this status, such as `available` or `in-use`."),
        Argument(VolumeProperties.AvailabilityZone, PropertyType.String, "Only disks of this availability zone."),
        Argument("volumeIds", PropertyType.StringList, "Only disks with one of these IDs; IDs that are not there are ignored.")
            with
        { Rules = [AtMostIds] },
        Argument("serverId", PropertyType.String, "Only disks that are attached to this server."),
        Argument(VolumeProperties.Multiattach, PropertyType.Bool, "Only shared disks (`true`) or only others (`false`)."),
        Argument(VolumeProperties.VolumeType, new PropertyType.Choice(VolumeTypes.Enum, IsOpen: true), "Only disks of this type."),
        Argument("volumeTypeId", PropertyType.String, "Only disks of the type with this ID (see `getVolumeTypes`)."),
        Argument(
            VolumeProperties.Tags,
            PropertyType.StringMap,
            "Only disks that have all these tags. The service does not filter by them, so the other filters decide how much is read."),
        Argument("metadata", PropertyType.StringMap, "Only disks that have this metadata."),
        Argument("serviceType", PropertyType.String, "Only disks of this service: `EVS`, `DSS` or `DESS`."),
        Argument(
            VolumeProperties.EnterpriseProjectId,
            PropertyType.String,
            "Only disks of this enterprise project; `all_granted_eps` stands for all that you may see."),
        Argument("dedicatedStorageId", PropertyType.String, "Only disks in this dedicated storage pool."),
        Argument("dedicatedStorageName", PropertyType.String, "Only disks in dedicated storage pools whose name contains this."),
    ];

    public static readonly Lookup Lookup = new(
        new FunctionDeclaration
        {
            Token = "evs:index:getVolumes",
            Examples = LookupExamples.Volumes,
            Description =
                "All disks of the project that fit every filter given; all of them without a filter. None is no error: the lists are then empty.",
            Arguments =
            [
                .. Filters,
                Argument("sortKey", new PropertyType.Choice(SortKeys, IsOpen: false), "What to order by: `created_at` is the default."),
                Argument("sortDirection", new PropertyType.Choice(Directions, IsOpen: false), "In which direction: `desc` is the default."),
            ],
            Results =
            [
                Always("volumes", FoundVolume.List, "The disks."),
                Always("volumeIds", PropertyType.StringList, "The IDs of the disks, in the same order."),
            ],
        },
        ReadAsync);

    /// <summary>The disks that fit every filter given, however many pages the service needs.</summary>
    /// <param name="arguments">Checked, without secret marks.</param>
    public static async IAsyncEnumerable<Volume> FindAsync(
        EvsSession session, PropertyMap arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var name = InputReader.Text(arguments[VolumeProperties.Name]);
        var type = InputReader.Text(arguments[VolumeProperties.VolumeType]);
        var tags = InputReader.Map(arguments[VolumeProperties.Tags]);
        if (arguments["volumeIds"] is PropertyValue.List { Items.IsEmpty: true })
        {
            yield break;
        }

        await foreach (var volume in session.Client.ListVolumesAsync(Filter(arguments), cancellationToken))
        {
            if ((name is null || volume.Name == name)
                && (type is null || volume.VolumeType == type)
                && tags.All(tag => volume.Tags.TryGetValue(tag.Key, out var value) && value == tag.Value))
            {
                yield return volume;
            }
        }
    }

    private static async Task<PropertyMap> ReadAsync(EvsSession session, PropertyMap arguments, CancellationToken cancellationToken)
    {
        var found = new List<PropertyMap>();
        await foreach (var volume in FindAsync(session, arguments, cancellationToken))
        {
            found.Add(FoundVolume.Of(volume));
        }

        return PropertyMap.Of(
            ("volumes", List(found)),
            ("volumeIds", new PropertyValue.List([.. found.Select(volume => volume[VolumeProperties.VolumeId])])));
    }

    private static VolumeFilter Filter(PropertyMap arguments)
    {
        var metadata = InputReader.Map(arguments["metadata"]);
        return new VolumeFilter
        {
            Name = InputReader.Text(arguments[VolumeProperties.Name]),
            Status = InputReader.Text(arguments[VolumeProperties.Status]),
            AvailabilityZone = InputReader.Text(arguments[VolumeProperties.AvailabilityZone]),
            Ids = arguments["volumeIds"] is PropertyValue.List { Items: var ids } ? [.. ids.Select(id => InputReader.Text(id)!)] : null,
            ServerId = InputReader.Text(arguments["serverId"]),
            Multiattach = InputReader.Bool(arguments[VolumeProperties.Multiattach]),
            VolumeTypeId = InputReader.Text(arguments["volumeTypeId"]),
            Metadata = metadata.Count == 0 ? null : metadata,
            ServiceType = InputReader.Text(arguments["serviceType"]),
            EnterpriseProjectId = InputReader.Text(arguments[VolumeProperties.EnterpriseProjectId]),
            DedicatedStorageId = InputReader.Text(arguments["dedicatedStorageId"]),
            DedicatedStorageName = InputReader.Text(arguments["dedicatedStorageName"]),
            SortKey = InputReader.Text(arguments["sortKey"]),
            SortDirection = InputReader.Text(arguments["sortDirection"]),
        };
    }
}
