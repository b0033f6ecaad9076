using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Jobs.Crowds;

/// <summary>
/// Watches the disks of many waits at once. Above a handful of waits, one look at a list of disks stands for a look at each of their
/// jobs: a wait is woken when its disk has moved, and then asks its job, which decides. As often as the most impatient of them
/// would look for itself, and never so often that looking takes a noteworthy share of the time. Where the list fails, each wait is
/// left to its own schedule.
/// </summary>
/// <param name="sweep">Looks at many disks.</param>
internal sealed class VolumeWatch(IVolumeSweep sweep, TimeProvider time) : IDisposable
{
    /// <summary>So many waits are left to themselves.</summary>
    public const int Handful = 5;

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestBlindness = TimeSpan.FromMinutes(1);

    /// <summary>Looking takes at most one part in so many of the time.</summary>
    private const int Rest = 4;

    /// <summary>A look that took long has mostly waited for its turn behind other requests: that is no reason to look away for as long again.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(2);

    /// <summary>No clocks differ by more: requests signed by such a clock would be refused.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly LinkedList<WatchPlace> _places = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();
    private bool _runs;
    private long _nextSweep = time.GetTimestamp();
    private int _failures;
    private long? _blindUntil;

    /// <summary>Whether there are so many waits that looks are shared.</summary>
    public bool IsCrowd
    {
        get
        {
            lock (_lock)
            {
                return _places.Count > Handful && !IsBlind(time.GetTimestamp());
            }
        }
    }

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _places.Count;
            }
        }
    }

    /// <summary>One more wait. Dispose the place when it is over.</summary>
    public WatchPlace Join(WatchedVolume volume)
    {
        lock (_lock)
        {
            var name = volume.Name ?? "";
            _names[name] = _names.GetValueOrDefault(name) + 1;
            var place = new WatchPlace(this, volume, time.GetUtcNow() - ClockTolerance)
            {
                IsFoundByName = name.Length > 0 && _names[name] == 1,
            };
            place.Node = _places.AddLast(place);
            return place;
        }
    }

    public void Dispose()
    {
        // Not disposed of: what runs may still look at its token.
        _ending.Cancel();
    }

    /// <summary>Passes the time until the place's wait should look: by the clock alone when the place is not watched.</summary>
    internal async Task PauseAsync(WatchPlace place, Func<TimeSpan> plan, TimeSpan most, CancellationToken ct)
    {
        Task signal;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            signal = _places.Count > Handful && !IsBlind(now) ? place.Await(now, plan, most, time) : Task.CompletedTask;
            if (!signal.IsCompleted && !_runs)
            {
                _runs = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        if (signal.IsCompleted)
        {
            var planned = place.Plan(plan);
            await Task.Delay(planned < most ? planned : most, time, ct);
            return;
        }

        try
        {
            await signal.WaitAsync(ct);
        }
        finally
        {
            lock (_lock)
            {
                place.Release();
            }
        }
    }

    internal void Leave(WatchPlace place)
    {
        lock (_lock)
        {
            if (place.Node is not { List: not null } node)
            {
                return;
            }

            _places.Remove(node);
            var name = place.Volume.Name ?? "";
            if (--_names[name] == 0)
            {
                _names.Remove(name);
            }
        }
    }

    /// <summary>Under the lock that all of a place's changes are made under.</summary>
    internal void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }

    private bool IsBlind(long now) => _blindUntil is { } until && now < until;

    private async Task RunAsync()
    {
        try
        {
            while (Next() is { } step)
            {
                if (step.Sought is { } sought)
                {
                    await SweepAsync(sought);
                }
                else
                {
                    await Task.Delay(step.Pause, time, _ending.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            ReleaseAll();
        }
        catch
        {
            // Whatever is wrong here, the waits go on by themselves. The task that nobody awaits ends with the exception.
            lock (_lock)
            {
                _blindUntil = long.MaxValue;
            }

            ReleaseAll();
            throw;
        }
    }

    /// <summary>What to do next: a sweep or a pause; null when nobody is watched any more, and the run is then over.</summary>
    private (TimeSpan Pause, SoughtVolumes? Sought)? Next()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var sees = _places.Count > Handful && !IsBlind(now);
            var waiting = new List<WatchPlace>();
            var (look, soonest) = (long.MaxValue, long.MaxValue);
            foreach (var place in _places)
            {
                if (!place.IsWatched)
                {
                    continue;
                }

                if (now >= (sees ? place.Latest : place.Due))
                {
                    place.Release();
                    continue;
                }

                waiting.Add(place);
                look = Math.Min(look, place.Due);
                soonest = Math.Min(soonest, sees ? place.Latest : place.Due);
            }

            if (waiting.Count == 0)
            {
                _runs = false;
                return null;
            }

            look = Math.Max(look, _nextSweep);
            if (sees && now >= look)
            {
                return (TimeSpan.Zero, Sought(waiting));
            }

            var pause = time.GetElapsedTime(now, sees ? Math.Min(look, soonest) : soonest);
            return (pause < Tick ? pause : Tick, null);
        }
    }

    private static SoughtVolumes Sought(List<WatchPlace> waiting) => new()
    {
        Ids = waiting.Select(place => place.Volume.Id).OfType<string>().ToHashSet(StringComparer.Ordinal),
        Names = waiting.Where(place => place.Volume.Id is null).Select(place => place.Volume.Name).OfType<string>().ToHashSet(StringComparer.Ordinal),
        NotBefore = waiting.TrueForAll(place => place.Volume.IsNew) ? waiting.Min(place => place.NotBefore) : null,
    };

    private async Task SweepAsync(SoughtVolumes sought)
    {
        var begun = time.GetTimestamp();
        var seen = new Dictionary<string, VolumeGlance>(StringComparer.Ordinal);
        var named = new Dictionary<string, VolumeGlance>(StringComparer.Ordinal);
        try
        {
            var isComplete = await sweep.LookAsync(
                sought,
                volume =>
                {
                    if (sought.Ids.Contains(volume.Id))
                    {
                        seen[volume.Id] = volume;
                    }

                    // Of several disks of a name the newest comes first.
                    if (volume.Name is { Length: > 0 } name && sought.Names.Contains(name))
                    {
                        named.TryAdd(name, volume);
                    }
                },
                _ending.Token);
            lock (_lock)
            {
                _failures = 0;
                Judge(begun, seen, named, isComplete);
                RestFrom(begun);
            }
        }
        catch (EvsException e)
        {
            lock (_lock)
            {
                // Who may not list will not be allowed to in a minute either.
                _failures++;
                var blindness = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_failures, 10) - 1));
                _blindUntil = e.IsDefiniteRefusal ? long.MaxValue : After(time.GetTimestamp(), blindness < LongestBlindness ? blindness : LongestBlindness);
            }
        }
    }

    private void RestFrom(long begun)
    {
        var now = time.GetTimestamp();
        var rest = time.GetElapsedTime(begun, now) * Rest;
        _nextSweep = After(now, rest < ShortestInterval ? ShortestInterval : rest > LongestRest ? LongestRest : rest);
    }

    private void Judge(long begun, Dictionary<string, VolumeGlance> seen, Dictionary<string, VolumeGlance> named, bool isComplete)
    {
        var now = time.GetTimestamp();
        foreach (var place in _places)
        {
            // One that began to wait during the sweep was not looked for.
            if (place.IsWatched && place.Since <= begun)
            {
                var volume = place.Volume.Id is { } id ? seen.GetValueOrDefault(id) : named.GetValueOrDefault(place.Volume.Name ?? "");
                place.Show(volume, isComplete, now, time);
            }
        }
    }

    private void ReleaseAll()
    {
        lock (_lock)
        {
            _runs = false;
            foreach (var place in _places)
            {
                place.Release();
            }
        }
    }

    private long After(long now, TimeSpan span) => now + (long)(span.TotalSeconds * time.TimestampFrequency);
}
