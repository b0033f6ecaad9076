using System.Globalization;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Bench.Waiting;

/// <summary>
/// Our own way: the provider's own waiter, followed against a job that is computed, with what is known of the kind of job by now.
/// Learns from each job. Has the time that it allows, unless told otherwise, for what takes longest.
/// </summary>
internal sealed class PollRule(IJobDurations durations, JobKind kind, Random random) : IWaitRule
{
    public string Name => "pulumi-evs";

    public WatchedJob Watch(TimeSpan duration)
    {
        var clock = new ComputedClock();
        var begun = clock.GetUtcNow();

        // The service tells its times in milliseconds; a job that is over is so at a whole one.
        var ended = TimeSpan.FromMilliseconds(Math.Ceiling(duration.TotalMilliseconds));
        var waiter = new JobWaiter(
            (id, _) => Task.FromResult(Shown(id, begun, ended, clock.GetUtcNow() - begun)),
            new Poller(clock, random),
            durations);
        var result = clock.Run(() => waiter.WaitAsync("job", new JobWaitOptions { Timeout = VolumeTimeouts.Retype, Kind = kind }, CancellationToken.None));

        // The disk is read once when the job has ended.
        return new WatchedJob(ended, result.Outcome == WaitOutcome.Reached ? result.Elapsed : null, result.Looks, 1);
    }

    private static Job Shown(string id, DateTimeOffset begun, TimeSpan duration, TimeSpan elapsed) => new()
    {
        JobId = id,
        Status = elapsed < duration ? "RUNNING" : "SUCCESS",
        BeginTime = Text(begun),
        EndTime = elapsed < duration ? "" : Text(begun + duration),
    };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
