using System.Collections.Immutable;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Core.Volumes;

/// <summary>Changes and finds the tags of volumes.</summary>
internal static class TagOperations
{
    /// <summary>Adds tags; one of the same key is overwritten.</summary>
    public static Outcome<Volume> Add(World world, string projectId, string volumeId, ImmutableSortedDictionary<string, string> tags) =>
        Change(world, projectId, volumeId, held => held.SetItems(tags));

    /// <summary>Removes the tags of these keys; a key that is not there is no error.</summary>
    public static Outcome<Volume> Remove(World world, string projectId, string volumeId, IEnumerable<string> keys) =>
        Change(world, projectId, volumeId, held => held.RemoveRange(keys));

    public static Outcome<Volume> Replace(World world, string projectId, string volumeId, ImmutableSortedDictionary<string, string> tags) =>
        Change(world, projectId, volumeId, _ => tags);

    /// <summary>The values in use of each key, over a whole project.</summary>
    public static ImmutableSortedDictionary<string, ImmutableSortedSet<string>> OfProject(World world, string projectId) =>
        world.Store.Project(projectId).NewestFirst
            .Where(volume => volume.VisibleAt <= world.Moment)
            .SelectMany(volume => volume.Tags)
            .GroupBy(tag => tag.Key, tag => tag.Value)
            .ToImmutableSortedDictionary(group => group.Key, group => group.ToImmutableSortedSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The volumes that have, for each wanted key, one of its values (any value when none is named).</summary>
    public static ImmutableArray<Volume> Find(
        World world, string projectId, ImmutableArray<(string Key, ImmutableArray<string> Values)> wanted, string? name) =>
        [
            .. world.Store.Project(projectId).NewestFirst.Where(volume =>
                volume.VisibleAt <= world.Moment
                && (name is null || volume.Name.Contains(name, StringComparison.Ordinal))
                && wanted.All(tag => volume.Tags.TryGetValue(tag.Key, out var value) && (tag.Values.IsEmpty || tag.Values.Contains(value)))),
        ];

    private static Outcome<Volume> Change(
        World world,
        string projectId,
        string volumeId,
        Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change)
    {
        if (!VolumeChanges.Find(world, projectId, volumeId).Succeeded(out var volume, out var refusal))
        {
            return refusal;
        }

        var tags = change(volume.Tags);
        if (TagRules.Check(tags, world.Settings.Cloud) is { } wrong)
        {
            return wrong;
        }

        world.Store.Put(volume with { Tags = tags });
        return world.Store.Volume(volumeId)!;
    }
}
