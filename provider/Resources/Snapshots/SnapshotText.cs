using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>Snapshots as they are named in messages.</summary>
internal static class SnapshotText
{
    /// <summary>One that is to be made: <c>snapshot "daily" of volume 591ac654-…</c>.</summary>
    public static string Wished(PropertyMap inputs)
    {
        var volume = inputs[SnapshotProperties.VolumeId];
        var id = volume.IsSecret ? "[secret]" : InputReader.Text(volume);
        return $"snapshot {inputs[SnapshotProperties.Name]} of volume {id}";
    }

    public static string Existing(Snapshot snapshot) =>
        string.IsNullOrEmpty(snapshot.Name) ? $"snapshot {snapshot.Id}" : $"snapshot \"{snapshot.Name}\" ({snapshot.Id})";

    public static string Existing(string id, PropertyMap known) =>
        known[SnapshotProperties.Name] is { IsAbsent: false } name ? $"snapshot {name} ({id})" : $"snapshot {id}";
}
