using PulumiEvs.Evs.Http;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Http;

public sealed class RateLimiterTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task There_is_no_limit_before_the_first_refusal()
    {
        using var limiter = Limiter();

        for (var i = 0; i < 10_000; i++)
        {
            var turn = limiter.EnterAsync(Precedence.Look, CancellationToken.None);
            turn.IsCompletedSuccessfully.ShouldBeTrue();
            limiter.Leave(await turn, Pace.Accepted);
        }

        limiter.Rate.ShouldBeNull();
    }

    [Fact]
    public async Task The_first_refusal_sets_the_rate_by_what_was_accepted_in_the_last_second()
    {
        using var limiter = Limiter();
        for (var i = 0; i < 20; i++)
        {
            var accepted = await limiter.EnterAsync(Precedence.Look, CancellationToken.None);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            limiter.Leave(accepted, Pace.Accepted);
        }

        limiter.Leave(await limiter.EnterAsync(Precedence.Look, CancellationToken.None), Pace.TooFast);

        limiter.Rate.ShouldBe(14); // 20 a second, times 0.7
    }

    [Fact]
    public async Task A_burst_of_refusals_counts_once()
    {
        using var limiter = Limiter();
        var burst = new List<long>();
        for (var i = 0; i < 50; i++)
        {
            burst.Add(await limiter.EnterAsync(Precedence.Look, CancellationToken.None));
        }

        _time.Advance(TimeSpan.FromMilliseconds(5));
        foreach (var entered in burst.Take(10))
        {
            limiter.Leave(entered, Pace.Accepted);
        }

        foreach (var entered in burst.Skip(10))
        {
            limiter.Leave(entered, Pace.TooFast);
        }

        limiter.Rate.ShouldBe(7);
    }

    [Fact]
    public async Task Nothing_is_sent_in_the_pause_after_a_refusal_and_then_one_after_the_other()
    {
        using var limiter = Limiter(new RateLimiterOptions { Pause = TimeSpan.FromSeconds(2) });
        limiter.Leave(await limiter.EnterAsync(Precedence.Look, CancellationToken.None), Pace.TooFast);
        limiter.Rate.ShouldBe(0.7);

        var turns = Enumerable.Range(0, 3).Select(_ => limiter.EnterAsync(Precedence.Look, CancellationToken.None).AsTask()).ToArray();

        _time.Advance(TimeSpan.FromSeconds(1.9));
        turns.Count(turn => turn.IsCompleted).ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Eventually.True(() => turns.Count(turn => turn.IsCompleted) == 1);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Eventually.True(() => turns.Count(turn => turn.IsCompleted) == 2);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Eventually.True(() => turns.All(turn => turn.IsCompleted));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(600, 60)]
    public async Task The_wait_that_the_service_asks_for_is_kept_within_reason(int asked, int kept)
    {
        using var limiter = Limiter();
        limiter.Leave(await limiter.EnterAsync(Precedence.Look, CancellationToken.None), Pace.TooFast, TimeSpan.FromSeconds(asked));
        var turn = limiter.EnterAsync(Precedence.Look, CancellationToken.None).AsTask();

        _time.Advance(TimeSpan.FromSeconds(kept - 0.1));
        turn.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Eventually.True(() => turn.IsCompleted);
    }

    [Fact]
    public async Task Success_raises_the_rate_until_there_is_no_limit_again()
    {
        using var limiter = Limiter(new RateLimiterOptions { HighestRate = 20 });
        limiter.Leave(await limiter.EnterAsync(Precedence.Look, CancellationToken.None), Pace.TooFast);
        var rates = new List<double>();
        while (limiter.Rate is { } rate)
        {
            rates.Add(rate);
            var turn = limiter.EnterAsync(Precedence.Look, CancellationToken.None).AsTask();
            _time.Advance(TimeSpan.FromSeconds(3));
            limiter.Leave(await turn.WaitAsync(TimeSpan.FromSeconds(20)), Pace.Accepted);
            rates.Count.ShouldBeLessThan(10_000);
        }

        rates.ShouldBe(rates.Order());
        rates[^1].ShouldBeGreaterThan(19);
    }

    [Fact]
    public async Task The_rate_has_a_floor()
    {
        using var limiter = Limiter();
        for (var i = 0; i < 20; i++)
        {
            var turn = limiter.EnterAsync(Precedence.Look, CancellationToken.None).AsTask();
            _time.Advance(TimeSpan.FromSeconds(10));
            limiter.Leave(await turn, Pace.TooFast);
        }

        limiter.Rate.ShouldBe(0.5);
    }

    [Fact]
    public async Task No_more_than_so_many_are_under_way_at_once_and_the_others_come_in_order()
    {
        using var limiter = Limiter(new RateLimiterOptions { MostUnderWay = 2 });
        var turns = Enumerable.Range(0, 4).Select(_ => limiter.EnterAsync(Precedence.Look, CancellationToken.None).AsTask()).ToArray();
        turns.Select(turn => turn.IsCompleted).ShouldBe([true, true, false, false]);

        limiter.Leave(await turns[0], Pace.Unknown);
        await turns[2].WaitAsync(TimeSpan.FromSeconds(20));
        turns[3].IsCompleted.ShouldBeFalse();

        limiter.Leave(await turns[1], Pace.Accepted);
        await turns[3].WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_hold_up_the_others()
    {
        using var limiter = Limiter();
        limiter.Leave(await limiter.EnterAsync(Precedence.Look, CancellationToken.None), Pace.TooFast);
        using var given = new CancellationTokenSource();
        var first = limiter.EnterAsync(Precedence.Look, given.Token).AsTask();
        var second = limiter.EnterAsync(Precedence.Look, CancellationToken.None).AsTask();

        await given.CancelAsync();
        _time.Advance(TimeSpan.FromSeconds(1.1));

        await Should.ThrowAsync<OperationCanceledException>(() => first);
        await second.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    public async Task A_thousand_requests_at_once_all_get_through_a_throttling_service(int allowedPerSecond)
    {
        using var limiter = Limiter();
        var service = new Bucket(_time, allowedPerSecond);
        var refused = 0;

        async Task RequestAsync()
        {
            while (true)
            {
                var entered = await limiter.EnterAsync(Precedence.Look, CancellationToken.None);
                await Task.Delay(TimeSpan.FromMilliseconds(40), _time);
                if (service.Take())
                {
                    limiter.Leave(entered, Pace.Accepted);
                    return;
                }

                Interlocked.Increment(ref refused);
                limiter.Leave(entered, Pace.TooFast);
            }
        }

        await _time.RunInStepsAsync(TimeSpan.FromMilliseconds(20), async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => RequestAsync()));
            return true;
        });

        // At most what is under way at once is refused in a burst; after the first ones refusals are the exception.
        refused.ShouldBeLessThan(400);
        _time.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1000.0 / allowedPerSecond * 4));
    }

    [Fact]
    public async Task A_limit_that_the_refusal_names_is_kept_to_at_once_and_until_it_is_old()
    {
        using var limiter = Limiter(new RateLimiterOptions { NamedHolds = TimeSpan.FromMinutes(1), Pause = TimeSpan.Zero });
        for (var i = 0; i < 60; i++)
        {
            limiter.Leave(await limiter.EnterAsync(Precedence.Look, CancellationToken.None), Pace.Accepted);
        }

        limiter.Leave(await limiter.EnterAsync(Precedence.Look, CancellationToken.None), Pace.TooFast, named: 30);
        limiter.Rate.ShouldBe(30 * 0.97);

        for (var i = 0; i < 1000; i++)
        {
            var turn = limiter.EnterAsync(Precedence.Look, CancellationToken.None).AsTask();
            _time.Advance(TimeSpan.FromSeconds(0.05));
            limiter.Leave(await turn.WaitAsync(TimeSpan.FromSeconds(20)), Pace.Accepted);
        }

        limiter.Rate.ShouldBe(30 * 0.97);
        _time.Advance(TimeSpan.FromSeconds(15));
        limiter.Rate!.Value.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task A_service_that_takes_less_than_it_names_is_believed_by_its_deeds()
    {
        using var limiter = Limiter();
        for (var i = 0; i < 10; i++)
        {
            limiter.Leave(await limiter.EnterAsync(Precedence.Look, CancellationToken.None), Pace.Accepted);
        }

        limiter.Leave(await limiter.EnterAsync(Precedence.Look, CancellationToken.None), Pace.TooFast, named: 200);
        limiter.Rate.ShouldBe(200 * 0.97);

        var next = limiter.EnterAsync(Precedence.Look, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        limiter.Leave(await next.WaitAsync(TimeSpan.FromSeconds(20)), Pace.TooFast, named: 200);
        limiter.Rate.ShouldBe(7);
    }

    [Fact]
    public async Task What_many_wait_for_goes_first_then_what_ends_something_then_what_makes_something_and_looks_last()
    {
        using var limiter = Limiter(new RateLimiterOptions { MostUnderWay = 1 });

        var order = await OneAfterTheOtherAsync(
            limiter, Precedence.Look, Precedence.Change, Precedence.Create, Precedence.Shared, Precedence.Finish, Precedence.Look, Precedence.Create);

        order.ShouldBe([
            Precedence.Shared, Precedence.Finish, Precedence.Create, Precedence.Create, Precedence.Change, Precedence.Look, Precedence.Look,
        ]);
    }

    [Fact]
    public async Task Nobody_waits_for_ever_behind_those_who_go_first()
    {
        using var limiter = Limiter(new RateLimiterOptions { MostUnderWay = 1 });

        var order = await OneAfterTheOtherAsync(limiter, [Precedence.Look, .. Enumerable.Repeat(Precedence.Create, 100)]);

        order.IndexOf(Precedence.Look).ShouldBeLessThan(8);
    }

    [Fact]
    public async Task A_turn_that_comes_late_is_made_up_for()
    {
        using var limiter = Limiter(new RateLimiterOptions { Pause = TimeSpan.Zero, MostUnderWay = 1000 });
        limiter.Leave(await limiter.EnterAsync(Precedence.Look, CancellationToken.None), Pace.TooFast, named: 100);
        var turns = Enumerable.Range(0, 300).Select(_ => limiter.EnterAsync(Precedence.Look, CancellationToken.None).AsTask()).ToArray();

        // The clock moves in steps of 13 ms, longer than the 10.3 ms between two turns, as that of a busy machine does.
        for (var i = 0; i < 2000 / 13; i++)
        {
            _time.StepTimersLate(TimeSpan.FromMilliseconds(13));
        }

        turns.Count(turn => turn.IsCompleted).ShouldBeInRange(185, 200);
    }

    /// <summary>Lets all come while one is under way, then one after the other through.</summary>
    private static async Task<List<Precedence>> OneAfterTheOtherAsync(RateLimiter limiter, params Precedence[] comers)
    {
        var running = await limiter.EnterAsync(Precedence.Look, CancellationToken.None);
        var passed = System.Threading.Channels.Channel.CreateUnbounded<(Precedence Precedence, long Entered)>();
        var turns = comers.Select(async precedence =>
        {
            var entered = await limiter.EnterAsync(precedence, CancellationToken.None);
            await passed.Writer.WriteAsync((precedence, entered));
        }).ToArray();
        var order = new List<Precedence>();
        while (order.Count < comers.Length)
        {
            limiter.Leave(running, Pace.Accepted);
            (var precedence, running) = await passed.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            order.Add(precedence);
        }

        await Task.WhenAll(turns);
        return order;
    }

    private RateLimiter Limiter(RateLimiterOptions? options = null) => new(options ?? new RateLimiterOptions(), _time);

    /// <summary>A service that takes so many requests in each second.</summary>
    private sealed class Bucket(FakeTime time, int perSecond)
    {
        private readonly Lock _lock = new();
        private long _second = -1;
        private int _taken;

        public bool Take()
        {
            lock (_lock)
            {
                var second = (long)time.Elapsed.TotalSeconds;
                if (second != _second)
                {
                    _second = second;
                    _taken = 0;
                }

                return ++_taken <= perSecond;
            }
        }
    }
}
