namespace PulumiEvs.Evs.Jobs;

/// <summary>When to look again.</summary>
internal interface IPollSchedule
{
    /// <summary>The pause before the next look.</summary>
    /// <param name="elapsed">Since the wait began.</param>
    /// <param name="looks">How often has been looked; at least one.</param>
    /// <param name="chance">Between 0 and 1, so that many waits do not look at the same moment.</param>
    TimeSpan Pause(TimeSpan elapsed, int looks, double chance);
}

/// <summary>A schedule for something that had been under way for a while when the wait for it began.</summary>
/// <param name="Inner">The schedule from its beginning on.</param>
/// <param name="Age">How long it had been under way; negative counts as not at all.</param>
internal sealed record AgedSchedule(IPollSchedule Inner, Func<TimeSpan> Age) : IPollSchedule
{
    public TimeSpan Pause(TimeSpan elapsed, int looks, double chance) =>
        Inner.Pause(Age() is var age && age > TimeSpan.Zero ? elapsed + age : elapsed, looks, chance);
}

/// <summary>
/// The first look soon, then pauses in proportion to the time that has passed: what ends after seconds is seen within a second, and
/// what takes hours is not asked for thousands of times.
/// </summary>
/// <param name="First">The pause after the first look, and the shortest one.</param>
/// <param name="Share">The pause as a share of the elapsed time.</param>
/// <param name="Longest">The longest pause.</param>
/// <param name="Jitter">How far a pause may be shortened or lengthened, as a share of it.</param>
internal sealed record PollSchedule(TimeSpan First, double Share, TimeSpan Longest, double Jitter) : IPollSchedule
{
    /// <summary>For jobs and disks: a create is usually done in 5 to 10 seconds, a change of type may take hours.</summary>
    public static readonly PollSchedule Default = new(TimeSpan.FromMilliseconds(500), 0.15, TimeSpan.FromSeconds(30), 0.2);

    public TimeSpan Pause(TimeSpan elapsed, int looks, double chance)
    {
        var even = Math.Clamp(elapsed.TotalMilliseconds * Share, First.TotalMilliseconds, Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(even * (1 + (Jitter * ((2 * chance) - 1))));
    }
}
