using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Jobs;

/// <summary>The bounds of a wait for a job.</summary>
internal sealed record JobWaitOptions
{
    public required TimeSpan Timeout { get; init; }

    /// <summary>Told after every look; also after one that failed and is tolerated.</summary>
    public Action<WaitProgress<Job>>? OnProgress { get; init; }

    public IPollSchedule Schedule { get; init; } = PollSchedule.Default;

    public int ToleratedFailures { get; init; } = 10;

    /// <summary>How many looks in a row may say that the job is not known: another node of the service may not know it yet.</summary>
    public int ToleratedUnknown { get; init; } = 3;
}

/// <summary>Waits for a job to end. FAIL is <see cref="WaitOutcome.Failed"/>, a job that is not known is <see cref="WaitOutcome.Gone"/>.</summary>
/// <param name="getJob">The job query, of EVS or of ECS.</param>
/// <param name="poller">Looks and pauses.</param>
internal sealed class JobWaiter(Func<string, CancellationToken, Task<Job>> getJob, Poller poller)
{
    public Task<WaitResult<Job>> WaitAsync(string jobId, JobWaitOptions options, CancellationToken ct)
    {
        var unknown = 0;
        return poller.WaitAsync(
            async token =>
            {
                Job job;
                try
                {
                    job = await getJob(jobId, token);
                }
                catch (EvsException e) when (e.Class == ErrorClass.JobUnknown || e.IsDefinitelyNotFound)
                {
                    unknown++;
                    return unknown > options.ToleratedUnknown
                        ? Observation<Job>.Gone($"the service does not know job {jobId} (asked {unknown} times): {e.Message}")
                        : Observation<Job>.Moving(null);
                }

                unknown = 0;
                return Judge(job);
            },
            new PollOptions<Job>
            {
                Schedule = options.Schedule,
                Timeout = options.Timeout,
                ToleratedFailures = options.ToleratedFailures,
                IsFinal = Waits.IsFinal,
                OnProgress = options.OnProgress,
            },
            ct);
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
