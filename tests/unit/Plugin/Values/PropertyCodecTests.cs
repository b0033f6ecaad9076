using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Unit.Plugin.Values;

public sealed class PropertyCodecTests
{
    /// <summary>Each special value with its form on the wire, as JSON (protocol B4).</summary>
    public static TheoryData<string, string> Specials
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (name, (_, wire)) in SpecialCases)
            {
                cases.Add(name, wire);
            }

            return cases;
        }
    }

    private static readonly Dictionary<string, (PropertyValue Value, string Wire)> SpecialCases = new()
    {
        ["null"] = (PropertyValue.Null.Instance, "null"),
        ["boolean"] = (true, "true"),
        ["number"] = (40, "40"),
        ["fraction"] = (-0.125, "-0.125"),
        ["string"] = ("größer", "\"größer\""),
        ["list"] = (new PropertyValue.List([1, "a", PropertyValue.Null.Instance]), "[1, \"a\", null]"),
        ["object"] = (PropertyMap.Of(("a.b", 1), ("", "empty")), """{"a.b": 1, "": "empty"}"""),
        ["unknown boolean"] = (new PropertyValue.Unknown(UnknownKind.Bool), "\"1c4a061d-8072-4f0a-a4cb-0ff528b18fe7\""),
        ["unknown number"] = (new PropertyValue.Unknown(UnknownKind.Number), "\"3eeb2bf0-c639-47a8-9e75-3b44932eb421\""),
        ["unknown string"] = (new PropertyValue.Unknown(UnknownKind.Text), "\"04da6b54-80e4-46f7-96ec-b56ff0331ba9\""),
        ["unknown list"] = (new PropertyValue.Unknown(UnknownKind.List), "\"6a19a0b0-7e62-4c92-b797-7f8e31da9cc2\""),
        ["unknown asset"] = (new PropertyValue.Unknown(UnknownKind.Asset), "\"030794c1-ac77-496b-92df-f27374a8bd58\""),
        ["unknown archive"] = (new PropertyValue.Unknown(UnknownKind.Archive), "\"e48ece36-62e2-4504-bad9-02848725956a\""),
        ["unknown object"] = (new PropertyValue.Unknown(UnknownKind.Map), "\"dd056dcd-154b-4c76-9bd3-c8f88648b5ff\""),
        ["secret"] = (new PropertyValue.Secret("x"), Special("1b47061264138c4ac30d75fd1eb44270", "\"value\": \"x\"")),
        ["secret null"] = (new PropertyValue.Secret(PropertyValue.Null.Instance), Special("1b47061264138c4ac30d75fd1eb44270", "\"value\": null")),
        ["secret unknown"] = (
            new PropertyValue.Secret(PropertyValue.Unknown.Plain),
            Special("1b47061264138c4ac30d75fd1eb44270", "\"value\": \"04da6b54-80e4-46f7-96ec-b56ff0331ba9\"")),
        ["secret in a list in an object"] = (
            PropertyMap.Of(("a", new PropertyValue.List([new PropertyValue.Secret(1)]))),
            $$"""{"a": [{{Special("1b47061264138c4ac30d75fd1eb44270", "\"value\": 1")}}]}"""),
        ["output"] = (
            new PropertyValue.Output(5, true, ["urn:a", "urn:b"]),
            Special("d0e6a833031e9bbcd3f4e8bde6ca49a4", """ "value": 5, "secret": true, "dependencies": ["urn:a", "urn:b"] """)),
        ["output not known yet"] = (new PropertyValue.Output(null, false, []), Special("d0e6a833031e9bbcd3f4e8bde6ca49a4")),
        ["output that is null"] = (
            new PropertyValue.Output(PropertyValue.Null.Instance, false, []), Special("d0e6a833031e9bbcd3f4e8bde6ca49a4", "\"value\": null")),
        ["resource reference"] = (
            new PropertyValue.ResourceReference("urn:x", "id-1", "1.2.3", "n", "t"),
            Special("5cf8f73096256a8f31e491e813e4eb8e", """ "urn": "urn:x", "id": "id-1", "packageVersion": "1.2.3", "name": "n", "type": "t" """)),
        ["resource reference without an id"] = (
            new PropertyValue.ResourceReference("urn:x", null, null), Special("5cf8f73096256a8f31e491e813e4eb8e", "\"urn\": \"urn:x\"")),
        ["resource reference whose id is not known yet"] = (
            new PropertyValue.ResourceReference("urn:x", PropertyValue.Unknown.Plain, null),
            Special("5cf8f73096256a8f31e491e813e4eb8e", """ "urn": "urn:x", "id": "" """)),
        ["asset of text"] = (
            new PropertyValue.Asset("h", "content", null, null), Special("c44067f5952c0a294b673a41bacd8c17", """ "hash": "h", "text": "content" """)),
        ["asset at a path"] = (
            new PropertyValue.Asset("h", null, "./a", null), Special("c44067f5952c0a294b673a41bacd8c17", """ "hash": "h", "path": "./a" """)),
        ["asset at a URI"] = (
            new PropertyValue.Asset("h", null, null, "https://a"), Special("c44067f5952c0a294b673a41bacd8c17", """ "hash": "h", "uri": "https://a" """)),
        ["asset without its content"] = (new PropertyValue.Asset("h", null, null, null), Special("c44067f5952c0a294b673a41bacd8c17", "\"hash\": \"h\"")),
        ["archive of assets"] = (
            new PropertyValue.Archive("h", PropertyMap.Of(("a", new PropertyValue.Asset("i", "x", null, null))), null, null),
            Special(
                "0def7320c3a5731c473e5ecbe6d01bc7",
                $$""" "hash": "h", "assets": {"a": {{Special("c44067f5952c0a294b673a41bacd8c17", "\"hash\": \"i\", \"text\": \"x\"")}}} """)),
        ["archive at a path"] = (
            new PropertyValue.Archive("h", null, "./a.zip", null), Special("0def7320c3a5731c473e5ecbe6d01bc7", """ "hash": "h", "path": "./a.zip" """)),
        ["byte string"] = (new PropertyValue.ByteString([0, 255, 16]), Special("803fd3297a5875dc03ca845dda5d2a98", "\"value\": \"AP8Q\"")),
    };

    public static TheoryData<string, string, string> Malformed => new()
    {
        { "an unknown signature", Special("00000000000000000000000000000000"), "property p: the object is marked as a special value" },
        { "a signature that is no string", """{"4dabf18193072939515e22adb298388d": 5}""", "property p: the object is marked as a special value" },
        { "a secret without a value", Special("1b47061264138c4ac30d75fd1eb44270"), "property p: the special value has no field \"value\"" },
        { "a reference without a URN", Special("5cf8f73096256a8f31e491e813e4eb8e"), "property p: the special value has no field \"urn\"" },
        { "an id that is a number", Special("5cf8f73096256a8f31e491e813e4eb8e", """ "urn": "u", "id": 5 """), "property p: field \"id\"" },
        { "a dependency that is no string", Special("d0e6a833031e9bbcd3f4e8bde6ca49a4", "\"dependencies\": [1]"), "property p: an output's dependency" },
        { "dependencies that are no list", Special("d0e6a833031e9bbcd3f4e8bde6ca49a4", "\"dependencies\": {}"), "property p: field \"dependencies\"" },
        { "assets that are no object", Special("0def7320c3a5731c473e5ecbe6d01bc7", "\"assets\": []"), "property p: field \"assets\"" },
        { "a byte string that is no base64", Special("803fd3297a5875dc03ca845dda5d2a98", "\"value\": \"?\""), "property p: the byte string is not base64" },
        {
            "the path of what is wrong",
            $$"""[{"key.with.dot": {{Special("1b47061264138c4ac30d75fd1eb44270", $"\"value\": {Special("00000000000000000000000000000000")}")}}}]""",
            "property p[0][\"key.with.dot\"]: the object is marked as a special value"
        },
    };

    [Fact]
    public void Any_values_come_back_as_they_were() =>
        Prop.ForAll(PropertyValues.Maps, map =>
        {
            var bytes = PropertyEncoder.Encode(map).ToByteArray();
            return PropertyDecoder.Decode(Struct.Parser.ParseFrom(bytes)).Equals(map);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Specials))]
    public void A_value_has_the_protocols_form_on_the_wire_both_ways(string name, string wireJson)
    {
        var value = SpecialCases[name].Value;
        var wire = JsonParser.Default.Parse<Value>(wireJson);

        PropertyEncoder.Encode(PropertyMap.Of(("p", value))).Fields["p"].ShouldBe(wire);
        PropertyDecoder.Decode(new Struct { Fields = { ["p"] = wire } }).ShouldBe(PropertyMap.Of(("p", value)));
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_special_value_that_is_none_is_named_by_its_path(string name, string wireJson, string message)
    {
        var wire = new Struct { Fields = { ["p"] = JsonParser.Default.Parse<Value>(wireJson) } };

        Should.Throw<MalformedValueException>(() => PropertyDecoder.Decode(wire), name).Message.ShouldStartWith(message);
    }

    [Fact]
    public void A_value_of_no_kind_is_refused() =>
        Should.Throw<MalformedValueException>(() => PropertyDecoder.Decode(new Struct { Fields = { ["p"] = new Value() } })).Message.ShouldBe("property p: the value is of no kind");

    [Theory]
    [InlineData(9007199254740991)]
    [InlineData(9007199254740992)]
    [InlineData(1e300)]
    [InlineData(double.Epsilon)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-0.0)]
    public void A_number_keeps_every_bit(double number)
    {
        var decoded = PropertyDecoder.Decode(Struct.Parser.ParseFrom(PropertyEncoder.Encode(PropertyMap.Of(("n", number))).ToByteArray()));

        BitConverter.DoubleToInt64Bits(decoded["n"].ShouldBeOfType<PropertyValue.Number>().Value).ShouldBe(BitConverter.DoubleToInt64Bits(number));
    }

    [Fact]
    public void Values_may_be_nested_to_the_limit_and_no_deeper()
    {
        var deepest = Nested(ValueTrail.MaxDepth);
        var wire = PropertyEncoder.Encode(deepest);
        PropertyDecoder.Decode(wire).ShouldBe(deepest);

        Should.Throw<MalformedValueException>(() => PropertyEncoder.Encode(Nested(ValueTrail.MaxDepth + 1))).Message.ShouldContain("nested deeper than 128 levels");
        Should.Throw<MalformedValueException>(() => PropertyDecoder.Decode(new Struct { Fields = { ["p"] = Value.ForStruct(wire) } }))
            .Message.ShouldContain("nested deeper than 128 levels");
    }

    [Fact]
    public void Wrappers_count_as_levels_too()
    {
        PropertyValue value = 1;
        for (var i = 0; i < ValueTrail.MaxDepth; i++)
        {
            value = new PropertyValue.Secret(value);
        }

        Should.Throw<MalformedValueException>(() => PropertyEncoder.Encode(PropertyMap.Of(("p", value))));
    }

    [Fact]
    public void A_property_cannot_be_named_like_the_mark_of_special_values() =>
        Should.Throw<MalformedValueException>(() => PropertyEncoder.Encode(PropertyMap.Of(("a", PropertyMap.Of((Signature.Key, "x"))))))
            .Message.ShouldContain("the name is reserved");

    [Fact]
    public void Nothing_is_the_empty_map_itself() => PropertyDecoder.Decode(new Struct()).ShouldBeSameAs(PropertyMap.Empty);

    private static PropertyMap Nested(int levels)
    {
        var map = PropertyMap.Of(("x", 1));
        for (var i = 1; i < levels; i++)
        {
            map = PropertyMap.Of(("x", map));
        }

        return map;
    }

    private static string Special(string signature, string? fields = null) =>
        $$"""{"4dabf18193072939515e22adb298388d": "{{signature}}"{{(fields is null ? "" : ", " + fields)}}}""";
}
