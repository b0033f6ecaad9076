using PulumiEvs.Evs.Jobs;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Jobs;

public sealed class PollerTests
{
    private static readonly PollSchedule EverySecond = new(TimeSpan.FromSeconds(1), 0, TimeSpan.FromSeconds(1), 0);

    private readonly FakeTime _time = new();
    private int _looks;

    [Fact]
    public async Task It_looks_first_and_pauses_then()
    {
        var result = await WaitAsync(_ => Observation<string>.Reached("there"));

        result.Outcome.ShouldBe(WaitOutcome.Reached);
        result.Last.ShouldBe("there");
        result.Elapsed.ShouldBe(TimeSpan.Zero);
        result.Looks.ShouldBe(1);
    }

    [Fact]
    public async Task It_looks_again_after_each_pause_until_it_is_so()
    {
        var result = await WaitAsync(look => look < 4 ? Observation<string>.Moving($"look {look}") : Observation<string>.Reached("there"));

        result.Outcome.ShouldBe(WaitOutcome.Reached);
        result.Looks.ShouldBe(4);
        result.Elapsed.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_failure_ends_it_with_the_reason_and_the_view()
    {
        var result = await WaitAsync(look => look == 1 ? Observation<string>.Moving("one") : Observation<string>.Failed("two", "broken"));

        (result.Outcome, result.Last, result.Reason, result.Failure).ShouldBe((WaitOutcome.Failed, "two", "broken", null));
    }

    [Fact]
    public async Task A_thing_that_vanishes_ends_it_with_the_last_view_of_it()
    {
        var result = await WaitAsync(look => look == 1 ? Observation<string>.Moving("seen") : Observation<string>.Gone("no longer"));

        (result.Outcome, result.Last, result.Reason).ShouldBe((WaitOutcome.Gone, "seen", "no longer"));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(10.3)]
    [InlineData(3600)]
    public async Task It_times_out_to_the_moment(double seconds)
    {
        var result = await WaitAsync(look => Observation<string>.Moving($"look {look}"), Options(TimeSpan.FromSeconds(seconds)));

        result.Outcome.ShouldBe(WaitOutcome.TimedOut);
        result.Elapsed.ShouldBe(TimeSpan.FromSeconds(seconds));
        result.Last.ShouldBe($"look {result.Looks}");
    }

    [Fact]
    public async Task There_is_a_last_look_within_a_second_of_the_time_out_however_long_the_pauses()
    {
        var options = Options(TimeSpan.FromSeconds(100)) with { Schedule = new PollSchedule(TimeSpan.FromSeconds(60), 0, TimeSpan.FromSeconds(60), 0) };
        var moments = new List<double>();

        await WaitAsync(
            _ =>
            {
                moments.Add(_time.Elapsed.TotalSeconds);
                return Observation<string>.Moving(null);
            },
            options);

        moments.ShouldBe([0, 60, 99]);
    }

    [Fact]
    public async Task A_look_that_hangs_does_not_outlast_the_time_out()
    {
        var result = await _time.RunAsync(() => new Poller(_time, new Random(1)).WaitAsync<string>(
            async ct =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, ct);
                return Observation<string>.Reached("never");
            },
            Options(TimeSpan.FromSeconds(30)),
            CancellationToken.None));

        result.Outcome.ShouldBe(WaitOutcome.TimedOut);
        result.Elapsed.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Cancelling_in_a_pause_ends_it_at_once_with_the_last_view()
    {
        using var cancel = new CancellationTokenSource();
        var task = new Poller(_time, new Random(1)).WaitAsync(
            _ => Task.FromResult(Observation<string>.Moving("seen")), Options(TimeSpan.FromHours(1)), cancel.Token);
        _time.Advance(TimeSpan.FromSeconds(1.5));

        await cancel.CancelAsync();
        var result = await task.WaitAsync(TimeSpan.FromSeconds(10));

        (result.Outcome, result.Last, result.Elapsed).ShouldBe((WaitOutcome.Cancelled, "seen", TimeSpan.FromSeconds(1.5)));
    }

