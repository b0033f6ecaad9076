using System.Text.Json;
using System.Text.Json.Nodes;

namespace PulumiEvs.Tests.Unit.Plugin.Schema;

/// <summary>The checker itself: it finds what it is there to find.</summary>
public sealed class SchemaRulesTests
{
    private const string Sound = """
        {
          "name": "evs", "version": "1.2.3",
          "config": {"variables": {"region": {"type": "string", "description": "d"}, "key": {"type": "string", "description": "d", "secret": true}}},
          "provider": {"inputProperties": {"region": {"type": "string", "description": "d"}, "key": {"type": "string", "description": "d", "secret": true}}},
          "types": {
            "evs:index:Kind": {"type": "string", "description": "d", "enum": [{"name": "A", "value": "a", "description": "d"}]},
            "evs:index:Part": {"type": "object", "description": "d", "properties": {"x": {"type": "integer", "description": "d"}}, "required": ["x"]}
          },
          "resources": {"evs:index:Disk": {
            "description": "d",
            "properties": {
              "kind": {"oneOf": [{"type": "string"}, {"$ref": "#/types/evs:index:Kind"}], "description": "d"},
              "parts": {"type": "array", "items": {"$ref": "#/types/evs:index:Part"}, "description": "d"}
            },
            "required": ["parts"],
            "inputProperties": {"kind": {"oneOf": [{"type": "string"}, {"$ref": "#/types/evs:index:Kind"}], "description": "d"}},
            "requiredInputs": ["kind"]
          }},
          "functions": {"evs:index:getDisk": {
            "description": "d",
            "inputs": {"type": "object", "properties": {"id": {"type": "string", "description": "d"}}, "required": ["id"]},
            "outputs": {"type": "object", "properties": {"tags": {"type": "object", "additionalProperties": {"type": "string"}, "description": "d"}}}
          }}
        }
        """;

    private static readonly Dictionary<string, (Action<JsonNode> Break, string Problem)> Breaches = new()
    {
        ["a further key at the top"] = (root => root["extra"] = 1, "extra: no key of a schema"),
        ["a version that is none"] = (root => root["version"] = "v1", "version: v1 is no semantic version"),
        ["a token of two parts"] = (
            root => Rename(root["functions"]!, "evs:index:getDisk", "evs:getDisk"), "functions.evs:getDisk: no token of three parts"),
        ["a token of another package"] = (
            root => Rename(root["functions"]!, "evs:index:getDisk", "ecs:index:getDisk"), "functions.ecs:index:getDisk: a token of another package"),
        ["a reference to nothing"] = (
            root => Output(root)["parts"]!["items"] = new JsonObject { ["$ref"] = "#/types/evs:index:None" },
            "resources.evs:index:Disk.properties.parts[]: #/types/evs:index:None leads nowhere"),
        ["a type that nothing uses"] = (
            root => Output(root).AsObject().Remove("parts"), "types.evs:index:Part: used by nothing"),
        ["a property without a description"] = (
            root => Output(root)["parts"]!.AsObject().Remove("description"), "resources.evs:index:Disk.properties.parts: without a description"),
        ["a property of two types"] = (
            root => Output(root)["parts"]!["$ref"] = "#/types/evs:index:Part", "resources.evs:index:Disk.properties.parts: has 2 of type, $ref and oneOf"),
        ["a type with an unknown name"] = (
            root => Output(root)["parts"]!["type"] = "list", "resources.evs:index:Disk.properties.parts: no type is called list"),
        ["an input that is no output"] = (
            root => Input(root)["more"] = Text(), "resources.evs:index:Disk: has inputs that are no outputs"),
        ["a required input that does not exist"] = (
            root => root["resources"]!["evs:index:Disk"]!["requiredInputs"]!.AsArray().Add("none"),
            "resources.evs:index:Disk.requiredInputs: requires what does not exist"),
        ["an id among the properties"] = (root => Output(root)["id"] = Text(), "resources.evs:index:Disk: has a property id or urn"),
        ["a secret that is one in configuration only"] = (
            root => root["provider"]!["inputProperties"]!["key"]!.AsObject().Remove("secret"), "config.key: secret in one place only"),
        ["configuration that the provider does not take"] = (
            root => root["config"]!["variables"]!["zone"] = Text(), "provider: configuration and provider inputs differ"),
        ["a reserved configuration key"] = (
            root => root["config"]!["variables"]!["version"] = Text(), "config.version: reserved"),
        ["a secret with a default from the environment"] = (
            root => root["config"]!["variables"]!["key"]!["defaultInfo"] = new JsonObject(),
            "config.key: a secret with a default from the environment, which SDKs would put into the state"),
        ["an enum with one value twice"] = (
            root => root["types"]!["evs:index:Kind"]!["enum"]!.AsArray().Add(new JsonObject { ["name"] = "B", ["value"] = "a", ["description"] = "d" }),
            "types.evs:index:Kind: two members with one value"),
    };

    public static TheoryData<string> BreachNames => [.. Breaches.Keys];

    [Fact]
    public void A_sound_schema_has_no_problems() => Problems(JsonNode.Parse(Sound)!).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(BreachNames))]
    public void Is_found(string name)
    {
        var root = JsonNode.Parse(Sound)!;
        Breaches[name].Break(root);

        Problems(root).ShouldContain(Breaches[name].Problem);
    }

    private static IReadOnlyList<string> Problems(JsonNode root)
    {
        using var document = JsonDocument.Parse(root.ToJsonString());
        return SchemaRules.Problems(document.RootElement);
    }

    private static JsonNode Output(JsonNode root) => root["resources"]!["evs:index:Disk"]!["properties"]!;

    private static JsonNode Input(JsonNode root) => root["resources"]!["evs:index:Disk"]!["inputProperties"]!;

    private static JsonObject Text() => new() { ["type"] = "string", ["description"] = "d" };

    private static void Rename(JsonNode owner, string from, string to)
    {
        var value = owner[from]!.DeepClone();
        owner.AsObject().Remove(from);
        owner[to] = value;
    }
}
