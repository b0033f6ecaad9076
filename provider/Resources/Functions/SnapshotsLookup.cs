using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Functions.LookupProperty;

namespace PulumiEvs.Resources.Functions;

/// <summary><c>getSnapshots</c>: all snapshots that fit (EVS API reference, querying details of snapshots).</summary>
internal static class SnapshotsLookup
{
    private static readonly ObjectDeclaration SnapshotInfo = new(
        "evs:index:SnapshotInfo",
        "A snapshot as it was found.",
        [
            Always("snapshotId", PropertyType.String, "ID of the snapshot."),
            Result("name", PropertyType.String, "Name of the snapshot."),
            Result("description", PropertyType.String, "Description of the snapshot."),
            Always("status", PropertyType.String, "Status of the snapshot, such as `available` or `creating`.") ,
            Result("volumeId", PropertyType.String, "ID of the disk that the snapshot is of."),
            Result("size", PropertyType.Int, "Size in GiB that the disk had."),
            Result("progress", PropertyType.String, "How far the snapshot is, such as `100%`."),
            Result("tags", PropertyType.StringMap, "Tags of the snapshot, where the cloud tells them."),
            Result("metadata", PropertyType.StringMap, "Metadata of the snapshot."),
            Result("serviceType", PropertyType.String, "Service of the disk: `EVS`, `DSS` or `DESS`."),
            Result("enterpriseProjectId", PropertyType.String, "ID of the enterprise project."),
            Result("dedicatedStorageId", PropertyType.String, "ID of the dedicated storage pool."),
            Result("dedicatedStorageName", PropertyType.String, "Name of the dedicated storage pool."),
            Result("createdAt", PropertyType.String, "When the snapshot was made: UTC, `YYYY-MM-DDTHH:MM:SS.ffffff`."),
            Result("updatedAt", PropertyType.String, "When the snapshot was last changed: UTC, `YYYY-MM-DDTHH:MM:SS.ffffff`."),
        ]);

    /// <summary>What snapshots are chosen by.</summary>
    public static readonly ImmutableArray<PropertyDeclaration> Filters =
    [
        Argument("name", PropertyType.String, "Only snapshots of exactly this name."),
        Argument("status", PropertyType.String, "Only snapshots in this status, such as `available`."),
        Argument("volumeId", PropertyType.String, "Only snapshots of this disk."),
        Argument("snapshotId", PropertyType.String, "Only the snapshot with this ID."),
        Argument("availabilityZone", PropertyType.String, "Only snapshots of disks in this availability zone."),
        Argument("serviceType", PropertyType.String, "Only snapshots of disks of this service: `EVS`, `DSS` or `DESS`."),
        Argument("enterpriseProjectId", PropertyType.String, "Only snapshots of this enterprise project."),
    ];

    public static readonly Lookup Lookup = new(
        new FunctionDeclaration
        {
            Token = "evs:index:getSnapshots",
            Examples = LookupExamples.Snapshots,
            Description =
                "All snapshots of the project that fit every filter given; all of them without a filter. None is no error: the lists are then empty. "
                + "Snapshots whose names begin with `autobk_snapshot_` belong to backups.",
            Arguments = Filters,
            Results =
            [
                Always("snapshots", ListOf(SnapshotInfo), "The snapshots."),
                Always("snapshotIds", PropertyType.StringList, "The IDs of the snapshots, in the same order."),
            ],
        },
        ReadAsync);

    /// <summary>The snapshots that fit every filter given, however many pages the service needs.</summary>
    /// <param name="arguments">Checked, without secret marks.</param>
    public static async IAsyncEnumerable<Snapshot> FindAsync(
        EvsSession session, PropertyMap arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new SnapshotFilter
        {
            Name = InputReader.Text(arguments["name"]),
            Status = InputReader.Text(arguments["status"]),
            VolumeId = InputReader.Text(arguments["volumeId"]),
            Id = InputReader.Text(arguments["snapshotId"]),
            AvailabilityZone = InputReader.Text(arguments["availabilityZone"]),
            ServiceType = InputReader.Text(arguments["serviceType"]),
            EnterpriseProjectId = InputReader.Text(arguments["enterpriseProjectId"]),
        };
        await foreach (var snapshot in session.Client.ListSnapshotsAsync(filter, cancellationToken))
        {
            if (filter.Name is null || snapshot.Name == filter.Name)
            {
                yield return snapshot;
            }
        }
    }

    private static async Task<PropertyMap> ReadAsync(EvsSession session, PropertyMap arguments, CancellationToken cancellationToken)
    {
        var found = new List<Snapshot>();
        await foreach (var snapshot in FindAsync(session, arguments, cancellationToken))
        {
            found.Add(snapshot);
        }

        return PropertyMap.Of(("snapshots", List(found.Select(Describe))), ("snapshotIds", List(found.Select(snapshot => snapshot.Id))));
    }

    private static PropertyMap Describe(Snapshot snapshot) => new PropertyMap.Builder(16)
        .Set("snapshotId", snapshot.Id)
        .SetIfPresent("name", Text(snapshot.Name))
        .SetIfPresent("description", Text(snapshot.Description))
        .Set("status", snapshot.Status)
        .SetIfPresent("volumeId", Text(snapshot.VolumeId))
        .SetIfPresent("size", Number(snapshot.Size))
        .SetIfPresent("progress", Text(snapshot.Progress))
        .SetIfPresent("tags", snapshot.Tags.Count > 0 ? Map(snapshot.Tags) : null)
        .SetIfPresent("metadata", snapshot.Metadata.Count > 0 ? Map(snapshot.Metadata) : null)
        .SetIfPresent("serviceType", Text(snapshot.ServiceType))
        .SetIfPresent("enterpriseProjectId", Text(snapshot.EnterpriseProjectId))
        .SetIfPresent("dedicatedStorageId", Text(snapshot.DedicatedStorageId))
        .SetIfPresent("dedicatedStorageName", Text(snapshot.DedicatedStorageName))
        .SetIfPresent("createdAt", Text(snapshot.CreatedAt))
        .SetIfPresent("updatedAt", Text(snapshot.UpdatedAt))
        .Build();
}
