namespace PulumiEvs.Evs.Jobs;

/// <summary>The bounds of one wait.</summary>
/// <typeparam name="T">The view of the thing that is waited for.</typeparam>
internal sealed record PollOptions<T>
    where T : class
{
    public required IPollSchedule Schedule { get; init; }

    /// <summary>The wait ends then at the latest.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How many looks in a row may throw before the wait ends.</summary>
    public int ToleratedFailures { get; init; } = 10;

    /// <summary>Whether an exception of a look ends the wait at once.</summary>
    public Func<Exception, bool> IsFinal { get; init; } = _ => false;

    /// <summary>The pause that an exception of a look asks for, when it does; a shorter one is not made.</summary>
    public Func<Exception, TimeSpan?> AskedPause { get; init; } = _ => null;

    /// <summary>Whether an exception of a look only says "not now": it does not count among those in a row.</summary>
    public Func<Exception, bool> IsDeferral { get; init; } = _ => false;

    /// <summary>Told after every look.</summary>
    public Action<WaitProgress<T>>? OnProgress { get; init; }

    /// <summary>How the time between two looks passes; by the clock alone when null.</summary>
    public IPause? Pause { get; init; }

    /// <summary>The wait begins with a pause: whoever asked for the thing has just been told that it is under way.</summary>
    public bool PausesFirst { get; init; }
}
