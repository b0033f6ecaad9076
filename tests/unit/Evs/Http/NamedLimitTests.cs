using PulumiEvs.Evs.Http;

namespace PulumiEvs.Tests.Unit.Evs.Http;

public sealed class NamedLimitTests
{
    [Theory]
    [InlineData("The throttling threshold has been reached: policy user over ratelimit,limit:100,time:1 second", 100.0)]
    [InlineData("The throttling threshold has been reached: policy user over ratelimit,limit:60,time:1 minute", 1.0)]
    [InlineData("policy api over ratelimit, limit: 7.5, time: 3 second", 2.5)]
    [InlineData("limit:0,time:1 second", null)]
    [InlineData("limit:100,time:0 second", null)]
    [InlineData("limit:many,time:1 second", null)]
    [InlineData("too many requests", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void It_is_read_from_the_refusal(string? text, double? perSecond) => NamedLimit.Read(text).ShouldBe(perSecond);
}
