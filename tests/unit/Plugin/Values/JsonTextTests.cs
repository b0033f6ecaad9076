using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Unit.Plugin.Values;

/// <summary>What generated SDKs send as JSON may have secrets and unknowns in it (protocol B3).</summary>
public sealed class JsonTextTests
{
    private const string Wrapper = """{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","value":VALUE}""";
    private const string UnknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    private static readonly Dictionary<string, (PropertyValue Given, PropertyValue Meant)> Texts = new()
    {
        ["a secret entry"] = ($$"""{"a":{{Secret("\"x\"")}},"b":"y"}""", PropertyMap.Of(("a", new PropertyValue.Secret("x")), ("b", "y"))),
        ["an unknown entry"] = ($$"""{"a":"{{UnknownText}}","b":"y"}""", PropertyMap.Of(("a", PropertyValue.Unknown.Plain), ("b", "y"))),
        ["a secret that is unknown"] = (
            $$"""{"a":{{Secret($"\"{UnknownText}\"")}}}""", PropertyMap.Of(("a", new PropertyValue.Secret(PropertyValue.Unknown.Plain)))),
        ["a secret as a whole"] = (Secret("""{"a":"x"}"""), new PropertyValue.Secret(PropertyMap.Of(("a", "x")))),
        ["a secret number"] = (Secret("3"), new PropertyValue.Secret(3)),
        ["an unknown in quotes"] = ($"\"{UnknownText}\"", PropertyValue.Unknown.Plain),
        ["a secret text with a secret in it"] = (
            ((PropertyValue)$$"""{"a":{{Secret("\"x\"")}}}""").AsSecret(), new PropertyValue.Secret(PropertyMap.Of(("a", new PropertyValue.Secret("x"))))),
        ["an ordinary object"] = ("""{"a":"x"}""", """{"a":"x"}"""),
        ["an ordinary string"] = ("eu-de", "eu-de"),
        ["a value that is no text"] = (5, 5),

        // The error about it must not quote it.
        ["broken JSON with a secret"] = ($$"""{"a":{{Secret("\"x\"")}}""", new PropertyValue.Secret($$"""{"a":{{Secret("\"x\"")}}""")),
    };

    public static TheoryData<string> Names => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_becomes_what_it_stands_for(string what)
    {
        var (given, meant) = Texts[what];

        JsonText.Open(PropertyMap.Of(("key", given)))["key"].ShouldBe(meant);
    }

    private static string Secret(string value) => Wrapper.Replace("VALUE", value, StringComparison.Ordinal);
}
