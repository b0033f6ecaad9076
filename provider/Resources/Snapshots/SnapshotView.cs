using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>A snapshot with its tags, which the cloud keeps apart from it.</summary>
/// <param name="Tags">Null when the cloud has no tags of snapshots: then nothing is known of them.</param>
internal sealed record SnapshotView(Snapshot Snapshot, IReadOnlyDictionary<string, string>? Tags)
{
    public static async Task<SnapshotView?> FindAsync(EvsSession session, string snapshotId, CancellationToken cancellationToken) =>
        await session.Client.FindSnapshotAsync(snapshotId, cancellationToken) is { } snapshot
            ? await WithTagsAsync(session, snapshot, cancellationToken)
            : null;

    public static async Task<SnapshotView> WithTagsAsync(EvsSession session, Snapshot snapshot, CancellationToken cancellationToken) =>
        session.Client.Target.Cloud.TagsSnapshots
            ? new SnapshotView(snapshot, await session.Client.GetSnapshotTagsAsync(snapshot.Id, cancellationToken))
            : new SnapshotView(snapshot, null);
}
