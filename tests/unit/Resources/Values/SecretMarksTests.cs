using PulumiEvs.Resources.Values;
using static PulumiEvs.Tests.Unit.Resources.Values.PropertyValueTests;

namespace PulumiEvs.Tests.Unit.Resources.Values;

public sealed class SecretMarksTests
{
    private static readonly PropertyValue Hidden = ((PropertyValue)"old").AsSecret();

    private static readonly Dictionary<string, (PropertyValue Source, PropertyValue Value, PropertyValue Expected)> Cases = new()
    {
        ["a plain source leaves a value plain"] = ("old", "new", "new"),
        ["an absent source leaves a value plain"] = (PropertyValue.Null.Instance, "new", "new"),
        ["a secret source marks"] = (Hidden, "new", ((PropertyValue)"new").AsSecret()),
        ["a secret source marks once"] = (Hidden, ((PropertyValue)"new").AsSecret(), ((PropertyValue)"new").AsSecret()),
        ["an absent value stays absent"] = (Hidden, PropertyValue.Null.Instance, PropertyValue.Null.Instance),
        ["a secret output marks"] = (new PropertyValue.Output("old", true, []), 7, ((PropertyValue)7).AsSecret()),
        ["only the secret entry of a map is marked"] = (
            PropertyMap.Of(("a", Hidden), ("b", "x")),
            PropertyMap.Of(("a", "1"), ("b", "2"), ("c", "3")),
            PropertyMap.Of(("a", ((PropertyValue)"1").AsSecret()), ("b", "2"), ("c", "3"))),
        ["a map that is secret as a whole marks as a whole"] = (
            ((PropertyValue)PropertyMap.Of(("a", "x"))).AsSecret(),
            PropertyMap.Of(("a", "1"), ("b", "2")),
            ((PropertyValue)PropertyMap.Of(("a", "1"), ("b", "2"))).AsSecret()),
        ["a list with a secret marks as a whole, its places not being comparable"] = (
            ListOf("x", Hidden), ListOf("y"), ListOf("y").AsSecret()),
        ["a map whose value became another kind marks it"] = (
            PropertyMap.Of(("a", Hidden)), "text", ((PropertyValue)"text").AsSecret()),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_came_in_marked_goes_out_marked(string name)
    {
        var (source, value, expected) = Cases[name];

        SecretMarks.Carry(source, value).ShouldBe(expected);
    }
}
