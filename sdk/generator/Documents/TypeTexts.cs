using System.Collections.Immutable;
using System.Diagnostics;
using PulumiEvs.Generator.CSharp;
using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.Documents;

/// <summary>How types are said in the documents, and which of the package's own types one has to explain for that.</summary>
internal sealed class TypeTexts(PackageSchema schema)
{
    public static string Text(SchemaType type) => type switch
    {
        SchemaType.Text => "string",
        SchemaType.Boolean => "boolean",
        SchemaType.Integer => "integer",
        SchemaType.Number => "number",
        SchemaType.Any => "any",
        SchemaType.List list => $"list of {Text(list.Item)}",
        SchemaType.Map map => $"map of {Text(map.Value)}",
        SchemaType.Named named => Link(named.Token),
        SchemaType.Choice choice => Link(choice.Token),
        SchemaType.OpenChoice choice => $"{Link(choice.Token)} or string",
        SchemaType.Either either => $"{Text(either.First)} or {Text(either.Second)}",
        _ => throw new UnreachableException(),
    };

    /// <summary>The tokens of all types of the package that these properties lead to, in the order in which a reader meets them.</summary>
    public ImmutableArray<string> Met(IEnumerable<SchemaProperty> properties)
    {
        var met = new List<string>();
        foreach (var property in properties)
        {
            Meet(property.Type, met);
        }

        return [.. met];
    }

    private void Meet(SchemaType type, List<string> met)
    {
        switch (type)
        {
            case SchemaType.List list:
                Meet(list.Item, met);
                break;
            case SchemaType.Map map:
                Meet(map.Value, met);
                break;
            case SchemaType.Either either:
                Meet(either.First, met);
                Meet(either.Second, met);
                break;
            case SchemaType.Choice { Token: var token } when !met.Contains(token):
                met.Add(token);
                break;
            case SchemaType.OpenChoice { Token: var token } when !met.Contains(token):
                met.Add(token);
                break;
            case SchemaType.Named { Token: var token } when !met.Contains(token):
                met.Add(token);
                foreach (var property in schema.Object(token).Properties)
                {
                    Meet(property.Type, met);
                }

                break;
        }
    }

    /// <summary>To the heading of the type in the same document.</summary>
    private static string Link(string token) => $"[{Names.Class(token)}](#{Names.Class(token).ToLowerInvariant()})";
}
