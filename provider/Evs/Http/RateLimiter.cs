namespace PulumiEvs.Evs.Http;

/// <summary>How the client's own limit follows the service's.</summary>
internal sealed record RateLimiterOptions
{
    /// <summary>Requests a second that are always allowed.</summary>
    public double LowestRate { get; init; } = 0.5;

    /// <summary>Above this rate there is no limit again.</summary>
    public double HighestRate { get; init; } = 400;

    /// <summary>What is left of the rate after a refusal.</summary>
    public double Decrease { get; init; } = 0.7;

    /// <summary>What each second of accepted requests adds to the rate, in requests a second and as a share of it.</summary>
    public double Increase { get; init; } = 0.5;

    public double IncreaseShare { get; init; } = 0.05;

    /// <summary>How long nothing is sent after a refusal without Retry-After.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Requests under way at once. The others wait here and not for a connection, where their time-out would run and where they could
    /// not be held back any more.
    /// </summary>
    public int MostUnderWay { get; init; } = 64;
}

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
/// Paces the requests to one host so that a throttling service is asked as fast as it likes and no faster: no limit at all until
/// the first refusal for too many requests, then a rate that falls at once with each burst of refusals and rises slowly with
/// success. Callers wait in the order in which they came, so that a thousand parallel operations slow down instead of failing.
/// </summary>
internal sealed class RateLimiter(RateLimiterOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<long>> _waiting = [];
    private readonly Queue<long> _accepted = [];
    private ITimer? _timer;
    private double? _rate;
    private long _next;
    private long _lastDecrease = long.MinValue;
    private int _underWay;

    /// <summary>Requests a second, or null while there is no limit.</summary>
    public double? Rate
    {
        get
        {
            lock (_lock)
            {
                return _rate;
            }
        }
    }

    /// <summary>Waits for the request's turn.</summary>
    /// <returns>The moment it was let through, to be handed back to <see cref="Leave"/>, which must be called.</returns>
    public async ValueTask<long> EnterAsync(CancellationToken ct)
    {
        LinkedListNode<TaskCompletionSource<long>> node;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_rate is null && now >= _next && _underWay < options.MostUnderWay)
            {
                _underWay++;
                return now;
            }

            node = _waiting.AddLast(new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
            Release(now);
        }

        await using var registration = ct.Register(
            () =>
            {
                lock (_lock)
                {
                    if (node.List is not null)
                    {
                        _waiting.Remove(node);
                    }
                }

                node.Value.TrySetCanceled(ct);
            });
        return await node.Value.Task;
    }

    /// <summary>The request is over.</summary>
    /// <param name="entered">What <see cref="EnterAsync"/> returned for it.</param>
    /// <param name="pace">What its answer says.</param>
    /// <param name="retryAfter">The wait that the service asked for.</param>
    public void Leave(long entered, Pace pace, TimeSpan? retryAfter = null)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _underWay--;
            switch (pace)
            {
                case Pace.Accepted:
                    SpeedUp(now);
                    break;
                case Pace.TooFast:
                    SlowDown(now, entered, retryAfter);
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
            foreach (var waiter in _waiting)
            {
                waiter.TrySetException(new ObjectDisposedException(nameof(RateLimiter)));
            }

            _waiting.Clear();
        }
    }

    private void SpeedUp(long now)
    {
        _accepted.Enqueue(now);
        Forget(now);
        if (_rate is { } rate)
        {
            var raised = rate + ((options.Increase + (rate * options.IncreaseShare)) / Math.Max(rate, 1));
            _rate = raised > options.HighestRate ? null : raised;
        }
    }

    private void SlowDown(long now, long entered, TimeSpan? retryAfter)
    {
        var pause = retryAfter ?? options.Pause;
        var resume = now + Ticks(pause < options.LongestPause ? pause : options.LongestPause);

        // Requests that were under way when the rate fell last say nothing about the new rate.
        if (entered > _lastDecrease)
        {
            Forget(now);
            var known = Math.Min(_rate ?? options.HighestRate, Math.Max(_accepted.Count, 1));
            _rate = Math.Max(options.LowestRate, known * options.Decrease);
            _lastDecrease = now;
            _next = Math.Max(_next, resume);
        }
        else if (retryAfter is not null)
        {
            _next = Math.Max(_next, resume);
        }
    }

    private void Release(long now)
    {
        while (_waiting.First is { } first && now >= _next && _underWay < options.MostUnderWay)
        {
            _waiting.RemoveFirst();
            if (first.Value.TrySetResult(now))
            {
                _underWay++;
                if (_rate is { } rate)
                {
                    _next = now + Ticks(TimeSpan.FromSeconds(1 / rate));
                }
            }
        }

        Arm(now);
    }

    private void Arm(long now)
    {
        if (_waiting.First is null || _underWay >= options.MostUnderWay)
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

    private void Forget(long now)
    {
        while (_accepted.TryPeek(out var oldest) && now - oldest > time.TimestampFrequency)
        {
            _accepted.Dequeue();
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
