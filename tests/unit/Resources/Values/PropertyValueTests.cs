using System.Collections.Immutable;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Values.PropertyValue;

namespace PulumiEvs.Tests.Unit.Resources.Values;

public sealed class PropertyValueTests
{
    private static readonly PropertyValue Hidden = ((PropertyValue)"sesame").AsSecret();

    private static readonly Dictionary<string, (Func<PropertyValue> One, PropertyValue Other)> Kinds = new()
    {
        ["null"] = (() => Null.Instance, false),
        ["a boolean"] = (() => true, false),
        ["a number"] = (() => 40, 41),
        ["a string"] = (() => "a", "A"),
        ["a list"] = (() => ListOf("a", 1), ListOf(1, "a")),
        ["an empty list"] = (() => ListOf(), ListOf(Null.Instance)),
        ["a map"] = (() => PropertyMap.Of(("a", 1), ("b", "x")), PropertyMap.Of(("a", 1), ("b", "y"))),
        ["a secret"] = (() => new Secret("a"), "a"),
        ["an unknown"] = (() => new Unknown(UnknownKind.Number), new Unknown(UnknownKind.Text)),
        ["a known output"] = (() => new Output("a", false, ["urn:1"]), new Output("a", false, ["urn:2"])),
        ["an unknown output"] = (() => new Output(null, true, []), new Output(null, false, [])),
        ["a reference"] = (() => new ResourceReference("urn:1", "id", "1.0"), new ResourceReference("urn:1", Unknown.Plain, "1.0")),
        ["an asset"] = (() => new Asset("h", "text", null, null), new Asset("h", null, "text", null)),
        ["an archive"] = (() => new Archive(null, PropertyMap.Of(("f", "x")), null, null), new Archive(null, PropertyMap.Of(("f", "y")), null, null)),
        ["a byte string"] = (() => new ByteString([1, 2]), new ByteString([2, 1])),
    };

