namespace PulumiEvs.Tests.Unit.Support;

/// <summary>
/// A clock that stands until it is moved. Timers fire on the thread that moves it, in the order of their time, so that what waits
/// for them goes on before the clock moves further.
/// </summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly DateTimeOffset _start;
    private TimeSpan _elapsed;
    private TimeSpan _wallClockStep;

    public FakeTime(DateTimeOffset? start = null) => _start = start ?? new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _elapsed;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _start + _elapsed + _wallClockStep;
        }
    }

    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>Sets the wall clock forward or back without any time passing, as a correction of the machine's clock does.</summary>
    public void StepWallClock(TimeSpan by)
    {
        lock (_lock)
        {
            _wallClockStep += by;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, and fires what falls due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        var end = Elapsed + by;
        while (Next(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            _elapsed = end;
        }
    }

    /// <summary>Moves the clock first and fires what fell due on the way then: timers that come late.</summary>
    public void StepTimersLate(TimeSpan by)
    {
        lock (_lock)
        {
            _elapsed += by;
        }

        while (Next(Elapsed) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>
    /// Does the work and moves the clock from timer to timer until it is done. For work that goes on inside the timers' callbacks;
    /// work that changes threads between them is moved on in steps by <see cref="RunInStepsAsync"/>.
    /// </summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work) => Task.Run(async () =>
    {
        var task = work();
        var idle = 0;
        while (!task.IsCompleted)
        {
            if (Next(TimeSpan.MaxValue) is { } timer)
            {
                idle = 0;
                timer.Fire();
            }
            else
            {
                // Nothing to wait for by this clock: the work is on another thread for a moment, or stuck.
                (++idle < 500).ShouldBeTrue("the work waits for something that is not the clock");
                await Task.WhenAny(task, Task.Delay(10));
            }
        }

        return await task;
    });

    public Task RunAsync(Func<Task> work) => RunAsync(async () =>
    {
        await work();
        return true;
    });

    /// <summary>Does the work and moves the clock in steps until it is done, giving other threads a moment after each.</summary>
    public Task<T> RunInStepsAsync<T>(TimeSpan step, Func<Task<T>> work) => Task.Run(async () =>
    {
        var task = work();
        var limit = Elapsed + TimeSpan.FromHours(1);
        while (!task.IsCompleted)
        {
            (Elapsed < limit).ShouldBeTrue("the work does not end");
            Advance(step);

            // Real time, so that a busy machine gets to the other threads too before the clock has run far ahead of them.
            await Task.WhenAny(task, Task.Delay(1));
        }

        return await task;
    });

    private FakeTimer? Next(TimeSpan end)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is not null)
            {
                _elapsed = next.Due > _elapsed ? next.Due : _elapsed;
                next.Rearm();
            }

            return next;
        }
    }

    private sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    return true;
                }

                Due = time._elapsed + dueTime;
                _period = period;
                time._timers.Add(this);
                return true;
            }
        }

        public void Rearm()
        {
            if (_period > TimeSpan.Zero)
            {
                Due += _period;
            }
            else
            {
                time._timers.Remove(this);
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
