using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs.Crowds;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Jobs;

/// <summary>The bounds of a wait for a job.</summary>
internal sealed record JobWaitOptions
{
    public required TimeSpan Timeout { get; init; }

    /// <summary>What the job is: decides when it is looked for, and what its end teaches.</summary>
    public JobKind Kind { get; init; }

    /// <summary>The disk that it is about: of many waits at once, the disks tell which jobs are worth asking for. Null when none is known.</summary>
    public WatchedVolume? Volume { get; init; }

    /// <summary>
    /// The time by the service's clock, for a job that was begun before this wait: then what it has been running for already counts.
    /// </summary>
    public Func<DateTimeOffset>? ServerTime { get; init; }

    /// <summary>Told after every look; also after one that failed and is tolerated.</summary>
    public Action<WaitProgress<Job>>? OnProgress { get; init; }

    /// <summary>When to look, in place of what is known of the kind.</summary>
    public IPollSchedule? Schedule { get; init; }

    public int ToleratedFailures { get; init; } = 10;

    /// <summary>How many looks in a row may say that the job is not known: another node of the service may not know it yet.</summary>
    public int ToleratedUnknown { get; init; } = 3;
}

/// <summary>Waits for a job to end. FAIL is <see cref="WaitOutcome.Failed"/>, a job that is not known is <see cref="WaitOutcome.Gone"/>.</summary>
/// <param name="getJob">The job query, of EVS or of ECS.</param>
/// <param name="poller">Looks and pauses.</param>
/// <param name="durations">What is known of how long jobs take; without it, pauses grow with the elapsed time.</param>
/// <param name="watch">Watches the disks of many waits at once.</param>
/// <param name="getEndedJob">The query for a job that is as good as over, because its disk has moved; null for the same one.</param>
internal sealed class JobWaiter(
    Func<string, CancellationToken, Task<Job>> getJob,
    Poller poller,
    IJobDurations? durations = null,
    VolumeWatch? watch = null,
    Func<string, CancellationToken, Task<Job>>? getEndedJob = null)
{
    public async Task<WaitResult<Job>> WaitAsync(string jobId, JobWaitOptions options, CancellationToken ct)
    {
        var unknown = 0;
        var age = TimeSpan.Zero;
        var schedule = options.Schedule ?? durations?.ScheduleFor(options.Kind) ?? PollSchedule.Default;
        using var place = options.Volume is { CanBeFound: true } volume ? watch?.Join(volume) : null;
        var result = await poller.WaitAsync(
            async token =>
            {
                Job job;
                try
                {
                    job = await (place is { WasJustWoken: true } && getEndedJob is not null ? getEndedJob : getJob)(jobId, token);
                }
                catch (EvsException e) when (e.Class == ErrorClass.JobUnknown || e.IsDefinitelyNotFound)
                {
                    unknown++;
                    return unknown > options.ToleratedUnknown
                        ? Observation<Job>.Gone($"the service does not know job {jobId} (asked {unknown} times): {e.Message}")
                        : Observation<Job>.Moving(null);
                }

                unknown = 0;
                place?.Asked(job.Entities?.VolumeId);
                if (age == TimeSpan.Zero && options.ServerTime is { } now && JobTimes.BeganAt(job) is { } began)
                {
                    age = now() - began;
                }

                return Judge(job);
            },
            new PollOptions<Job>
            {
                Schedule = new AgedSchedule(schedule, () => age),
                Timeout = options.Timeout,
                ToleratedFailures = options.ToleratedFailures,
                IsFinal = Waits.IsFinal,
                IsDeferral = Waits.IsDeferral,
                AskedPause = Waits.AskedPause,
                OnProgress = options.OnProgress,
                Pause = place,

                // Where many wait, the first look can be shared too: the answer to the request was as good as one. Unless only the
                // job can tell which of several disks of a name is its own.
                PausesFirst = place is { IsUnmistakable: true } && options.ServerTime is null && watch!.IsCrowd,
            },
            ct);
        if (result is { Outcome: WaitOutcome.Reached, Last: { } ended } && JobTimes.Duration(ended) is { } duration)
        {
            durations?.Learn(options.Kind, duration);
        }

        return result;
    }

    /// <summary>What a job's state means for its wait.</summary>
    public static Observation<Job> Judge(Job job) => job.State switch
    {
        JobState.Init or JobState.Running => Observation<Job>.Moving(job),
        JobState.Success => Observation<Job>.Reached(job),
        JobState.Fail => Observation<Job>.Failed(job, "the job failed"),
        _ => Observation<Job>.Failed(
            job,
            job.Status is { Length: > 0 } word
                ? $"the job has the status \"{word}\", which no document knows"
                : "the answer to the job query has no status"),
    };
}
