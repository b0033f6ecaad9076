namespace PulumiEvs.Evs.Jobs;

internal enum WaitOutcome
{
    /// <summary>What was waited for is so.</summary>
    Reached,

    /// <summary>It will not be so, or it could not be seen any more: <see cref="WaitResult{T}.Failure"/> tells the two apart.</summary>
    Failed,

    TimedOut,

    Cancelled,

    /// <summary>The thing itself is not there (any more).</summary>
    Gone,
}

/// <summary>How a wait ended, with the last view.</summary>
/// <typeparam name="T">The view of the thing.</typeparam>
internal sealed record WaitResult<T>
    where T : class
{
    public required WaitOutcome Outcome { get; init; }

    /// <summary>The last view; null when there never was one.</summary>
    public T? Last { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>How often has been looked.</summary>
    public required int Looks { get; init; }

    /// <summary>Why it failed or is gone, as a fragment.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The exception of the last look when it threw. With <see cref="WaitOutcome.Failed"/> it means that the thing could not be seen
    /// any more; what became of it is then not known.
    /// </summary>
    public Exception? Failure { get; init; }
}

/// <summary>How a wait is going.</summary>
/// <typeparam name="T">The view of the thing.</typeparam>
/// <param name="Last">The last view; null when there was none yet.</param>
/// <param name="Elapsed">Since the wait began.</param>
/// <param name="Looks">How often has been looked.</param>
/// <param name="Failure">The exception of this look, when it threw and is tolerated.</param>
/// <param name="FailedLooks">How many looks in a row threw.</param>
internal sealed record WaitProgress<T>(T? Last, TimeSpan Elapsed, int Looks, Exception? Failure, int FailedLooks)
    where T : class;
