using FsCheck;
using FsCheck.Fluent;
using PulumiEvs.Plugin.Grpc;

namespace PulumiEvs.Tests.Unit.Plugin.Grpc;

public sealed class GrpcTimeoutTests
{
    public static TheoryData<string, TimeSpan> Headers => new()
    {
        { "1H", TimeSpan.FromHours(1) },
        { "90M", TimeSpan.FromMinutes(90) },
        { "30S", TimeSpan.FromSeconds(30) },
        { "1500m", TimeSpan.FromSeconds(1.5) },
        { "20u", TimeSpan.FromMicroseconds(20) },
        { "250n", TimeSpan.FromTicks(3) },
        { "0S", TimeSpan.Zero },
        { "99999999H", TimeSpan.FromHours(99999999) },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_is_digits_and_a_unit(string header, TimeSpan timeout)
    {
        GrpcTimeout.TryParse(header, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(timeout);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData("1.5S")]
    [InlineData(" 1S")]
    [InlineData("123456789S")]
    [InlineData("1SS")]
    public void Anything_else_is_none(string header) => GrpcTimeout.TryParse(header, out _).ShouldBeFalse();

    [Fact]
    public void What_is_written_is_read_back_and_never_shorter() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).SelectMany(ticks => Gen.Choose(0, 30).Select(shift => TimeSpan.FromTicks((long)ticks << shift))).ToArbitrary(), timeout =>
            GrpcTimeout.TryParse(GrpcTimeout.Format(timeout), out var parsed)
            && parsed >= timeout
            && (parsed - timeout) <= TimeSpan.FromMicroseconds(1) + (timeout / 100_000))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_timeout_that_is_over_is_written_as_the_shortest_there_is(int seconds) => GrpcTimeout.Format(TimeSpan.FromSeconds(seconds)).ShouldBe("1u");
}
