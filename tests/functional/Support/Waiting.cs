using System.Diagnostics;

namespace PulumiEvs.Tests.Functional.Support;

/// <summary>Waits for conditions, with a bound: no test sleeps, and none hangs.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(begun) > Bound)
            {
                throw new TimeoutException($"waited {Bound.TotalSeconds:0} s in vain until {what}");
            }

            await Task.Delay(10);
        }
    }
}
