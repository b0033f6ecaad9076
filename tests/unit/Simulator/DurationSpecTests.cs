using EvsSimulator.Core;
using EvsSimulator.Core.Jobs;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class DurationSpecTests
{
    [Theory]
    [InlineData("2s", "2s")]
    [InlineData("500ms", "0.5s")]
    [InlineData("1.5m", "90s")]
    [InlineData("3h", "10800s")]
    [InlineData("500ms..2s", "0.5s..2s")]
    [InlineData("lognormal(7s,0.25)", "lognormal(7s,0.25)")]
    [InlineData(" lognormal( 7s , 0.25 ) ", "lognormal(7s,0.25)")]
    public void A_duration_is_read(string text, string written)
    {
        DurationSpec.TryParse(text, out var spec).ShouldBeTrue();
        spec.ToString().ShouldBe(written);
        DurationSpec.TryParse(written, out var again).ShouldBeTrue();
        again.ShouldBe(spec);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("s")]
    [InlineData("-2s")]
    [InlineData("2d")]
    [InlineData("2s..1s")]
    [InlineData("1s..")]
    [InlineData("lognormal(7s)")]
    [InlineData("lognormal(7s,-1)")]
    [InlineData("99999999999999h")]
    public void What_is_no_duration_is_not_read(string text) => DurationSpec.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Drawn_durations_have_the_shape_that_was_asked_for()
    {
        var draws = new Draws(1);
        DurationSpec.TryParse("1s..3s", out var between).ShouldBeTrue();
        DurationSpec.TryParse("lognormal(7s,0.25)", out var lognormal).ShouldBeTrue();

        var even = Enumerable.Range(0, 2000).Select(_ => between.Draw(draws).TotalSeconds).Order().ToArray();
        var skewed = Enumerable.Range(0, 2000).Select(_ => lognormal.Draw(draws).TotalSeconds).Order().ToArray();

        even[0].ShouldBeInRange(1, 1.1);
        even[^1].ShouldBeInRange(2.9, 3);
        even[1000].ShouldBeInRange(1.9, 2.1);
        skewed[1000].ShouldBeInRange(6.8, 7.2);
        (skewed[1682] / skewed[1000]).ShouldBeInRange(1.22, 1.35, "one sigma above the median is a factor of e^0.25");
    }

    [Fact]
    public void A_time_scale_shortens_everything()
    {
        var cloud = new LocalCloud(settings => settings with { TimeScale = 100 });

        cloud.Cloud.Run(world => world.Settings.DrawDuration("createVolume", world.Draws)).ShouldBe(TimeSpan.FromMilliseconds(100));
    }
}
