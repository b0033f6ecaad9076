using System.Collections.Concurrent;
using System.Diagnostics;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>Many runs, each with the seed after the last one's; several at a time, each on a cloud of its own.</summary>
internal static class FaultCampaign
{
    /// <param name="seed">The seed of the first run; the campaign of one run with the seed of another's run is that run.</param>
    /// <param name="told">Told of each run as it ends.</param>
    /// <param name="bound">No further run is begun after this time.</param>
    public static async Task<IReadOnlyList<RunReport>> PlayAsync(
        int runs, int seed, Breakage breakage, int workers, Action<RunReport>? told = null, TimeSpan? bound = null)
    {
        var reports = new ConcurrentQueue<RunReport>();
        var begun = Stopwatch.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(workers, runs)).Select(async worker =>
        {
            await using var arena = await Arena.OpenAsync(seed + worker, breakage);
            for (var run = Interlocked.Increment(ref next); run < runs && !(Stopwatch.GetElapsedTime(begun) > bound); run = Interlocked.Increment(ref next))
            {
                var report = await ChaosRun.PlayAsync(arena, PlanMaker.Make(seed + run, breakage));
                reports.Enqueue(report);
                told?.Invoke(report);
            }
        }));
        return [.. reports];
    }
}
