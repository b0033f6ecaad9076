using System.Threading.Channels;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs.Crowds;
using PulumiEvs.Evs.Models;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Jobs.Crowds;

public sealed class VolumeWatchTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly FakeTime _time = new();
    private readonly ScriptedSweep _sweep = new();
    private readonly VolumeWatch _watch;

    public VolumeWatchTests() => _watch = new VolumeWatch(_sweep, _time);

    [Fact]
    public async Task A_handful_is_left_to_its_own_schedules()
    {
        var waits = Enumerable.Range(0, VolumeWatch.Handful).Select(Begin).ToArray();

        _watch.IsCrowd.ShouldBeFalse();
        _time.Advance(Soon);

        await Task.WhenAll(waits.Select(wait => wait.Pause)).WaitAsync(TimeSpan.FromSeconds(20));
        _sweep.Count.ShouldBe(0);
    }

    [Fact]
    public async Task In_a_crowd_those_whose_disk_has_moved_are_woken_and_the_others_wait_on()
    {
        var waits = Crowd(10);

        var sought = await SweepAsync(volume => volume is "v3" or "v7" ? "available" : "creating");

        sought.Ids.Order().ShouldBe(waits.Select(wait => wait.Id).Order());
        Eventually.True(() => waits.Count(wait => wait.Pause.IsCompleted) == 2);
        waits.Where(wait => wait.Pause.IsCompleted).Select(wait => wait.Id).ShouldBe(["v3", "v7"]);
    }

    [Theory]
    [InlineData("available", true)]
    [InlineData("in-use", true)]
    [InlineData("error", true)]
    [InlineData("error_extending", true)]
    [InlineData("awaiting-transfer", true)]
    [InlineData("creating", false)]
    [InlineData("downloading", false)]
    [InlineData("a word not known", false)]
    public async Task Whatever_is_at_rest_has_moved(string status, bool wakes)
    {
        var waits = Crowd(6);

        await SweepAsync(volume => volume == "v0" ? status : "creating");
        await SweepAsync(_ => "creating");

        waits[0].Pause.IsCompleted.ShouldBe(wakes);
        waits.Skip(1).ShouldAllBe(wait => !wait.Pause.IsCompleted);
    }

    [Fact]
    public async Task A_wait_that_is_woken_has_its_disk_seen_at_rest_until_its_job_says_otherwise()
    {
        var waits = Crowd(6);
        waits[0].Place.WasJustWoken.ShouldBeFalse();

        await SweepAsync(volume => volume == "v0" ? "available" : "creating");
        await waits[0].Pause.WaitAsync(TimeSpan.FromSeconds(20));

        waits[0].Place.WasJustWoken.ShouldBeTrue();
        waits[1].Place.WasJustWoken.ShouldBeFalse();
        using var ended = new CancellationTokenSource();
        _ = waits[0].Place.PauseAsync(() => Soon, Long, ended.Token);
        waits[0].Place.WasJustWoken.ShouldBeFalse();
        await ended.CancelAsync();
    }

    [Fact]
    public async Task A_disk_that_was_there_and_is_gone_has_moved()
    {
        var waits = Crowd(6);

        await SweepAsync(_ => "deleting");
        await SweepAsync(volume => volume == "v2" ? null : "deleting");

        await waits[2].Pause.WaitAsync(TimeSpan.FromSeconds(20));
        waits.Count(wait => wait.Pause.IsCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task A_disk_that_was_there_when_its_job_began_is_gone_when_the_first_look_does_not_show_it()
    {
        var places = Enumerable.Range(0, 6).Select(i => _watch.Join(new WatchedVolume { Id = $"v{i}", WasThere = true })).ToArray();
        var pauses = places.Select(place => place.PauseAsync(() => Soon, Long, CancellationToken.None)).ToArray();

        await SweepAsync(volume => volume == "v2" ? null : "deleting");

        await pauses[2].WaitAsync(TimeSpan.FromSeconds(20));
        pauses.Count(pause => pause.IsCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task A_disk_that_an_incomplete_list_does_not_show_has_not()
    {
        var waits = Crowd(6);

        await SweepAsync(_ => "deleting");
        await SweepAsync(volume => volume == "v2" ? null : "deleting", isComplete: false);
        await SweepAsync(_ => "deleting");

        waits.ShouldAllBe(wait => !wait.Pause.IsCompleted);
    }

    [Fact]
    public async Task A_disk_that_never_showed_is_not_taken_for_gone_and_its_job_is_asked_after_a_while()
    {
        var waits = Crowd(6);
        for (var i = 0; i < 3; i++)
        {
            await SweepAsync(volume => volume == "v2" ? null : "creating");
        }

        waits[2].Pause.IsCompleted.ShouldBeFalse();
        _sweep.Answer = volume => volume == "v2" ? null : "creating";
        await AdvanceUntilAsync(() => waits[2].Pause.IsCompleted, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_job_that_runs_on_although_its_disk_has_moved_is_asked_for_by_the_clock_and_ever_more_rarely()
    {
        var waits = Crowd(7);
        await SweepAsync(volume => volume == "v0" ? "available" : "creating");
        await waits[0].Pause.WaitAsync(TimeSpan.FromSeconds(20));
        _sweep.Answer = volume => volume == "v0" ? "available" : "creating";

        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 8; i++)
        {
            var begun = _time.Elapsed;
            var pause = waits[0].Place.PauseAsync(() => TimeSpan.FromMilliseconds(100), Long, CancellationToken.None);
            await AdvanceUntilAsync(() => pause.IsCompleted, TimeSpan.FromMinutes(2));
            pauses.Add(_time.Elapsed - begun);
        }

        pauses[0].ShouldBeInRange(TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.8));
        pauses[3].ShouldBeInRange(TimeSpan.FromSeconds(3.9), TimeSpan.FromSeconds(4.5));
        pauses[7].ShouldBeInRange(TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(31));
    }

    [Fact]
    public async Task A_disk_is_found_by_its_name_until_its_job_has_named_it()
    {
        var waits = Enumerable.Range(0, 6).Select(i => Begin(new WatchedVolume { Name = $"disk-{i}", IsNew = true })).ToArray();

        var sought = await SweepAsync(_ => "creating", name: id => id.Replace("v", "disk-", StringComparison.Ordinal));
        sought.Names.Count.ShouldBe(6);
        waits[4].Place.Asked("v4");
        sought = await SweepAsync(volume => volume == "v4" ? "available" : "creating", name: id => id == "v4" ? "renamed" : id.Replace("v", "disk-", StringComparison.Ordinal));

        (sought.Names.Count, sought.Ids.Single()).ShouldBe((5, "v4"));
        await waits[4].Pause.WaitAsync(TimeSpan.FromSeconds(20));
        waits.Count(wait => wait.Pause.IsCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task An_old_disk_of_the_same_name_is_not_taken_for_the_new_one()
    {
        var waits = Enumerable.Range(0, 6).Select(i => Begin(new WatchedVolume { Name = $"disk-{i}", IsNew = true })).ToArray();

        await SweepAsync(
            _ => "available", name: id => id.Replace("v", "disk-", StringComparison.Ordinal), created: _time.GetUtcNow().AddDays(-1));
        await SweepAsync(_ => null);

        waits.ShouldAllBe(wait => !wait.Pause.IsCompleted);
    }

    [Fact]
    public async Task What_a_namesake_has_shown_does_not_count_once_the_id_is_known()
    {
        var waits = Enumerable.Range(0, 6).Select(i => Begin(new WatchedVolume { Name = "the same", IsNew = true })).ToArray();
        waits.Count(wait => wait.Place.IsUnmistakable).ShouldBe(1);
        await SweepAsync(volume => volume == "v0" ? "available" : null, name: _ => "the same");
        await Task.WhenAll(waits.Select(wait => wait.Pause)).WaitAsync(TimeSpan.FromSeconds(20));

        foreach (var (wait, i) in waits.Select((wait, i) => (wait, i)))
        {
            wait.Place.Asked($"v{i}");
            wait.Pause = wait.Place.PauseAsync(() => Soon, Long, CancellationToken.None);
        }

        await SweepAsync(volume => volume == "v5" ? "available" : "creating");

        await waits[5].Pause.WaitAsync(TimeSpan.FromSeconds(20));
        waits.Count(wait => wait.Pause.IsCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task One_that_is_cancelled_does_not_disturb_the_others()
    {
        using var cancel = new CancellationTokenSource();
        var waits = Crowd(8);
        var cancelled = Begin(new WatchedVolume { Id = "v99" }, most: null, ct: cancel.Token);
        await SweepAsync(_ => "creating");

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled.Pause);
        cancelled.Place.Dispose();
        var sought = await SweepAsync(volume => volume == "v0" ? "available" : "creating");

        sought.Ids.ShouldNotContain("v99");
        await waits[0].Pause.WaitAsync(TimeSpan.FromSeconds(20));
        waits.Count(wait => wait.Pause.IsCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task While_the_list_fails_every_wait_goes_by_its_own_schedule_and_then_it_is_tried_again()
    {
        var waits = Crowd(8);
        await FailAsync(new EvsException(new ErrorFacts { Operation = "watching", Class = ErrorClass.Service, Knowledge = Knowledge.Unknown }));

        await Task.WhenAll(waits.Select(wait => wait.Pause)).WaitAsync(TimeSpan.FromSeconds(20));
        _watch.IsCrowd.ShouldBeFalse();
        await PauseAllAsync(waits);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        await Task.WhenAll(waits.Select(wait => wait.Pause)).WaitAsync(TimeSpan.FromSeconds(20));

        _watch.IsCrowd.ShouldBeTrue();
        await PauseAllAsync(waits);
        await SweepAsync(_ => "creating");
        waits.ShouldAllBe(wait => !wait.Pause.IsCompleted);
    }

    [Fact]
    public async Task Who_may_not_list_is_not_tried_again()
    {
        var waits = Crowd(8);
        await FailAsync(new EvsException(new ErrorFacts { Operation = "watching", Class = ErrorClass.Permission, Knowledge = Knowledge.Refused }));
        await Task.WhenAll(waits.Select(wait => wait.Pause)).WaitAsync(TimeSpan.FromSeconds(20));

        _time.Advance(TimeSpan.FromDays(1));

        _watch.IsCrowd.ShouldBeFalse();
    }

    [Fact]
    public async Task A_defect_of_the_watch_leaves_nobody_waiting()
    {
        var waits = Crowd(8);

        await FailAsync(new InvalidOperationException("defect"));

        await Task.WhenAll(waits.Select(wait => wait.Pause)).WaitAsync(TimeSpan.FromSeconds(20));
        _watch.IsCrowd.ShouldBeFalse();
    }

    [Fact]
    public async Task When_all_but_a_handful_are_done_the_rest_go_by_their_own_schedules()
    {
        var waits = Crowd(8);
        await SweepAsync(volume => volume is "v0" or "v1" or "v2" ? "available" : "creating");
        foreach (var wait in waits.Take(3))
        {
            await wait.Pause.WaitAsync(TimeSpan.FromSeconds(20));
            wait.Place.Dispose();
        }

        await AdvanceUntilAsync(() => waits.All(wait => wait.Pause.IsCompleted), TimeSpan.FromSeconds(5));
        _sweep.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_pause_in_a_crowd_ends_before_the_wait_times_out()
    {
        var waits = Crowd(8);
        _sweep.Answer = _ => "creating";
        var last = Begin(new WatchedVolume { Id = "v50" }, most: TimeSpan.FromSeconds(4));

        await AdvanceUntilAsync(() => last.Pause.IsCompleted, TimeSpan.FromSeconds(4.6));

        waits.ShouldAllBe(wait => !wait.Pause.IsCompleted);
    }

    [Fact]
    public async Task The_watch_looks_no_more_often_than_the_most_impatient_would_and_not_all_the_time()
    {
        _sweep.Answer = _ => "creating";
        var patient = Crowd(8, () => TimeSpan.FromSeconds(10));
        await AdvanceUntilAsync(() => _time.Elapsed > TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(31));
        _sweep.Count.ShouldBeInRange(1, 3);

        var hasty = Begin(new WatchedVolume { Id = "v8" }, most: null, plan: () => TimeSpan.FromMilliseconds(1));
        await AdvanceUntilAsync(() => _time.Elapsed > TimeSpan.FromSeconds(39), TimeSpan.FromSeconds(11));

        _sweep.Count.ShouldBeInRange(5, 3 + 41);
        hasty.Pause.IsCompleted.ShouldBeFalse();
        patient.ShouldAllBe(wait => !wait.Pause.IsCompleted);
    }

    [Fact]
    public async Task A_look_that_had_to_wait_long_for_its_turn_is_soon_followed_by_the_next()
    {
        Crowd(8);
        var queued = await NextSweepAsync();
        _time.Advance(TimeSpan.FromSeconds(20));
        queued.Show(_ => "creating", null, _time.GetUtcNow());
        queued.End.SetResult(true);

        await AdvanceUntilAsync(() => _sweep.Looks.Reader.TryRead(out _), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Disposing_of_it_leaves_nobody_waiting()
    {
        var waits = Crowd(8);
        await SweepAsync(_ => "creating");

        _watch.Dispose();
        _time.Advance(TimeSpan.FromSeconds(2));

        await Task.WhenAll(waits.Select(wait => wait.Pause)).WaitAsync(TimeSpan.FromSeconds(20));
    }

    public void Dispose() => _watch.Dispose();

    private Waiting[] Crowd(int size) => Crowd(size, () => Soon);

    private Waiting[] Crowd(int size, Func<TimeSpan> plan)
    {
        // All have joined before the first one pauses, as when many requests were answered together.
        var places = Enumerable.Range(0, size).Select(i => _watch.Join(new WatchedVolume { Id = $"v{i}" })).ToArray();
        return [.. places.Select((place, i) => new Waiting($"v{i}", place) { Pause = place.PauseAsync(plan, Long, CancellationToken.None) })];
    }

    private Waiting Begin(int i) => Begin(new WatchedVolume { Id = $"v{i}" });

    private Waiting Begin(WatchedVolume volume) => Begin(volume, null);

    private Waiting Begin(WatchedVolume volume, TimeSpan? most, Func<TimeSpan>? plan = null, CancellationToken ct = default)
    {
        while (_watch.Count < VolumeWatch.Handful && volume.Name is not null)
        {
            // The named ones of a test form their crowd with these, which nobody waits for.
            _watch.Join(new WatchedVolume { Id = "nobody" });
        }

        var place = _watch.Join(volume);
        return new Waiting(volume.Id ?? volume.Name!, place) { Pause = place.PauseAsync(plan ?? (() => Soon), most ?? Long, ct) };
    }

    private static async Task PauseAllAsync(Waiting[] waits)
    {
        foreach (var wait in waits)
        {
            wait.Pause = wait.Place.PauseAsync(() => Soon, Long, CancellationToken.None);
        }

        await Task.Yield();
    }

    /// <summary>Lets the next sweep happen with these statuses (null: not shown) and returns what it was for, once it has been judged.</summary>
    private async Task<SoughtVolumes> SweepAsync(
        Func<string, string?> status, bool isComplete = true, Func<string, string>? name = null, DateTimeOffset? created = null)
    {
        var asked = await NextSweepAsync();
        asked.Show(status, name, created ?? _time.GetUtcNow());
        asked.End.SetResult(isComplete);

        // The watch pauses again, or is over, once it has judged.
        await Task.Delay(1);
        return asked.Sought;
    }

    private async Task FailAsync(Exception e) => (await NextSweepAsync()).End.SetException(e);

    private async Task<ScriptedSweep.Look> NextSweepAsync()
    {
        ScriptedSweep.Look? look = null;
        await AdvanceUntilAsync(() => _sweep.Looks.Reader.TryRead(out look), TimeSpan.FromMinutes(1));
        return look!;
    }

    /// <summary>Moves the clock in small steps, with a little real time for other threads after each.</summary>
    private async Task AdvanceUntilAsync(Func<bool> condition, TimeSpan most)
    {
        var end = _time.Elapsed + most;
        while (!condition())
        {
            _time.Elapsed.ShouldBeLessThan(end);
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(1);
        }
    }

    private sealed class Waiting(string id, WatchPlace place)
    {
        public string Id => id;

        public WatchPlace Place => place;

        public required Task Pause { get; set; }
    }

    /// <summary>A list that answers by <see cref="Answer"/>, or waits for the test when that is null.</summary>
    private sealed class ScriptedSweep : IVolumeSweep
    {
        private int _count;

        public Channel<Look> Looks { get; } = Channel.CreateUnbounded<Look>();

        public Func<string, string?>? Answer { get; set; }

        public int Count => Volatile.Read(ref _count);

        public Task<bool> LookAsync(SoughtVolumes sought, Action<VolumeGlance> show, CancellationToken ct)
        {
            Interlocked.Increment(ref _count);
            var look = new Look(sought, show);
            if (Answer is { } answer)
            {
                look.Show(answer, null, DateTimeOffset.UnixEpoch.AddYears(100));
                return Task.FromResult(true);
            }

            Looks.Writer.TryWrite(look);
            return look.End.Task.WaitAsync(ct);
        }

        internal sealed record Look(SoughtVolumes Sought, Action<VolumeGlance> ShowOne)
        {
            public TaskCompletionSource<bool> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public void Show(Func<string, string?> status, Func<string, string>? name, DateTimeOffset created)
            {
                for (var i = 0; i < 100; i++)
                {
                    if (status($"v{i}") is { } word)
                    {
                        ShowOne(new VolumeGlance
                        {
                            Id = $"v{i}",
                            Name = name?.Invoke($"v{i}"),
                            Status = word,
                            CreatedAt = created.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture),
                        });
                    }
                }
            }
        }
    }
}
