namespace PulumiEvs.Evs.Jobs;

/// <summary>What the waits of one endpoint know of durations, and tell.</summary>
internal interface IJobDurations
{
    /// <summary>When to look for a job of the kind, by all that is known now.</summary>
    IPollSchedule ScheduleFor(JobKind kind);

    /// <summary>A job of the kind has succeeded.</summary>
    /// <param name="duration">From its begin to its end, by the service's clock.</param>
    void Learn(JobKind kind, TimeSpan duration);
}

/// <summary>
/// What the process knows of the durations of jobs: what earlier runs left in the file, and what it has seen itself. The file is read
/// when the first wait begins and written now and then and at the end; what several processes learn at once is put together there.
/// </summary>
/// <param name="file">Null when nothing is to outlive the process.</param>
/// <param name="report">Told once when the file cannot be written.</param>
internal sealed class DurationBook(DurationFile? file, TimeProvider time, Action<string>? report = null) : IDisposable
{
    private static readonly TimeSpan WritePause = TimeSpan.FromSeconds(10);

    /// <summary>How long the last write waits for another process's to end: it takes milliseconds, and there is no next one.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromMilliseconds(250);

    /// <summary>Observations kept for the file; older ones of the same kind have faded by then.</summary>
    private const int MostPending = 64;

    private readonly Lock _lock = new();
    private readonly Lock _writing = new();
    private readonly Dictionary<DurationKey, DurationEstimate> _known = [];
    private Dictionary<DurationKey, List<TimeSpan>> _pending = [];
    private bool _loaded;
    private bool _reported;
    private bool _ended;
    private long? _writeBegun;

    /// <summary>The book for one endpoint.</summary>
    /// <param name="endpoint">Its host.</param>
    public IJobDurations At(string endpoint) => new Page(this, endpoint);

    /// <summary>Writes what has not been written yet.</summary>
    public void Dispose() => Write(atEnd: true);

    private LikelyEndSchedule ScheduleFor(DurationKey key)
    {
        lock (_lock)
        {
            Load();
            return _known.TryGetValue(key, out var estimate) ? estimate.Schedule()
                : _known.TryGetValue(AnyType(key), out var similar) ? similar.ScheduleForOtherType()
                : JobTypes.FirstGuess(key.Kind).Schedule();
        }
    }

    private void Learn(DurationKey key, TimeSpan duration)
    {
        lock (_lock)
        {
            Load();
            Take(key, duration);
            if (AnyType(key) != key)
            {
                Take(AnyType(key), duration);
            }
        }

        if (IsWriteDue())
        {
            ThreadPool.UnsafeQueueUserWorkItem(static book => book.Write(atEnd: false), this, preferLocal: false);
        }
    }

    private void Take(DurationKey key, TimeSpan duration)
    {
        _known[key] = (_known.TryGetValue(key, out var known) ? known : JobTypes.FirstGuess(key.Kind)).With(duration);
        if (file is null)
        {
            return;
        }

        if (!_pending.TryGetValue(key, out var seen))
        {
            _pending.Add(key, seen = []);
        }

        if (seen.Count == MostPending)
        {
            seen.RemoveAt(0);
        }

        seen.Add(duration);
    }

    private void Load()
    {
        if (_loaded)
        {
            return;
        }

        _loaded = true;
        foreach (var record in file?.Read() ?? [])
        {
            _known[record.Key] = record.Estimate;
        }
    }

    private bool IsWriteDue()
    {
        lock (_lock)
        {
            if (_pending.Count == 0 || (_writeBegun is { } last && time.GetElapsedTime(last) < WritePause))
            {
                return false;
            }

            _writeBegun = time.GetTimestamp();
            return true;
        }
    }

    private void Write(bool atEnd)
    {
        lock (_writing)
        {
            if (_ended && !atEnd)
            {
                return;
            }

            _ended |= atEnd;
            Dictionary<DurationKey, List<TimeSpan>> due;
            lock (_lock)
            {
                if (file is null || _pending.Count == 0)
                {
                    return;
                }

                due = _pending;
                _pending = [];
            }

            Settle(due, Merge(file, due, atEnd ? LastPatience : TimeSpan.Zero));
        }
    }

    /// <summary>Adds the observations to what the file has. Null when they could not be written.</summary>
    private Dictionary<DurationKey, DurationEstimate>? Merge(DurationFile into, Dictionary<DurationKey, List<TimeSpan>> due, TimeSpan patience)
    {
        var merged = new Dictionary<DurationKey, DurationEstimate>();
        try
        {
            var now = time.GetUtcNow();
            var written = SpinWait.SpinUntil(() => into.Update(Merged), patience);
            return written ? merged : null;

            IEnumerable<DurationRecord> Merged(IReadOnlyList<DurationRecord> records)
            {
                var kinds = records.ToDictionary(record => record.Key);
                foreach (var (key, durations) in due)
                {
                    var before = kinds.TryGetValue(key, out var record) ? record.Estimate : JobTypes.FirstGuess(key.Kind);
                    merged[key] = durations.Aggregate(before, (estimate, duration) => estimate.With(duration));
                    kinds[key] = DurationRecord.Of(key, merged[key], now);
                }

                return kinds.Values;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_reported)
            {
                _reported = true;
                report?.Invoke($"What was learnt of the durations of jobs could not be kept ({e.Message}); the next run starts without it.");
            }

            return null;
        }
    }

    /// <summary>After a write: what other processes learnt counts here too; what could not be written waits for the next time.</summary>
    private void Settle(Dictionary<DurationKey, List<TimeSpan>> due, Dictionary<DurationKey, DurationEstimate>? merged)
    {
        lock (_lock)
        {
            foreach (var (key, durations) in due)
            {
                var since = _pending.GetValueOrDefault(key, []);
                if (merged is null)
                {
                    _pending[key] = [.. durations.Concat(since).TakeLast(MostPending)];
                }
                else if (merged.TryGetValue(key, out var estimate))
                {
                    _known[key] = since.Aggregate(estimate, (known, duration) => known.With(duration));
                }
            }
        }
    }

    private static DurationKey AnyType(DurationKey key) => key with { Kind = key.Kind.OfAnyVolumeType };

    private sealed class Page(DurationBook book, string endpoint) : IJobDurations
    {
        public IPollSchedule ScheduleFor(JobKind kind) => book.ScheduleFor(new DurationKey(endpoint, kind));

        public void Learn(JobKind kind, TimeSpan duration) => book.Learn(new DurationKey(endpoint, kind), duration);
    }
}
