using System.Diagnostics;

namespace PulumiEvs.Tests.Functional.Support;

/// <summary>Waits for conditions, with a bound: no test sleeps, and none hangs.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static Task UntilAsync(Func<bool> condition, string what, TimeSpan? bound = null) =>
        UntilAsync(() => Task.FromResult(condition()), what, bound);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? bound = null)
    {
        var limit = bound ?? Bound;
        var begun = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(begun) > limit)
            {
                throw new TimeoutException($"waited {limit.TotalSeconds:0} s in vain until {what}");
            }

            await Task.Delay(10);
        }
    }
}
