using EvsSimulator.Core.Volumes;

namespace EvsSimulator.Core;

/// <summary>One project's volumes and snapshots in order of creation, its volumes by name, and what it uses of its quota.</summary>
internal sealed class ProjectIndex
{
    private static readonly Comparer<Volume> VolumeOrder = Comparer<Volume>.Create((a, b) => a.Sequence.CompareTo(b.Sequence));
    private static readonly Comparer<Snapshot> SnapshotOrder = Comparer<Snapshot>.Create((a, b) => a.Sequence.CompareTo(b.Sequence));

    private readonly Dictionary<string, SortedSet<Volume>> byName = new(StringComparer.Ordinal);
    private readonly SortedSet<Volume> volumes = new(VolumeOrder);
    private readonly SortedSet<Snapshot> snapshots = new(SnapshotOrder);

    public QuotaUsage Usage { get; } = new();

    public IEnumerable<Snapshot> NewestSnapshotsFirst => snapshots.Reverse();

    public IEnumerable<Volume> NewestFirst => volumes.Reverse();

    /// <summary>The volumes of one name, newest first.</summary>
    public IEnumerable<Volume> Named(string name) => byName.TryGetValue(name, out var same) ? same.Reverse() : [];

    public void Add(Volume volume)
    {
        volumes.Add(volume);
        Usage.Count(volume, 1);
        if (!byName.TryGetValue(volume.Name, out var same))
        {
            same = new SortedSet<Volume>(VolumeOrder);
            byName.Add(volume.Name, same);
        }

        same.Add(volume);
    }

    public void Remove(Volume volume)
    {
        volumes.Remove(volume);
        Usage.Count(volume, -1);
        if (byName.TryGetValue(volume.Name, out var same) && same.Remove(volume) && same.Count == 0)
        {
            byName.Remove(volume.Name);
        }
    }

    public void Add(Snapshot snapshot)
    {
        snapshots.Add(snapshot);
        Usage.Count(snapshot, 1);
    }

    public void Remove(Snapshot snapshot)
    {
        snapshots.Remove(snapshot);
        Usage.Count(snapshot, -1);
    }
}