    public static TheoryData<string> KindNames => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(KindNames))]
    public void Values_of_equal_content_are_equal_and_others_are_not(string kind)
    {
        var (one, other) = Kinds[kind];

        one().ShouldBe(one());
        one().GetHashCode().ShouldBe(one().GetHashCode());
        one().ShouldNotBe(other);
        other.ShouldNotBe(one());
    }

    [Fact]
    public void Kinds_of_the_same_look_are_not_equal()
    {
        ((PropertyValue)"1").ShouldNotBe((PropertyValue)1);
        ((PropertyValue)"true").ShouldNotBe((PropertyValue)true);
        ((PropertyValue)"").ShouldNotBe(Null.Instance);
        ((PropertyValue)PropertyMap.Empty).ShouldNotBe(Null.Instance);
    }

    [Fact]
    public void Null_text_is_the_null_value()
    {
        PropertyValue value = (string?)null;

        value.ShouldBe(Null.Instance);
        value.IsAbsent.ShouldBeTrue();
    }

    [Fact]
    public void A_secret_null_is_not_absent_but_its_bare_value_is()
    {
        var value = new Secret(Null.Instance);

        value.IsAbsent.ShouldBeFalse();
        value.Bare.IsAbsent.ShouldBeTrue();
    }

    [Fact]
    public void Bare_looks_through_any_number_of_marks_at_one_level()
    {
        var inner = ListOf(Hidden);
        var wrapped = new Secret(new Output(new Secret(new Output(inner, true, ["urn:1"])), false, []));

        wrapped.Bare.ShouldBe(inner);
    }

    [Fact]
    public void An_output_without_a_value_is_an_unknown_even_below_marks()
    {
        new Output(null, false, []).Bare.ShouldBe(Unknown.Plain);
        new Secret(new Output(null, false, [])).IsUnknown.ShouldBeTrue();
    }

    [Fact]
    public void Unmarked_takes_marks_off_at_every_level()
    {
        PropertyValue marked = PropertyMap.Of(
            ("plain", 1),
            ("secret", Hidden),
            ("list", ListOf(Hidden, new Output("x", true, []))),
            ("map", new Secret(PropertyMap.Of(("deep", Hidden), ("unknown", new Output(null, true, []))))));

        marked.Unmarked().ShouldBe((PropertyValue)PropertyMap.Of(
            ("plain", 1),
            ("secret", "sesame"),
            ("list", ListOf("sesame", "x")),
            ("map", PropertyMap.Of(("deep", "sesame"), ("unknown", Unknown.Plain)))));
    }

    private static readonly Dictionary<string, (PropertyValue Value, bool HasUnknown, bool HasSecret)> Contents = new()
    {
        ["a plain text"] = ("a", false, false),
        ["an unknown"] = (Unknown.Plain, true, false),
        ["a secret"] = (Hidden, false, true),
        ["a secret unknown"] = (new Secret(Unknown.Plain), true, true),
        ["an output with a value"] = (new Output("a", false, ["urn:1"]), false, false),
        ["a secret output"] = (new Output("a", true, []), false, true),
        ["an output of a secret"] = (new Output(Hidden, false, []), false, true),
        ["an unknown secret output"] = (new Output(null, true, []), true, true),
        ["an unknown in a list"] = (ListOf("a", Unknown.Plain), true, false),
        ["a secret in a list in a map"] = (PropertyMap.Of(("l", ListOf(ListOf(Hidden)))), false, true),
        ["an unknown in a secret map"] = (new Secret(PropertyMap.Of(("m", Unknown.Plain))), true, true),
        ["an unknown id of a reference"] = (new ResourceReference("urn:1", Unknown.Plain, null), true, false),
        ["an unknown in an archive"] = (new Archive(null, PropertyMap.Of(("f", Unknown.Plain)), null, null), true, false),
        ["a secret in an archive"] = (new Archive(null, PropertyMap.Of(("f", Hidden)), null, null), false, true),
        ["an empty map"] = (PropertyMap.Empty, false, false),
    };

    public static TheoryData<string> ContentNames => [.. Contents.Keys];

    [Theory]
    [MemberData(nameof(ContentNames))]
    public void Unknowns_and_secrets_are_found_wherever_they_are(string what)
    {
        var (value, hasUnknown, hasSecret) = Contents[what];

        value.HasUnknown.ShouldBe(hasUnknown);
        value.HasSecret.ShouldBe(hasSecret);
    }

    [Fact]
    public void A_map_with_a_secret_in_it_is_not_itself_secret() =>
        ((PropertyValue)PropertyMap.Of(("k", Hidden))).IsSecret.ShouldBeFalse();

    [Fact]
    public void A_secret_is_marked_once()
    {
        Hidden.AsSecret().ShouldBeSameAs(Hidden);
        ((PropertyValue)"x").AsSecret().ShouldBe(new Secret("x"));
    }

    [Fact]
    public void No_text_of_a_value_shows_a_secret()
    {
        PropertyValue[] values =
        [
            Hidden,
            new Output("sesame", true, ["urn:1"]),
            new Output(Hidden, false, []),
            ListOf("open", Hidden),
            PropertyMap.Of(("a", Hidden), ("b", PropertyMap.Of(("c", ListOf(Hidden))))),
            new Secret(PropertyMap.Of(("a", "sesame"))),
            new Archive(null, PropertyMap.Of(("f", Hidden)), null, null),
            new ResourceReference("urn:1", Hidden, null),
        ];

        foreach (var value in values)
        {
            value.ToString().ShouldNotContain("sesame");
            $"{value}".ShouldNotContain("sesame");
            PropertyMap.Of(("x", value)).ToString().ShouldNotContain("sesame");
        }
    }

    [Fact]
    public void The_text_of_a_value_reads_like_the_program()
    {
        PropertyValue value = PropertyMap.Of(
            ("size", 40), ("rate", 0.25), ("on", true), ("name", "data"), ("none", Null.Instance), ("key", Hidden), ("list", ListOf(1, "a")),
            ("later", Unknown.Plain));

        value.ToString().ShouldBe(
            """{key: [secret], later: [a value not known yet], list: [1, "a"], name: "data", none: null, on: true, rate: 0.25, size: 40}""");
    }

    [Fact]
    public void A_long_text_is_cut()
    {
        ((PropertyValue)new string('x', 5000)).ToString().Length.ShouldBeLessThan(250);
        ListOf([.. Enumerable.Repeat((PropertyValue)"item", 10_000)]).ToString().Length.ShouldBeLessThan(250);
    }

    internal static PropertyValue ListOf(params ImmutableArray<PropertyValue> items) => new List(items);
}
