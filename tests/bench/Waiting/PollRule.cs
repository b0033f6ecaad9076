using PulumiEvs.Evs.Jobs;

namespace PulumiEvs.Bench.Waiting;

/// <summary>Our own way: the schedule that is known for the kind of job by now. Learns from each job.</summary>
internal sealed class PollRule(IJobDurations durations, JobKind kind, Random random) : IWaitRule
{
    public string Name => "pulumi-evs";

    public WatchedJob Watch(TimeSpan duration)
    {
        var schedule = durations.ScheduleFor(kind);
        var elapsed = TimeSpan.Zero;
        var looks = 1;
        while (elapsed < duration)
        {
            elapsed += schedule.Pause(elapsed, looks, random.NextDouble());
            looks++;
        }

        durations.Learn(kind, duration);

        // The disk is read once when the job has ended.
        return new WatchedJob(duration, elapsed, looks, 1);
    }
}
