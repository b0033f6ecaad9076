namespace PulumiEvs.Resources;

/// <summary>The moment by which an operation has to end. Each part of the operation gets what remains.</summary>
internal readonly record struct Deadline(TimeProvider Time, long Start, TimeSpan Allowed)
{
    public static Deadline In(TimeProvider time, TimeSpan allowed) => new(time, time.GetTimestamp(), allowed);

    public TimeSpan Elapsed => Time.GetElapsedTime(Start);

    /// <summary>Never negative.</summary>
    public TimeSpan Remaining => Allowed - Elapsed is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>A source whose token ends with the deadline, or before with <paramref name="cancellationToken"/>.</summary>
    public DeadlineToken Bound(CancellationToken cancellationToken) => new(Remaining, Time, cancellationToken);

    /// <summary>One part in so many of what was allowed from the start, but no more than <paramref name="limit"/>.</summary>
    public TimeSpan ShareAtMost(int parts, TimeSpan limit) => Allowed / parts < limit ? Allowed / parts : limit;

    /// <summary>What remains, but no more than <paramref name="limit"/>.</summary>
    public TimeSpan AtMost(TimeSpan limit) => Remaining < limit ? Remaining : limit;
}
