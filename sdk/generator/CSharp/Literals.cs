using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>Values of the schema as C# expressions.</summary>
internal static class Literals
{
    public static string Text(string value) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)}\"";

    /// <summary>What an unset property becomes: the first of the variables that is set, then the default; null when there is neither.</summary>
    public static string? Default(SchemaProperty property, PackageSchema schema, TypeNames types)
    {
        var environment = property.Environment.IsEmpty
            ? null
            : $"{EnvironmentReader(property)}({string.Join(", ", property.Environment.Select(Text))})";
        var value = property.Default is { } given ? Value(given, property, schema, types) : null;
        return (environment, value) switch
        {
            (null, _) => value,
            (_, null) => environment,
            _ => $"{environment} ?? {value}",
        };
    }

    private static string EnvironmentReader(SchemaProperty property) => property.Type switch
    {
        SchemaType.Text => "Utilities.GetEnv",
        SchemaType.Boolean => "Utilities.GetEnvBoolean",
        SchemaType.Integer => "Utilities.GetEnvInt32",
        SchemaType.Number => "Utilities.GetEnvDouble",
        _ => throw new SchemaException(property.Name, "a default can be taken from the environment for strings, numbers and booleans"),
    };

    private static string Value(JsonElement value, SchemaProperty property, PackageSchema schema, TypeNames types) => property.Type switch
    {
        SchemaType.Text or SchemaType.OpenChoice => Text(value.GetString()!),
        SchemaType.Boolean => value.GetBoolean() ? "true" : "false",
        SchemaType.Integer => value.GetInt32().ToString(CultureInfo.InvariantCulture),
        SchemaType.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        SchemaType.Choice { Token: var token } => $"{types.Enum(token)}.{Member(schema.Enum(token), value.GetString()!)}",
        _ => throw new SchemaException(property.Name, "the generator knows defaults of strings, numbers, booleans and enums"),
    };

    private static string Member(SchemaEnum declaration, string value) =>
        Names.EnumMember(declaration.Members.First(member => member.Value == value), declaration);
}
