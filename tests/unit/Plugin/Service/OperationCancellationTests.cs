using PulumiEvs.Plugin.Service;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Plugin.Service;

public sealed class OperationCancellationTests
{
    [Fact]
    public void What_is_in_flight_ends_and_what_begins_later_does_not()
    {
        using var sut = new OperationCancellation();
        var before = sut.Token;

        sut.CancelInFlight();
        var after = sut.Token;

        Eventually.True(() => before.IsCancellationRequested);
        after.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void It_may_be_asked_for_again_and_again()
    {
        using var sut = new OperationCancellation();
        for (var i = 0; i < 3; i++)
        {
            var token = sut.Token;
            sut.CancelInFlight();
            Eventually.True(() => token.IsCancellationRequested);
        }
    }

    [Fact]
    public void Whoever_cancels_does_not_wait_for_what_operations_do_about_it()
    {
        using var sut = new OperationCancellation();
        using var blocked = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        using var registration = sut.Token.Register(() =>
        {
            blocked.Set();
            release.Wait();
        });

        sut.CancelInFlight();

        blocked.Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        release.Set();
    }
}
