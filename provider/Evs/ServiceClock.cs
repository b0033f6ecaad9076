namespace PulumiEvs.Evs;

/// <summary>
/// The service's clock, as its answers tell it (<c>Date</c>, in whole seconds). Between answers it goes on by the time that has passed,
/// not by this machine's clock: setting that does not move it.
/// </summary>
internal sealed class ServiceClock(TimeProvider time)
{
    private readonly Lock _lock = new();
    private (DateTimeOffset Theirs, long Ours)? _told;

    /// <summary>Null until an answer has told it.</summary>
    public DateTimeOffset? Now
    {
        get
        {
            lock (_lock)
            {
                return _told is { } told ? told.Theirs + time.GetElapsedTime(told.Ours) : null;
            }
        }
    }

    public void Tell(DateTimeOffset theirs)
    {
        lock (_lock)
        {
            _told = (theirs, time.GetTimestamp());
        }
    }
}
