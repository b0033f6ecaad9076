using System.Text.Json.Nodes;
using PulumiEvs.Generator;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>The committed package schema, read without the help of the generator.</summary>
internal static class SchemaFile
{
    public static JsonObject Root { get; } = (JsonObject)JsonNode.Parse(Repository.Read(GeneratedFiles.SchemaPath))!;

    public static IEnumerable<string> Tokens(string section) => Root[section]!.AsObject().Select(entry => entry.Key);

    public static JsonObject Item(string section, string token) => Root[section]![token]!.AsObject();

    /// <summary>The properties of an object of the schema, with their names; none when it has no such member.</summary>
    public static IEnumerable<(string Name, JsonObject Property)> Properties(JsonObject? owner, string member = "properties") =>
        owner?[member]?.AsObject().Select(entry => (entry.Key, entry.Value!.AsObject())) ?? [];

    public static IReadOnlySet<string> Names(JsonObject? owner, string member) =>
        owner?[member]?.AsArray().Select(name => name!.GetValue<string>()).ToHashSet() ?? [];

    public static bool IsSecret(JsonObject property) => property["secret"]?.GetValue<bool>() ?? false;
}
