using EvsSimulator.Core.Jobs;
using EvsSimulator.Core.Volumes;

namespace EvsSimulator.Core;

/// <summary>A volume or snapshot that is gone.</summary>
internal sealed record Deleted(string Id, string Name, string Kind, DateTimeOffset At);

/// <summary>
/// Everything the cloud knows, with the indexes its queries need. Holds immutable records: what has been read stays as it
/// was. Not thread-safe; used under the cloud's lock.
/// </summary>
internal sealed class Store(long version)
{
    /// <summary>Jobs beyond this number are forgotten, the oldest finished ones first.</summary>
    private const int MaxJobs = 200_000;

    /// <summary>How many deletions are remembered by id.</summary>
    private const int MaxDeleted = 50_000;

    private readonly Dictionary<string, Volume> volumes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Snapshot> snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Job> jobs = new(StringComparer.Ordinal);
    private readonly Queue<string> jobOrder = new();
    private readonly Queue<Deleted> deleted = new();
    private readonly Dictionary<string, ProjectIndex> projects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> snapshotsOfVolume = new(StringComparer.Ordinal);
    private long lastSequence;

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; } = version;

    /// <summary>How many volumes and snapshots were ever deleted.</summary>
    public long DeletedCount { get; private set; }

    public IReadOnlyCollection<Volume> Volumes => volumes.Values;

    public IReadOnlyCollection<Snapshot> Snapshots => snapshots.Values;

    public IReadOnlyCollection<Job> Jobs => jobs.Values;

    public IReadOnlyCollection<Deleted> Deleted => deleted;

    public ProjectIndex Project(string projectId)
    {
        if (!projects.TryGetValue(projectId, out var index))
        {
            index = new ProjectIndex();
            projects.Add(projectId, index);
        }

        return index;
    }

    public Volume? Volume(string id) => volumes.GetValueOrDefault(id);

    public Snapshot? Snapshot(string id) => snapshots.GetValueOrDefault(id);

    public Job? Job(string id) => jobs.GetValueOrDefault(id);

    public IReadOnlyCollection<string> SnapshotsOf(string volumeId) =>
        snapshotsOfVolume.TryGetValue(volumeId, out var ids) ? ids : [];

    public void Put(Volume volume)
    {
        Version++;
        volume = volume.Sequence == 0 ? volume with { Sequence = ++lastSequence } : volume;
        lastSequence = Math.Max(lastSequence, volume.Sequence);
        var index = Project(volume.ProjectId);
        if (volumes.TryGetValue(volume.Id, out var before))
        {
            index.Remove(before);
        }

        volumes[volume.Id] = volume;
        index.Add(volume);
    }

    public void Remove(Volume volume, DateTimeOffset now)
    {
        Version++;
        volumes.Remove(volume.Id);
        Project(volume.ProjectId).Remove(volume);
        Remember(new Deleted(volume.Id, volume.Name, "volume", now));
    }

    public void Put(Snapshot snapshot)
    {
        Version++;
        snapshot = snapshot.Sequence == 0 ? snapshot with { Sequence = ++lastSequence } : snapshot;
        lastSequence = Math.Max(lastSequence, snapshot.Sequence);
        var index = Project(snapshot.ProjectId);
        if (snapshots.TryGetValue(snapshot.Id, out var before))
        {
            index.Remove(before);
        }

        snapshots[snapshot.Id] = snapshot;
        index.Add(snapshot);
        if (!snapshotsOfVolume.TryGetValue(snapshot.VolumeId, out var siblings))
        {
            siblings = new SortedSet<string>(StringComparer.Ordinal);
            snapshotsOfVolume.Add(snapshot.VolumeId, siblings);
        }

        siblings.Add(snapshot.Id);
    }

    public void Remove(Snapshot snapshot, DateTimeOffset now)
    {
        Version++;
        snapshots.Remove(snapshot.Id);
        Project(snapshot.ProjectId).Remove(snapshot);
        if (snapshotsOfVolume.TryGetValue(snapshot.VolumeId, out var siblings) && siblings.Remove(snapshot.Id) && siblings.Count == 0)
        {
            snapshotsOfVolume.Remove(snapshot.VolumeId);
        }

        Remember(new Deleted(snapshot.Id, snapshot.Name, "snapshot", now));
    }

    public void Put(Job job)
    {
        Version++;
        if (!jobs.ContainsKey(job.Id))
        {
            jobOrder.Enqueue(job.Id);
        }

        jobs[job.Id] = job;
    }

    /// <summary>Forgets the oldest jobs beyond the bound, as long as they have ended.</summary>
    public void ForgetOldJobs(DateTimeOffset now)
    {
        for (var excess = jobs.Count - MaxJobs; excess > 0; excess--)
        {
            var oldest = jobOrder.Dequeue();
            if (jobs[oldest].EndsAt <= now)
            {
                jobs.Remove(oldest);
            }
            else
            {
                jobOrder.Enqueue(oldest);
            }
        }
    }

    public void RestoreDeleted(IEnumerable<Deleted> remembered, long count)
    {
        foreach (var entry in remembered)
        {
            deleted.Enqueue(entry);
        }

        DeletedCount = count;
    }

    private void Remember(Deleted entry)
    {
        DeletedCount++;
        deleted.Enqueue(entry);
        if (deleted.Count > MaxDeleted)
        {
            deleted.Dequeue();
        }
    }
}
