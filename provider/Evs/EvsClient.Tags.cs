using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs;

internal sealed partial class EvsClient
{
    /// <summary>Adds tags to a disk; one with a key that is there replaces it, the others stay.</summary>
    public Task UpsertTagsAsync(string volumeId, IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        ChangeTagsAsync(
            $"tagging volume {volumeId}",
            volumeId,
            new TagAction { Action = "create", Tags = [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })] },
            ct);

    /// <summary>Removes the tags with these keys from a disk; those that are not there are no error.</summary>
    public Task DeleteTagsAsync(string volumeId, IEnumerable<string> keys, CancellationToken ct) =>
        ChangeTagsAsync(
            $"removing tags of volume {volumeId}",
            volumeId,
            new TagAction { Action = "delete", Tags = [.. keys.Select(key => new Tag { Key = key })] },
            ct);

    public async Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string volumeId, CancellationToken ct)
    {
        var request = await DescribeAsync(
            $"reading tags of volume {volumeId}", HttpMethod.Get, target.Versions.Tags, TagsPath(volumeId), Idempotency.Read, ct);
        var list = await transport.SendAsync(request, EvsJson.Default.TagList, ct);
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in list.Tags)
        {
            tags[tag.Key] = tag.Value ?? "";
        }

        return tags;
    }

    /// <summary>All tags that disks of the project have: each key with its values.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListProjectTagsAsync(CancellationToken ct)
    {
        var request = await DescribeAsync(
            "listing tags", HttpMethod.Get, target.Versions.Tags, $"{target.Cloud.TagsSegment}/tags", Idempotency.Read, ct);
        return (await transport.SendAsync(request, EvsJson.Default.ProjectTags, ct)).Tags;
    }

    /// <summary>The tags of a snapshot, where the cloud has them (<see cref="Clouds.Cloud.TagsSnapshots"/>).</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetSnapshotTagsAsync(string snapshotId, CancellationToken ct)
    {
        var request = await DescribeAsync(
            $"reading tags of snapshot {snapshotId}", HttpMethod.Get, target.Versions.Tags, SnapshotTagsPath(snapshotId), Idempotency.Read, ct);
        return (await transport.SendAsync(request, EvsJson.Default.TagSet, ct)).Tags;
    }

    /// <summary>Gives a snapshot these tags and no others.</summary>
    public async Task SetSnapshotTagsAsync(string snapshotId, IReadOnlyDictionary<string, string> tags, CancellationToken ct)
    {
        var request = await DescribeAsync(
            $"tagging snapshot {snapshotId}", HttpMethod.Put, target.Versions.Tags, SnapshotTagsPath(snapshotId), Idempotency.IdempotentWrite, ct);
        await transport.SendAsync(request with { Body = Body(new TagSet { Tags = tags }, EvsJson.Default.TagSet) }, ct);
    }

    private async Task ChangeTagsAsync(string operation, string volumeId, TagAction action, CancellationToken ct)
    {
        if (action.Tags.Count == 0)
        {
            return;
        }

        var request = await DescribeAsync(
            operation, HttpMethod.Post, target.Versions.Tags, TagsPath(volumeId) + "/action", Idempotency.IdempotentWrite, ct);
        await transport.SendAsync(request with { Body = Body(action, EvsJson.Default.TagAction) }, ct);
    }

    private static string SnapshotTagsPath(string snapshotId) => $"os-vendor-tags/snapshots/{Escape(snapshotId)}";

    private string TagsPath(string volumeId) => $"{target.Cloud.TagsSegment}/{Escape(volumeId)}/tags";
}
