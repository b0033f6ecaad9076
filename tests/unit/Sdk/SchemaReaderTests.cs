using System.Text;
using System.Text.Json.Nodes;
using PulumiEvs.Generator.Schema;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Sdk;

/// <summary>A schema with something that the generator would get wrong or leave out ends the generation.</summary>
public sealed class SchemaReaderTests
{
    public static TheoryData<string, string, string> Refused => new()
    {
        { "a member of a property that the generator does not know", "resources/depot:index:Rack/properties/label", """{ "const": "x" }""" },
        { "a member of a resource that the generator does not know", "resources/depot:index:Rack", """{ "methods": {} }""" },
        { "a member of the package that the generator does not know", "", """{ "parameterization": {} }""" },
        { "a type that does not exist", "resources/depot:index:Rack/properties/grade", """{ "$ref": "#/types/depot:index:Colour" }""" },
        { "an enum that is not of strings", "types/depot:index:Grade", """{ "type": "integer" }""" },
        { "a resource in a module of its own", "resources", """{ "depot:yard:Gate": { "description": "A gate." } }""" },
        { "a required property that does not exist", "resources/depot:index:Bin", """{ "required": ["lid"] }""" },
        { "a union of three types", "resources/depot:index:Rack/properties/either", """{ "oneOf": [{ "type": "string" }, { "type": "integer" }, { "type": "boolean" }] }""" },
        { "a type of another kind", "resources/depot:index:Rack/properties/label", """{ "type": "date" }""" },
        { "a property without a description", "resources/depot:index:Rack/properties/label", """{ "description": null }""" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_schema_is_refused_that_has(string what, string path, string change)
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Fixtures.Directory, "schema", "depot.json")))!.AsObject();
        var target = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(schema, (node, name) => node[name]!.AsObject());
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            target[name] = value?.DeepClone();
        }

        Should.Throw<SchemaException>(() => SchemaReader.Read(Encoding.UTF8.GetBytes(schema.ToJsonString())), what);
    }
}
