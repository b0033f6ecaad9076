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
    /// <returns>The moment it was let through, to be handed back with its outcome.</returns>
    public async ValueTask<long> EnterAsync(CancellationToken ct)
    {
        LinkedListNode<TaskCompletionSource<long>> node;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_rate is null && now >= _next)
            {
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

    /// <summary>The service took a request.</summary>
    public void Accepted()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _accepted.Enqueue(now);
            Forget(now);
            if (_rate is not { } rate)
            {
                return;
            }

            var raised = rate + ((options.Increase + (rate * options.IncreaseShare)) / Math.Max(rate, 1));
            _rate = raised > options.HighestRate ? null : raised;
            Release(now);
        }
    }

    /// <summary>The service refused a request for coming too fast.</summary>
    /// <param name="entered">What <see cref="EnterAsync"/> returned for it.</param>
    /// <param name="retryAfter">The wait that the service asked for.</param>
    public void Throttled(long entered, TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
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

            Arm(now);
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

    private void Release(long now)
    {
        while (_waiting.First is { } first && now >= _next)
        {
            _waiting.RemoveFirst();
            if (first.Value.TrySetResult(now) && _rate is { } rate)
            {
                _next = now + Ticks(TimeSpan.FromSeconds(1 / rate));
            }
        }

        Arm(now);
    }

    private void Arm(long now)
    {
        if (_waiting.First is null)
        {
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
