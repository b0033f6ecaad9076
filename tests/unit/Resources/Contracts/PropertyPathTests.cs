using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Tests.Unit.Resources.Contracts;

public sealed class PropertyPathTests
{
    [Theory]
    [InlineData("tags", "team", "tags.team")]
    [InlineData("tags", "_a$1", "tags._a$1")]
    [InlineData("tags", "a.b", "tags[\"a.b\"]")]
    [InlineData("tags", "a-b", "tags[\"a-b\"]")]
    [InlineData("tags", "1a", "tags[\"1a\"]")]
    [InlineData("tags", "", "tags[\"\"]")]
    [InlineData("tags", "a b", "tags[\"a b\"]")]
    [InlineData("tags", "团队", "tags[\"团队\"]")]
    [InlineData("tags", "say \"hi\"", "tags[\"say \\\"hi\\\"\"]")]
    [InlineData("tags", "back\\slash", "tags[\"back\\\\slash\"]")]
    [InlineData("tags", "a]b", "tags[\"a]b\"]")]
    [InlineData("", "size", "size")]
    [InlineData("", "a.b", "[\"a.b\"]")]
    public void A_key_with_odd_characters_is_quoted_and_read_back(string parent, string key, string path)
    {
        PropertyPath.Child(parent, key).ShouldBe(path);
        PropertyPath.Segments(path).ShouldBe(parent.Length == 0 ? [key] : [parent, key]);
        PropertyPath.TopLevel(path).ShouldBe(parent.Length == 0 ? key : parent);
    }

    [Theory]
    [InlineData("a.b[0].c", new[] { "a", "b", "0", "c" })]
    [InlineData("a[*]", new[] { "a", "*" })]
    [InlineData("tags.*", new[] { "tags", "*" })]
    [InlineData("[\"x\"].y", new[] { "x", "y" })]
    [InlineData("tags[\"unclosed", new[] { "tags", "unclosed" })]
    [InlineData("list[3", new[] { "list", "3" })]
    [InlineData("", new string[0])]
    public void A_path_falls_into_its_segments(string path, string[] segments) => PropertyPath.Segments(path).ShouldBe(segments);
}
