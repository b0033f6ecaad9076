using PulumiEvs.Bench.Waiting;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Jobs;

/// <summary>The schedule in computed time: exact for the given durations, no clock.</summary>
public sealed class LikelyEndScheduleTests
{
    private const int Jobs = 2000;

    private static readonly JobKind Create = new(JobTypes.CreateVolume, "SSD");

    /// <param name="learnt">How many jobs of the kind have been seen before.</param>
    [Theory]
    [InlineData(7, 40, 0.03, 0.12, 15)]
    [InlineData(25, 40, 0.02, 0.12, 16)]
    [InlineData(3 * 3600, 40, 0.002, 0.02, 200)]
    [InlineData(7, 3, 0.03, 0.15, 16)]
    [InlineData(7, 1, 0.035, 0.2, 16)]
    [InlineData(7, 0, 0.06, 0.2, 20)]
    public void It_is_there_soon_after_the_end_with_few_queries(double median, int learnt, double p50, double p99, double queries)
    {
        var random = new Random(7);
        var durations = new LogNormal(TimeSpan.FromSeconds(median), 0.25);
        var watched = new List<WatchedJob>();
        for (var i = 0; i < Jobs; i++)
        {
            // From the same knowledge each time: what is learnt is not carried over to the next one.
            var known = new DurationBook(null, new FakeTime()).At("evs");
            for (var seen = 0; seen < learnt; seen++)
            {
                known.Learn(Create, durations.Draw(random));
            }

            watched.Add(new PollRule(known, Create, random).Watch(durations.Draw(random)));
        }

        var summary = WaitSummary.Of(watched);

        summary.LagP50.ShouldBeLessThanOrEqualTo(p50);
        summary.LagP99.ShouldBeLessThanOrEqualTo(p99);
        summary.MeanJobQueries.ShouldBeLessThanOrEqualTo(queries);
    }

    /// <summary>For hours, too: the others give up before, or half of the time, as their time-outs are by default.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(25)]
    [InlineData(3 * 3600)]
    public void It_beats_every_other_rule_in_lag(double median)
    {
        var durations = Durations(median, 0.25);
        var ours = Summary(Ours(), durations);

        foreach (var peer in PeerRule.All)
        {
            ours.LagP50.ShouldBeLessThan(Summary(peer, durations).LagP50, peer.Name);
        }
    }

    [Theory]
    [InlineData(25)]
    [InlineData(300)]
    [InlineData(3 * 3600)]
    public void From_25_seconds_on_it_asks_no_more_often_than_every_second(double median)
    {
        var durations = Durations(median, 0.25);

        Summary(Ours(), durations).MeanJobQueries.ShouldBeLessThan(Summary(PeerRule.All[1], durations).MeanJobQueries);
    }

    [Fact]
    public void A_service_that_changes_its_speed_is_believed_after_a_few_jobs()
    {
        var ours = Ours();
        var before = Durations(7, 0.25).Take(100).Select(ours.Watch).ToArray();
        var after = Durations(70, 0.25).Take(60).Select(ours.Watch).ToArray();

        before.Length.ShouldBe(100);
        after.Max(job => job.JobQueries).ShouldBeLessThan(110);
        WaitSummary.Of(after[15..]).LagP50.ShouldBeLessThan(0.03);
        WaitSummary.Of(after[15..]).MeanJobQueries.ShouldBeLessThan(30);
    }

    [Fact]
    public void One_job_that_hangs_for_hours_is_asked_for_less_and_less()
    {
        var ours = Ours();
        foreach (var duration in Durations(7, 0.25).Take(100))
        {
            ours.Watch(duration);
        }

        var hanging = ours.Watch(TimeSpan.FromHours(3));

        hanging.JobQueries.ShouldBeLessThan(250);
        hanging.Lag!.Value.ShouldBeLessThan(0.06);
    }

    [Fact]
    public void Without_knowledge_the_first_looks_come_soon_and_the_pauses_grow()
    {
        var schedule = JobTypes.FirstGuess(Create).Schedule();
        var moments = Moments(schedule, TimeSpan.FromMinutes(20));
        var pauses = moments.Zip(moments.Skip(1), (one, next) => next - one).ToArray();

        moments[1].ShouldBeLessThan(TimeSpan.FromSeconds(2));
        pauses[^1].ShouldBeGreaterThan(TimeSpan.FromSeconds(30));
        pauses.Skip(10).ShouldBe(pauses.Skip(10).Order());
    }

    [Fact]
    public void A_change_of_type_of_which_nothing_is_known_is_asked_for_minutes_apart_in_the_end()
    {
        var moments = Moments(JobTypes.FirstGuess(new JobKind(JobTypes.RetypeVolume)).Schedule(), TimeSpan.FromHours(6));

        moments.Count.ShouldBeLessThan(150);
        (moments[^1] - moments[^2]).ShouldBeGreaterThan(TimeSpan.FromMinutes(3));
        moments.Zip(moments.Skip(1), (one, next) => next - one).Max().ShouldBeLessThanOrEqualTo(LikelyEndSchedule.Longest);
    }

