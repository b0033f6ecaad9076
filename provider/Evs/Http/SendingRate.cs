namespace PulumiEvs.Evs.Http;

/// <summary>
/// What is known of the rate at which a service takes requests. Nothing until the first refusal; then what it took in the last second
/// is the measure: the rate falls below that at once, comes back to it quickly and goes beyond it slowly at first, faster the longer
/// nothing is refused. A limit that the refusal itself names is taken at its word as long as it is fresh; when requests are refused
/// below it, deeds count.
/// Not thread-safe; used under the limiter's lock.
/// </summary>
/// <param name="frequency">Timestamps a second.</param>
internal sealed class SendingRate(RateLimiterOptions options, long frequency)
{
    private readonly Queue<long> _accepted = [];
    private double? _rate;
    private double _ceiling;
    private (double PerSecond, long Until)? _named;
    private long _lastRefusal = long.MinValue;

    /// <summary>Requests a second, or null while there is no limit.</summary>
    public double? PerSecond(long now)
    {
        if (_named is { } named && now > named.Until)
        {
            _named = null;
        }

        return _named is { } fresh
            ? Math.Max(options.LowestRate, Math.Min(_rate ?? options.HighestRate, fresh.PerSecond * options.ShareOfNamed))
            : _rate;
    }

    public void Accepted(long now)
    {
        _accepted.Enqueue(now);
        Forget(now);
        if (_rate is not { } rate)
        {
            return;
        }

        var quiet = (now - _lastRefusal) / (double)frequency;
        var perSecond = rate < options.Near * _ceiling
            ? rate * options.Recovery
            : options.Increase + (rate * Math.Min(options.Recovery, options.IncreaseShare * quiet));
        var raised = rate + (perSecond / Math.Max(rate, 1));
        _rate = raised > options.HighestRate ? null : raised;
    }

    /// <summary>The service refused a request for coming too fast.</summary>
    /// <param name="entered">When it was let through.</param>
    /// <param name="named">The limit that the refusal names, in requests a second.</param>
    /// <returns>False when it had been let through before the last refusal: then it says nothing about the present rate.</returns>
    public bool Refused(long now, long entered, double? named)
    {
        var before = PerSecond(now);
        if (named is { } limit)
        {
            _named = (limit, now + (long)(options.NamedHolds.TotalSeconds * frequency));
        }

        if (entered <= _lastRefusal)
        {
            return false;
        }

        _lastRefusal = now;
        if (named * options.ShareOfNamed is { } share && share < (before ?? double.PositiveInfinity))
        {
            // Faster than the limit was too fast: that explains it.
            _ceiling = share;
            _rate = Math.Clamp(share, options.LowestRate, options.HighestRate);
            return true;
        }

        Forget(now);
        _ceiling = Math.Min(before ?? options.HighestRate, Math.Max(_accepted.Count, 1));
        _rate = Math.Max(options.LowestRate, _ceiling * options.Decrease);
        return true;
    }

    private void Forget(long now)
    {
        while (_accepted.TryPeek(out var oldest) && now - oldest > frequency)
        {
            _accepted.Dequeue();
        }
    }
}
