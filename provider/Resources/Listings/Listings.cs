using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PulumiEvs.Evs;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Functions;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Snapshots;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.VolumeAttachments;
using PulumiEvs.Resources.Volumes;
using static PulumiEvs.Resources.Functions.LookupProperty;

namespace PulumiEvs.Resources.Listings;

/// <summary>The resource types whose existing resources can be listed. A rollback is no thing, and nothing tells which disks are a batch.</summary>
internal static class Listings
{
    public static readonly ImmutableArray<Listing> All =
    [
        new(new(VolumeDeclaration.Token, VolumesLookup.Filters), VolumesAsync),
        new(new(SnapshotDeclaration.Token, SnapshotsLookup.Filters), SnapshotsAsync),
        new(
            new(
                AttachmentDeclaration.Token,
                [
                    Argument(AttachmentDeclaration.VolumeId, PropertyType.String, "Only attachments of this disk."),
                    Argument(AttachmentDeclaration.ServerId, PropertyType.String, "Only attachments to this server."),
                ]),
            AttachmentsAsync),
    ];

    private static async IAsyncEnumerable<ListedResource> VolumesAsync(
        EvsSession session, PropertyMap query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var volume in VolumesLookup.FindAsync(session, query, cancellationToken))
        {
            yield return new ListedResource(volume.Id, NameOf(volume.Name, volume.Id));
        }
    }

    private static async IAsyncEnumerable<ListedResource> SnapshotsAsync(
        EvsSession session, PropertyMap query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var snapshot in SnapshotsLookup.FindAsync(session, query, cancellationToken))
        {
            // Those of backups come and go with their backups: no program may have them.
            if (snapshot.Name?.StartsWith(SnapshotDeclaration.BackupPrefix, StringComparison.Ordinal) is not true)
            {
                yield return new ListedResource(snapshot.Id, NameOf(snapshot.Name, snapshot.Id));
            }
        }
    }

    private static async IAsyncEnumerable<ListedResource> AttachmentsAsync(
        EvsSession session, PropertyMap query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (volumeId, serverId) = (InputReader.Text(query[AttachmentDeclaration.VolumeId]), InputReader.Text(query[AttachmentDeclaration.ServerId]));
        await foreach (var volume in session.Client.ListVolumesAsync(new VolumeFilter { Id = volumeId, ServerId = serverId }, cancellationToken))
        {
            foreach (var server in volume.Attachments.Select(attachment => attachment.ServerId).OfType<string>())
            {
                if (serverId is null || server == serverId)
                {
                    yield return new ListedResource(new AttachmentId(server, volume.Id).ToString(), $"{NameOf(volume.Name, volume.Id)}-{server}");
                }
            }
        }
    }

    private static string NameOf(string? name, string id) => string.IsNullOrEmpty(name) ? id : name;
}
