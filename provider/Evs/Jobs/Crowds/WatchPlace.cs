using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Jobs.Crowds;

/// <summary>One wait's place in the watch. All but the pause itself happens under the watch's lock.</summary>
/// <param name="notBefore">A new disk is not older, by the service's clock.</param>
internal sealed class WatchPlace(VolumeWatch watch, WatchedVolume volume, DateTimeOffset notBefore) : IPause, IDisposable
{
    /// <summary>
    /// A wait whose disk is being watched looks for itself so many times more rarely: a job can end without its disk moving, or
    /// without a disk at all.
    /// </summary>
    private const int Stretch = 8;

    private static readonly TimeSpan ShortestStretched = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestStretched = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FirstDoubt = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDoubt = TimeSpan.FromSeconds(30);

    private TaskCompletionSource? _signal;
    private Func<TimeSpan>? _plan;
    private bool _wasSeen = volume.WasThere;
    private bool _wasWoken;
    private int _doubts;

    public WatchedVolume Volume { get; private set; } = volume;

    public DateTimeOffset NotBefore => notBefore;

    /// <summary>No other wait, when this one began, was for a disk of the same name.</summary>
    public bool IsFoundByName { get; init; }

    /// <summary>The disk can be told from all others that are waited for.</summary>
    public bool IsUnmistakable => Volume.Id is not null || IsFoundByName;

    public LinkedListNode<WatchPlace>? Node { get; set; }

    /// <summary>Whether its wait is pausing here now.</summary>
    public bool IsWatched => _signal is not null;

    /// <summary>Its disk has moved, and its job has not been asked since.</summary>
    public bool WasJustWoken => _wasWoken && _doubts == 0;

    /// <summary>When its pause began; a timestamp.</summary>
    public long Since { get; private set; }

    /// <summary>When its own schedule would have it look; a timestamp.</summary>
    public long Due { get; private set; }

    /// <summary>When it looks in any case; a timestamp.</summary>
    public long Latest { get; private set; }

    public Task PauseAsync(Func<TimeSpan> plan, TimeSpan most, CancellationToken ct) => watch.PauseAsync(this, plan, most, ct);

    /// <summary>The wait has asked its job, which named its disk, or did not.</summary>
    public void Asked(string? volumeId) => watch.Change(() =>
    {
        if (Volume.Id is null && !string.IsNullOrEmpty(volumeId))
        {
            // What a disk of the same name has shown does not count any more.
            Volume = Volume with { Id = volumeId };
            (_wasSeen, _wasWoken, _doubts) = (false, false, 0);
        }
    });

    public void Dispose() => watch.Leave(this);

    /// <summary>Begins to be watched.</summary>
    /// <returns>What ends when it is time to look; ended already when the place is not to be watched.</returns>
    public Task Await(long now, Func<TimeSpan> plan, TimeSpan most, TimeProvider time)
    {
        if (_wasWoken)
        {
            // The disk had moved, but the job had not ended: its list row tells nothing about the job.
            _doubts++;
            return Task.CompletedTask;
        }

        _plan = plan;
        var planned = plan();
        var stretched = planned * Stretch;
        stretched = stretched < ShortestStretched ? ShortestStretched : stretched > LongestStretched ? LongestStretched : stretched;
        Since = now;
        Due = now + Ticks(planned < most ? planned : most, time);
        Latest = now + Ticks(stretched < most ? stretched : most, time);
        _signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _signal.Task;
    }

    /// <summary>A pause by the clock alone.</summary>
    public TimeSpan Plan(Func<TimeSpan> plan)
    {
        var planned = plan();
        if (_doubts == 0)
        {
            return planned;
        }

        var doubt = FirstDoubt * Math.Pow(2, Math.Min(_doubts, 10) - 1);
        doubt = doubt < LongestDoubt ? doubt : LongestDoubt;
        return planned > doubt ? planned : doubt;
    }

    /// <summary>What a sweep has shown of the disk; null when it was not among those shown.</summary>
    /// <param name="isComplete">A disk that was not shown does not exist.</param>
    public void Show(VolumeGlance? shown, bool isComplete, long now, TimeProvider time)
    {
        if (shown is not null && Volume.Id is null && Volume.IsNew && shown.Created < notBefore)
        {
            shown = null;
        }

        var hasMoved = shown is null ? _wasSeen && isComplete : VolumeStatus.GroupOf(shown.Status) != StatusGroup.Moving;
        _wasSeen |= shown is not null;
        if (hasMoved)
        {
            _wasWoken = true;
            Release();
        }
        else if (Due <= now)
        {
            // That was the look which was due.
            Due = now + Ticks(_plan!(), time);
        }
    }

    /// <summary>Ends the pause, if it is in one.</summary>
    public void Release()
    {
        _signal?.TrySetResult();
        _signal = null;
        _plan = null;
    }

    private static long Ticks(TimeSpan span, TimeProvider time) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
