namespace PulumiEvs.Evs.Jobs;

/// <summary>The bounds of a wait for a disk or snapshot.</summary>
/// <typeparam name="T">Volume or Snapshot.</typeparam>
internal sealed record ResourceWaitOptions<T>
    where T : class
{
    public required TimeSpan Timeout { get; init; }

    public Action<WaitProgress<T>>? OnProgress { get; init; }

    public IPollSchedule Schedule { get; init; } = PollSchedule.Default;

    public int ToleratedFailures { get; init; } = 10;

    /// <summary>How many looks in a row may find nothing before it counts as gone: a new id may not be known everywhere at once.</summary>
    public int ToleratedMissing { get; init; }
}

/// <summary>The one form of all waits for something that is found by its id.</summary>
internal static class ResourceWait
{
    public static Task<WaitResult<T>> RunAsync<T>(
        Poller poller,
        Func<CancellationToken, Task<T?>> find,
        Func<T, Observation<T>> judge,
        bool goneIsReached,
        ResourceWaitOptions<T> options,
        CancellationToken ct)
        where T : class
    {
        var missing = 0;
        return poller.WaitAsync(
            async token =>
            {
                if (await find(token) is { } found)
                {
                    missing = 0;
                    return judge(found);
                }

                missing++;
                return goneIsReached ? Observation<T>.Reached(null)
                    : missing > options.ToleratedMissing ? Observation<T>.Gone("it does not exist")
                    : Observation<T>.Moving(null);
            },
            new PollOptions<T>
            {
                Schedule = options.Schedule,
                Timeout = options.Timeout,
                ToleratedFailures = options.ToleratedFailures,
                IsFinal = Waits.IsFinal,
                IsDeferral = Waits.IsDeferral,
                AskedPause = Waits.AskedPause,
                OnProgress = options.OnProgress,
            },
            ct);
    }
}
