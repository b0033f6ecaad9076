using PulumiEvs.Evs;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs;

public sealed class ServiceClockTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public void Until_an_answer_tells_it_the_services_time_is_not_known() => new ServiceClock(_time).Now.ShouldBeNull();

    [Fact]
    public void It_goes_on_from_the_last_answer_and_setting_this_machines_clock_does_not_move_it()
    {
        var clock = new ServiceClock(_time);
        var theirs = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        clock.Tell(theirs.AddDays(-1));
        clock.Tell(theirs);

        _time.Advance(TimeSpan.FromSeconds(90));
        _time.StepWallClock(TimeSpan.FromHours(-5));

        clock.Now.ShouldBe(theirs.AddSeconds(90));
    }
}
