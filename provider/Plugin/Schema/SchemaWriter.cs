using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using PulumiEvs.Plugin.Schema.Examples;
using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Plugin.Schema;

/// <summary>
/// Writes the package schema (protocol C) from the declarations. Nothing is stated here that a declaration states: this knows
/// only what the schema format looks like.
/// </summary>
internal static class SchemaWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",

        // The schema is read by people and tools, never put into a page as it is.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as UTF-8 JSON.</summary>
    public static ReadOnlyMemory<byte> Write(PackageDeclaration package, PackageMetadata metadata)
    {
        var text = new ResourceText(new ExampleText(package, metadata.GoImportPath));
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteHead(json, package, metadata);
            WriteConfig(json, package);
            WriteTypes(json, package);
            WriteProvider(json, package);
            WriteMap(json, "resources", package.Resources, resource => resource.Token, resource => WriteResource(json, resource, ListingOf(package, resource), text));
            WriteMap(json, "functions", package.Functions, function => function.Token, function => WriteFunction(json, function, text));
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteHead(Utf8JsonWriter json, PackageDeclaration package, PackageMetadata metadata)
    {
        json.WriteString("name", package.Name);
        json.WriteString("displayName", package.DisplayName);
        json.WriteString("version", metadata.Version);
        json.WriteString("description", package.Description);
        json.WriteStartArray("keywords");
        foreach (var keyword in metadata.Keywords)
        {
            json.WriteStringValue(keyword);
        }

        json.WriteEndArray();
        json.WriteString("homepage", metadata.Homepage);
        json.WriteString("license", metadata.License);
        json.WriteString("repository", metadata.Repository);
        json.WriteString("pluginDownloadURL", metadata.PluginDownloadUrl);
        json.WriteString("publisher", metadata.Publisher);
        json.WritePropertyName("meta");
        json.WriteStartObject();
        json.WriteString("moduleFormat", "(.*)");
        json.WriteEndObject();
        json.WritePropertyName("language");
        json.WriteRawValue(metadata.LanguageJson);
    }

    private static void WriteConfig(Utf8JsonWriter json, PackageDeclaration package)
    {
        json.WriteStartObject("config");
        WriteProperties(json, "variables", package.Configuration, PropertyView.Configuration);
        json.WriteEndObject();
    }

    private static void WriteProvider(Utf8JsonWriter json, PackageDeclaration package)
    {
        json.WriteStartObject("provider");
        json.WriteString("description", package.Description);
        WriteProperties(json, "inputProperties", package.Configuration, PropertyView.Configuration);
        json.WriteEndObject();
    }

    private static void WriteTypes(Utf8JsonWriter json, PackageDeclaration package)
    {
        var collector = new TypeCollector();
        collector.Add(package.Configuration);
        foreach (var resource in package.Resources)
        {
            collector.Add(resource.Properties);
        }

        foreach (var listing in package.Listings)
        {
            collector.Add(listing.Filters);
        }

        foreach (var function in package.Functions)
        {
            collector.Add(function.Arguments);
            collector.Add(function.Results);
        }

        json.WriteStartObject("types");
        foreach (var (token, type) in collector.Types)
        {
            json.WriteStartObject(token);
            switch (type)
            {
                case PropertyType.Choice { Enum: var declaration }:
                    WriteEnum(json, declaration);
                    break;
                case PropertyType.Object { Declaration: var declaration }:
                    json.WriteString("type", "object");
                    json.WriteString("description", declaration.Description);
                    WriteProperties(json, "properties", declaration.Properties, PropertyView.Type);
                    WriteNames(json, "required", declaration.Properties.Where(property => property.AlwaysReturned || property.Required));
                    break;
                default:
                    throw new UnreachableException();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteEnum(Utf8JsonWriter json, EnumDeclaration declaration)
    {
        json.WriteString("type", "string");
        json.WriteString("description", declaration.Description);
        json.WriteStartArray("enum");
        foreach (var member in declaration.Values)
        {
            json.WriteStartObject();
            json.WriteString("name", member.Name);
            json.WriteString("value", member.Value);
            json.WriteString("description", member.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ListingDeclaration? ListingOf(PackageDeclaration package, ResourceDeclaration resource) =>
        package.Listings.FirstOrDefault(listing => listing.Token == resource.Token);

    private static void WriteResource(Utf8JsonWriter json, ResourceDeclaration resource, ListingDeclaration? listing, ResourceText text)
    {
        var outputs = resource.Properties.Where(property => property.IsOutput).ToImmutableArray();
        json.WriteString("description", text.Describe(resource));
        WriteProperties(json, "properties", outputs, PropertyView.Output);
        WriteNames(json, "required", outputs.Where(property => property.AlwaysReturned));
        WriteProperties(json, "inputProperties", [.. resource.Inputs], PropertyView.Input);
        WriteNames(json, "requiredInputs", resource.Inputs.Where(property => property.Required));
        if (listing is not null)
        {
            WriteArguments(json, "listInputs", listing.Filters);
        }
    }

    private static void WriteFunction(Utf8JsonWriter json, FunctionDeclaration function, ResourceText text)
    {
        json.WriteString("description", text.Describe(function));
        if (!function.Arguments.IsEmpty)
        {
            WriteArguments(json, "inputs", function.Arguments);
        }

        json.WriteStartObject("outputs");
        json.WriteString("type", "object");
        WriteProperties(json, "properties", function.Results, PropertyView.Output);
        WriteNames(json, "required", function.Results.Where(property => property.AlwaysReturned));
        json.WriteEndObject();
    }

    private static void WriteArguments(Utf8JsonWriter json, string name, ImmutableArray<PropertyDeclaration> arguments)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "object");
        WriteProperties(json, "properties", arguments, PropertyView.Argument);
        WriteNames(json, "required", arguments.Where(property => property.Required));
        json.WriteEndObject();
    }

    private static void WriteProperties(
        Utf8JsonWriter json, string name, ImmutableArray<PropertyDeclaration> properties, PropertyView view)
    {
        json.WriteStartObject(name);
        foreach (var property in properties)
        {
            json.WriteStartObject(property.Name);
            WriteType(json, property.Type);
            json.WriteString("description", PropertyText.Describe(property, view));
            if (property.Secret)
            {
                json.WriteBoolean("secret", true);
            }

            if (view == PropertyView.Input && property.Change is { AlwaysReplaces: true })
            {
                json.WriteBoolean("willReplaceOnChanges", true);
            }

            WriteEnvironment(json, property, view);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Not for secrets: SDKs evaluate the variables in the program, which would put the value into the state (protocol C2.3).</summary>
    private static void WriteEnvironment(Utf8JsonWriter json, PropertyDeclaration property, PropertyView view)
    {
        if (view != PropertyView.Configuration || property.Secret || property.Environment.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("defaultInfo");
        json.WriteStartArray("environment");
        foreach (var variable in property.Environment)
        {
            json.WriteStringValue(variable);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, PropertyType type)
    {
        switch (type)
        {
            case PropertyType.Text:
                json.WriteString("type", "string");
                break;
            case PropertyType.Boolean:
                json.WriteString("type", "boolean");
                break;
            case PropertyType.Integer:
                json.WriteString("type", "integer");
                break;
            case PropertyType.Number:
                json.WriteString("type", "number");
                break;
            case PropertyType.Any:
                json.WriteString("$ref", "pulumi.json#/Any");
                break;
            case PropertyType.List { Item: var item }:
                json.WriteString("type", "array");
                json.WriteStartObject("items");
                WriteType(json, item);
                json.WriteEndObject();
                break;
            case PropertyType.Map { Value: var value }:
                json.WriteString("type", "object");
                json.WriteStartObject("additionalProperties");
                WriteType(json, value);
                json.WriteEndObject();
                break;
            case PropertyType.Object { Declaration: var declaration }:
                json.WriteString("$ref", Reference(declaration.Token));
                break;
            case PropertyType.Choice { Enum: var declaration, IsOpen: false }:
                json.WriteString("$ref", Reference(declaration.Token));
                break;
            case PropertyType.Choice { Enum: var declaration }:
                WriteRelaxedEnum(json, declaration);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void WriteRelaxedEnum(Utf8JsonWriter json, EnumDeclaration declaration)
    {
        json.WriteStartArray("oneOf");
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("$ref", Reference(declaration.Token));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Reference(string token) => "#/types/" + token.Replace("/", "%2F", StringComparison.Ordinal);

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<PropertyDeclaration> properties)
    {
        json.WriteStartArray(name);
        foreach (var property in properties)
        {
            json.WriteStringValue(property.Name);
        }

        json.WriteEndArray();
    }

    private static void WriteMap<T>(
        Utf8JsonWriter json, string name, ImmutableArray<T> items, Func<T, string> token, Action<T> write)
    {
        json.WriteStartObject(name);
        foreach (var item in items)
        {
            json.WriteStartObject(token(item));
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
