using EvsSimulator;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class GlobTests
{
    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abcd", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "abc", true)]
    [InlineData("a*", "abc", true)]
    [InlineData("a*", "bc", false)]
    [InlineData("*c", "abc", true)]
    [InlineData("*c", "ab", false)]
    [InlineData("a*c", "ac", true)]
    [InlineData("a*c", "abcbc", true)]
    [InlineData("ab*bc", "abc", false)]
    [InlineData("/v3/*/volumes/*", "/v3/p/volumes/1", true)]
    [InlineData("/v3/*/volumes/*", "/v3/p/snapshots/1", false)]
    [InlineData("a*b*c", "a1b2c", true)]
    [InlineData("a*b*c", "a1c2b", false)]
    [InlineData("[a]", "a", false)]
    public void A_star_stands_for_any_text(string pattern, string text, bool matches) => Glob.Matches(pattern, text).ShouldBe(matches);
}
