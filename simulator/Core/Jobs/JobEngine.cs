using System.Collections.Immutable;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Volumes;

namespace EvsSimulator.Core.Jobs;

/// <summary>What a job is about, as its document shows it.</summary>
internal sealed record JobSubject(string VolumeId, string Name, int Size, string VolumeType)
{
    public static JobSubject Of(Volume volume) => new(volume.Id, volume.Name, volume.Size, volume.Type);
}

/// <summary>
/// Submits jobs and carries out their work when their time has come. There is no timer: whoever looks at the cloud first
/// lets the engine catch up with the clock.
/// </summary>
internal sealed class JobEngine(Store store, Draws draws)
{
    /// <summary>A job is INIT for a tenth of its time, at most this long.</summary>
    private static readonly TimeSpan LongestInit = TimeSpan.FromMilliseconds(200);

    private readonly PriorityQueue<string, (DateTimeOffset At, long Order)> ends = new();
    private long order;

    /// <summary>Plans the course of a job from its submission on.</summary>
    /// <param name="kind">The kind whose duration applies; a sub-job's type may be named differently.</param>
    /// <param name="fate">How it departs from the usual course.</param>
    public Job Plan(string kind, string projectId, JobFate fate, Settings settings, DateTimeOffset now)
    {
        var drawn = settings.DrawDuration(kind, draws);
        var duration = fate.Duration ?? drawn;
        var longestInit = LongestInit / settings.TimeScale;
        return new Job
        {
            Id = draws.Hex32(),
            ProjectId = projectId,
            Type = kind,
            BeganAt = now,
            ClockAhead = settings.ClockOffset,
            RunsAt = now + (duration / 10 < longestInit ? duration / 10 : longestInit),
            EndsAt = fate.Stuck ? null : now + duration,
            VanishesAt = now + fate.VanishesAfter,
            Failure = fate.Failure,
            Remains = fate.Remains,
        };
    }

    /// <summary>Takes a planned job in; its work will be done when it ends.</summary>
    public Job Submit(Job job)
    {
        store.Put(job);
        Schedule(job);
        return job;
    }

    /// <summary>Plans and submits a job in one step.</summary>
    public Job Submit(string kind, string projectId, Work work, JobSubject? subject, JobFate fate, Settings settings, DateTimeOffset now) =>
        Submit(About(Plan(kind, projectId, fate, settings, now) with { Work = work }, subject));

    /// <summary>Takes in the parent of a batch; its status follows from its sub-jobs.</summary>
    public Job SubmitParent(string type, string projectId, IEnumerable<Job> subJobs, JobFate fate, DateTimeOffset now)
    {
        var children = subJobs.ToImmutableArray();
        var parent = new Job
        {
            Id = draws.Hex32(),
            ProjectId = projectId,
            Type = type,
            BeganAt = now,
            ClockAhead = children[0].ClockAhead,
            RunsAt = children.Min(child => child.RunsAt),
            EndsAt = children.Any(child => child.EndsAt is null) ? null : children.Max(child => child.EndsAt),
            VanishesAt = now + fate.VanishesAfter,
            Failure = children.FirstOrDefault(child => child.Failure is not null)?.Failure,
            SubJobs = [.. children.Select(child => child.Id)],
        };
        store.Put(parent);
        return parent;
    }

    public static Job About(Job job, JobSubject? subject) => subject is null ? job : job with
    {
        VolumeId = subject.VolumeId,
        VolumeName = subject.Name,
        VolumeSize = subject.Size,
        VolumeType = subject.VolumeType,
    };

    /// <summary>Queues the end of a job that came from a state file.</summary>
    public void Schedule(Job job)
    {
        if (job is { EndsAt: { } end, Work: not null })
        {
            ends.Enqueue(job.Id, (end, ++order));
        }
    }

    /// <summary>Does the work of all jobs that have ended by now, in the order of their ends.</summary>
    public void CatchUp(DateTimeOffset now)
    {
        while (ends.TryPeek(out var id, out var when) && when.At <= now)
        {
            ends.Dequeue();
            if (store.Job(id) is { Work: { } work } job)
            {
                var failure = WorkEnd.CarryOut(store, job, work, when.At + job.ClockAhead);
                if (failure != job.Failure)
                {
                    store.Put(job with { Failure = failure });
                }
            }
        }

        store.ForgetOldJobs(now);
    }
}
