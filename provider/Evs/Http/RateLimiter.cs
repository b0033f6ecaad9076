namespace PulumiEvs.Evs.Http;

/// <summary>What a request's answer says about the pace.</summary>
internal enum Pace
{
    /// <summary>No answer, or never sent.</summary>
    Unknown,

    /// <summary>The service took it, whatever it answered.</summary>
    Accepted,

    /// <summary>The service refused it for coming too fast.</summary>
    TooFast,
}

/// <summary>
/// Paces the requests to one host so that a throttling service is asked as fast as it likes and no faster. Callers take turns by
/// precedence and in the order in which they came, so that a thousand parallel operations slow down instead of failing.
/// </summary>
internal sealed class RateLimiter(RateLimiterOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TurnQueue _queue = new();
    private readonly SendingRate _rate = new(options, time.TimestampFrequency);
    private ITimer? _timer;
    private long _next;
    private int _underWay;

    /// <summary>Requests a second, or null while there is no limit.</summary>
    public double? Rate
    {
        get
        {
            lock (_lock)
            {
                return _rate.PerSecond(time.GetTimestamp());
            }
        }
    }

    /// <summary>Lets the request through at once when nothing is in its way.</summary>
    /// <returns>The moment it was let through, to be handed back to <see cref="Leave"/>, which must be called; null when it has to wait.</returns>
    public long? TryEnter()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_queue.Count > 0 || now < _next || _underWay >= options.MostUnderWay)
            {
                return null;
            }

            Pass(now);
            return now;
        }
    }

    /// <summary>Waits for the request's turn.</summary>
    /// <returns>As that of <see cref="TryEnter"/>.</returns>
    public async ValueTask<long> EnterAsync(Precedence precedence, CancellationToken ct)
    {
        if (TryEnter() is { } entered)
        {
            return entered;
        }

        LinkedListNode<TurnQueue.Place> node;
        lock (_lock)
        {
            node = _queue.Add(precedence);
            Release(time.GetTimestamp());
        }

        await using var registration = ct.Register(
            () =>
            {
                lock (_lock)
                {
                    _queue.Remove(node);
                }

                node.Value.Turn.TrySetCanceled(ct);
            });
        return await node.Value.Turn.Task;
    }

    /// <summary>The request is over.</summary>
    /// <param name="entered">What <see cref="EnterAsync"/> returned for it.</param>
    /// <param name="pace">What its answer says.</param>
    /// <param name="retryAfter">The wait that the service asked for.</param>
    /// <param name="named">The limit that the service named, in requests a second.</param>
    public void Leave(long entered, Pace pace, TimeSpan? retryAfter = null, double? named = null)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _underWay--;
            switch (pace)
            {
                case Pace.Accepted:
                    _rate.Accepted(now);
                    break;
                case Pace.TooFast when _rate.Refused(now, entered, named) || retryAfter is not null:
                    var pause = retryAfter ?? options.Pause;
                    _next = Math.Max(_next, now + Ticks(pause < options.LongestPause ? pause : options.LongestPause));
                    break;
            }

            Release(now);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            while (_queue.Next() is { } place)
            {
                place.Turn.TrySetException(new ObjectDisposedException(nameof(RateLimiter)));
            }
        }
    }

    private void Release(long now)
    {
        while (_queue.Count > 0 && now >= _next && _underWay < options.MostUnderWay)
        {
            // One that has given up at this very moment takes no turn.
            if (_queue.Next()!.Turn.TrySetResult(now))
            {
                Pass(now);
            }
        }

        Arm(now);
    }

    private void Pass(long now)
    {
        _underWay++;
        if (_rate.PerSecond(now) is { } rate)
        {
            _next = Math.Max(_next, now - Ticks(options.Slack)) + Ticks(TimeSpan.FromSeconds(1 / rate));
        }
    }

    private void Arm(long now)
    {
        if (_queue.Count == 0 || _underWay >= options.MostUnderWay)
        {
            // Nobody waits, or the next one is let through by the end of another.
            return;
        }

        _timer ??= time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var wait = TimeSpan.FromSeconds(Math.Max(0, _next - now) / (double)time.TimestampFrequency);
        _timer.Change(wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            Release(time.GetTimestamp());
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