    [Fact]
    public async Task Cancelling_in_a_look_ends_it_at_once_even_when_the_look_does_not_heed_it()
    {
        using var cancel = new CancellationTokenSource();
        var never = new TaskCompletionSource<Observation<string>>();
        var task = new Poller(_time, new Random(1)).WaitAsync(_ => never.Task, Options(TimeSpan.FromHours(1)), cancel.Token);

        await cancel.CancelAsync();
        var result = await task.WaitAsync(TimeSpan.FromSeconds(10));

        result.Outcome.ShouldBe(WaitOutcome.Cancelled);
        result.Last.ShouldBeNull();
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_before_it_begins_does_not_look()
    {
        var result = await new Poller(_time, new Random(1)).WaitAsync(
            _ => throw new InvalidOperationException("looked"), Options<string>(TimeSpan.FromHours(1)), new CancellationToken(true));

        (result.Outcome, result.Looks).ShouldBe((WaitOutcome.Cancelled, 0));
    }

    [Fact]
    public async Task A_failed_poll_does_not_end_the_wait()
    {
        var result = await WaitAsync(look => look switch
        {
            1 => Observation<string>.Moving("seen"),
            2 or 3 => throw new IOException("lost"),
            _ => Observation<string>.Reached("there"),
        });

        (result.Outcome, result.Last, result.Failure).ShouldBe((WaitOutcome.Reached, "there", null));
    }

    [Fact]
    public async Task Too_many_failed_polls_in_a_row_end_it_with_the_exception_and_the_last_view()
    {
        var result = await WaitAsync(look => look == 1 ? Observation<string>.Moving("seen") : throw new IOException($"lost {look}"));

        result.Outcome.ShouldBe(WaitOutcome.Failed);
        result.Last.ShouldBe("seen");
        result.Looks.ShouldBe(12); // 1, 10 tolerated, and the one too many
        result.Failure.ShouldBeOfType<IOException>().Message.ShouldBe("lost 12");
        result.Reason.ShouldBe("11 looks in a row failed, the last one: lost 12");
    }

    [Fact]
    public async Task A_success_between_starts_the_count_anew()
    {
        var result = await WaitAsync(look => look > 100 ? Observation<string>.Reached("there") : look % 10 == 0 ? Observation<string>.Moving("seen") : throw new IOException());

        result.Outcome.ShouldBe(WaitOutcome.Reached);
    }

    [Fact]
    public async Task Pauses_double_while_polls_fail_so_that_minutes_of_outage_are_outlasted()
    {
        var moments = new List<double>();

        await WaitAsync(
            _ =>
            {
                moments.Add(_time.Elapsed.TotalSeconds);
                throw new IOException();
            },
            Options(TimeSpan.FromHours(1)) with { Schedule = new PollSchedule(TimeSpan.FromMilliseconds(100), 0, TimeSpan.FromSeconds(1), 0) });

        moments.ShouldBe([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 61.5, 91.5, 121.5, 151.5]);
    }

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(20, 20)]
    public async Task A_longer_pause_that_the_service_asks_for_is_made_and_a_shorter_one_is_not(double asked, double made)
    {
        var moments = new List<double>();

        await WaitAsync(
            look =>
            {
                moments.Add(_time.Elapsed.TotalSeconds);
                return look switch
                {
                    1 => Observation<string>.Moving("one"),
                    2 => throw new IOException("not so fast"),
                    3 => Observation<string>.Moving("three"),
                    _ => Observation<string>.Reached("four"),
                };
            },
            Options(TimeSpan.FromHours(1)) with { AskedPause = _ => TimeSpan.FromSeconds(asked) });

        moments.ShouldBe([0, 1, 1 + made, 2 + made]);
    }

    [Fact]
    public async Task An_exception_that_is_final_ends_it_at_once()
    {
        var result = await WaitAsync(
            _ => throw new UnauthorizedAccessException("no"), Options(TimeSpan.FromHours(1)) with { IsFinal = e => e is UnauthorizedAccessException });

        (result.Outcome, result.Looks, result.Reason).ShouldBe((WaitOutcome.Failed, 1, "no"));
        result.Failure.ShouldBeOfType<UnauthorizedAccessException>();
    }

    [Fact]
    public async Task Progress_is_told_after_every_look()
    {
        var told = new List<WaitProgress<string>>();

        await WaitAsync(
            look => look switch
            {
                1 => Observation<string>.Moving("one"),
                2 => throw new IOException("lost"),
                _ => Observation<string>.Reached("three"),
            },
            Options(TimeSpan.FromHours(1)) with { OnProgress = told.Add });

        told.Select(progress => (progress.Last, progress.Looks, progress.Failure?.Message, progress.FailedLooks)).ShouldBe(
        [
            ("one", 1, null, 0),
            ("one", 2, "lost", 1),
            ("three", 3, null, 0),
        ]);
        told[1].Elapsed.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(2, 0.5)]
    [InlineData(10, 1.5)]
    [InlineData(100, 15)]
    [InlineData(10_000, 30)]
    public void The_default_pauses_grow_with_the_time_that_passed(double elapsed, double pause) =>
        PollSchedule.Default.Pause(TimeSpan.FromSeconds(elapsed), 1, 0.5).ShouldBe(TimeSpan.FromSeconds(pause));

    [Theory]
    [InlineData(0.0, 24)]
    [InlineData(0.5, 30)]
    [InlineData(1.0, 36)]
    public void Pauses_are_jittered(double chance, double pause) =>
        PollSchedule.Default.Pause(TimeSpan.FromHours(1), 9, chance).ShouldBe(TimeSpan.FromSeconds(pause));

    private Task<WaitResult<string>> WaitAsync(Func<int, Observation<string>> look, PollOptions<string>? options = null) => _time.RunAsync(() =>
        new Poller(_time, new Random(1)).WaitAsync(_ => Task.FromResult(look(++_looks)), options ?? Options(TimeSpan.FromHours(1)), CancellationToken.None));

    private static PollOptions<string> Options(TimeSpan timeout) => Options<string>(timeout);

    private static PollOptions<T> Options<T>(TimeSpan timeout)
        where T : class => new() { Schedule = EverySecond, Timeout = timeout };
}
