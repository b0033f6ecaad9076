using PulumiEvs.Evs.Jobs;

namespace PulumiEvs.Tests.Unit.Evs.Jobs;

public sealed class DurationEstimateTests
{
    private static readonly DurationEstimate Nothing = DurationEstimate.Guess(TimeSpan.FromSeconds(30), 1);

    [Fact]
    public void A_guess_is_given_up_at_the_first_observation()
    {
        var one = Nothing.With(TimeSpan.FromSeconds(7));

        (one.IsGuess, one.Weight, one.Mean).ShouldBe((false, 1, Math.Log(7)));
        one.Deviation.ShouldBeLessThan(Nothing.Deviation);
    }

    [Fact]
    public void Many_observations_give_their_median_and_deviation()
    {
        var estimate = Learn(Spread(200));

        Math.Exp(estimate.Mean).ShouldBe(7, 0.3);
        estimate.Deviation.ShouldBe(0.25, 0.02);
    }

    [Fact]
    public void Equal_durations_do_not_make_it_certain()
    {
        Learn(Enumerable.Repeat(7.0, 10)).Deviation.ShouldBeGreaterThan(0.1);
        Learn(Enumerable.Repeat(7.0, 1000)).Deviation.ShouldBeGreaterThan(0.02);
    }

    [Fact]
    public void More_observations_make_it_surer()
    {
        var deviations = new[] { 1, 2, 4, 8, 16, 32 }.Select(count => Learn(Enumerable.Repeat(7.0, count)).Deviation).ToArray();

        deviations.ShouldBe(deviations.OrderDescending());
    }

    [Fact]
    public void Old_observations_fade()
    {
        var estimate = Learn([.. Enumerable.Repeat(7.0, 1000), .. Enumerable.Repeat(9.0, 150)]);

        Math.Exp(estimate.Mean).ShouldBe(9, 0.2);
        estimate.Weight.ShouldBeLessThanOrEqualTo(40);
    }

    [Fact]
    public void Surprises_make_it_forget_fast()
    {
        var estimate = Learn([.. Enumerable.Repeat(7.0, 1000), .. Enumerable.Repeat(70.0, 8)]);

        Math.Exp(estimate.Mean).ShouldBeGreaterThan(40);
    }

    [Fact]
    public void One_freak_moves_little()
    {
        var estimate = Learn(Spread(100)).With(TimeSpan.FromHours(3));

        Math.Exp(estimate.Mean).ShouldBe(7, 0.7);
        estimate.Deviation.ShouldBe(0.25, 0.15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_duration_of_nothing_is_taken_for_a_very_short_one(double seconds) =>
        Nothing.With(TimeSpan.FromSeconds(seconds)).Mean.ShouldBe(Math.Log(0.001));

    private static IEnumerable<double> Spread(int count) => Enumerable.Range(0, count).Select(i => 7 * Math.Exp(0.25 * (i % 2 == 0 ? 1 : -1)));

    private static DurationEstimate Learn(IEnumerable<double> seconds) =>
        seconds.Aggregate(Nothing, (estimate, duration) => estimate.With(TimeSpan.FromSeconds(duration)));
}
