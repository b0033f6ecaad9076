namespace PulumiEvs.Bench.Waiting;

/// <summary>
/// A clock that jumps from timer to timer: what waits for hours is done in microseconds, to the tick the same. For work that goes
/// on inside the timers' callbacks, on one thread.
/// </summary>
internal sealed class ComputedClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<Alarm> _alarms = [];
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => Start + _elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Does the work to its end.</summary>
    /// <exception cref="InvalidOperationException">It waits for something that is not this clock.</exception>
    public T Run<T>(Func<Task<T>> work)
    {
        var task = work();
        while (!task.IsCompleted)
        {
            var next = _alarms.MinBy(alarm => alarm.Due) ?? throw new InvalidOperationException("the work waits for something that is not this clock");
            _alarms.Remove(next);
            _elapsed = next.Due > _elapsed ? next.Due : _elapsed;
            next.Ring();
        }

        return task.GetAwaiter().GetResult();
    }

    private sealed class Alarm(ComputedClock clock, Action ring) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
            {
                throw new NotSupportedException("no wait repeats a timer");
            }

            Dispose();
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Due = clock._elapsed + dueTime;
                clock._alarms.Add(this);
            }

            return true;
        }

        public void Dispose() => clock._alarms.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