    [Fact]
    public void A_change_of_type_that_is_known_to_take_hours_is_asked_for_minutes_apart_until_its_end_is_near()
    {
        var moments = Moments(Learnt(3 * 3600, 0.25).Schedule(), TimeSpan.FromHours(3));
        var pauses = moments.Zip(moments.Skip(1), (one, next) => (At: one, Pause: next - one)).ToArray();

        pauses.Count(look => look.At < TimeSpan.FromHours(1)).ShouldBeLessThan(20);
        pauses[^1].Pause.ShouldBeInRange(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(40));
    }

    [Fact]
    public void Looks_are_densest_where_the_end_is_likely()
    {
        var moments = Moments(Learnt(7, 0.25).Schedule(), TimeSpan.FromSeconds(20)).Select(moment => moment.TotalSeconds).ToArray();

        var early = moments.Count(moment => moment is > 0 and < 4);
        var likely = moments.Count(moment => moment is >= 5 and < 9);

        early.ShouldBeLessThanOrEqualTo(4);
        likely.ShouldBeGreaterThan(8);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(0.5, 3, 0.5)]
    [InlineData(7, 10, 0.5)]
    [InlineData(100_000, 500, 0.99)]
    [InlineData(1e9, 5000, 0.5)]
    public void Every_pause_is_within_its_bounds(double elapsed, int looks, double chance)
    {
        foreach (var estimate in (DurationEstimate[])[Learnt(7, 0.25), Learnt(0.01, 2), Learnt(1e6, 0.01), JobTypes.FirstGuess(Create)])
        {
            estimate.Schedule().Pause(TimeSpan.FromSeconds(elapsed), looks, chance)
                .ShouldBeInRange(LikelyEndSchedule.Shortest, LikelyEndSchedule.Longest);
        }
    }

    [Fact]
    public void Jobs_begun_together_are_not_asked_for_together()
    {
        var schedule = Learnt(7, 0.25).Schedule();

        var firsts = Enumerable.Range(0, 11).Select(i => schedule.Pause(TimeSpan.Zero, 1, i / 10.0).TotalSeconds).ToArray();

        firsts.ShouldBe(firsts.Order());
        (firsts[^1] / firsts[0]).ShouldBeGreaterThan(1.3);
    }

    [Fact]
    public void A_job_that_was_begun_earlier_is_where_it_would_be_had_it_been_watched_all_along()
    {
        var schedule = Learnt(7, 0.25).Schedule();

        var aged = new AgedSchedule(schedule, () => TimeSpan.FromSeconds(6));

        aged.Pause(TimeSpan.FromSeconds(1), 5, 0.3).ShouldBe(schedule.Pause(TimeSpan.FromSeconds(7), 5, 0.3));
        new AgedSchedule(schedule, () => TimeSpan.FromSeconds(-6)).Pause(TimeSpan.FromSeconds(1), 5, 0.3)
            .ShouldBe(schedule.Pause(TimeSpan.FromSeconds(1), 5, 0.3));
    }

    /// <summary>Looks placed evenly cannot be better at the same cost: the reason for the shape.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(120)]
    public void No_even_spacing_with_as_many_queries_has_as_little_lag(double median)
    {
        var durations = Durations(median, 0.25);
        var ours = Summary(Ours(), durations);
        var gap = durations.Average(duration => duration.TotalSeconds) / (ours.MeanJobQueries - 1.5);
        var even = new PeerRule("even", () => Enumerable.Range(0, int.MaxValue).Select(look => look * gap), 0, 1);

        var theirs = Summary(even, durations);

        theirs.MeanJobQueries.ShouldBe(ours.MeanJobQueries, 0.8);
        ours.LagP50.ShouldBeLessThan(theirs.LagP50 * 0.6);
    }

    private static PollRule Ours() => new(new DurationBook(null, new FakeTime()).At("evs"), Create, new Random(3));

    private static TimeSpan[] Durations(double median, double deviation)
    {
        var random = new Random(11);
        var distribution = new LogNormal(TimeSpan.FromSeconds(median), deviation);
        return [.. Enumerable.Range(0, Jobs).Select(_ => distribution.Draw(random))];
    }

    private static WaitSummary Summary(IWaitRule rule, TimeSpan[] durations) => WaitSummary.Of([.. durations.Select(rule.Watch)]);

    private static DurationEstimate Learnt(double median, double deviation)
    {
        var random = new Random(5);
        var distribution = new LogNormal(TimeSpan.FromSeconds(median), deviation);
        return Enumerable.Range(0, 100).Aggregate(JobTypes.FirstGuess(Create), (estimate, _) => estimate.With(distribution.Draw(random)));
    }

    private static List<TimeSpan> Moments(LikelyEndSchedule schedule, TimeSpan end)
    {
        var moments = new List<TimeSpan> { TimeSpan.Zero };
        while (moments[^1] < end)
        {
            moments.Add(moments[^1] + schedule.Pause(moments[^1], moments.Count, 0.5));
        }

        return moments;
    }
}
