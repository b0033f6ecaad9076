using System.Collections.Immutable;
using System.Text.Json;

namespace PulumiEvs.Generator.Schema;

/// <summary>Reads the JSON of a package schema (Pulumi's package metaschema), strictly: see <see cref="SchemaObject"/>.</summary>
internal sealed class SchemaReader
{
    private const string TypePrefix = "#/types/";

    private readonly HashSet<string> _enums;
    private readonly HashSet<string> _objects;

    private SchemaReader(SchemaObject root)
    {
        var tokens = root.Entries("types").ToLookup(type => type.Value.Has("enum"), type => type.Name);
        _enums = [.. tokens[true]];
        _objects = [.. tokens[false]];
    }

    public static PackageSchema Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = new SchemaObject(document.RootElement.Clone(), "");
        var schema = new SchemaReader(root).Package(root);
        root.Close();
        return schema;
    }

    private PackageSchema Package(SchemaObject root)
    {
        var name = root.Text("name");
        var csharp = root.FindObject("language")?.FindObject("csharp") ?? throw new SchemaException("/language", "`csharp` is missing");
        csharp.Skip("respectSchemaVersion");
        root.Skip("meta");
        var configuration = root.FindObject("config");
        var types = root.Entries("types").ToImmutableArray();
        var schema = new PackageSchema
        {
            Name = name,
            DisplayName = root.Text("displayName"),
            Version = root.Text("version"),
            Description = root.Text("description"),
            Keywords = [.. root.Texts("keywords")],
            Homepage = root.Text("homepage"),
            License = root.Text("license"),
            Repository = root.Text("repository"),
            PluginDownloadUrl = root.Text("pluginDownloadURL"),
            Publisher = root.Text("publisher"),
            CSharpName = csharp.FindObject("namespaces")?.Text(name) ?? throw new SchemaException(csharp.Path, "`namespaces` is missing"),
            PulumiRange = csharp.FindObject("packageReferences")?.Text("Pulumi") ?? throw new SchemaException(csharp.Path, "`packageReferences` is missing"),
            Configuration = configuration is null ? [] : Properties(configuration, "variables", "defaults"),
            Enums = [.. types.Where(type => type.Value.Has("enum")).Select(type => Enum(type.Name, type.Value))],
            Objects = [.. types.Where(type => !type.Value.Has("enum")).Select(type => Object(type.Name, type.Value))],
            Provider = Resource("pulumi:providers:" + name, root.FindObject("provider") ?? throw new SchemaException("", "`provider` is missing")),
            Resources = [.. root.Entries("resources").Select(resource => Resource(Token(resource.Name, resource.Value), resource.Value))],
            Functions = [.. root.Entries("functions").Select(function => Function(Token(function.Name, function.Value), function.Value))],
        };
        configuration?.Close();
        csharp.Close();
        return schema;

        // A deeper module would be a C# namespace of its own, which the files are not laid out for.
        string Token(string token, SchemaObject item) => token.StartsWith(name + ":index:", StringComparison.Ordinal)
            ? token
            : throw new SchemaException(item.Path, $"the generator knows only the module `{name}:index`");
    }

    private SchemaResource Resource(string token, SchemaObject json)
    {
        var resource = new SchemaResource(
            token,
            json.Text("description"),
            Outputs: Properties(json, "properties", "required"),
            Inputs: Properties(json, "inputProperties", "requiredInputs"),
            State: json.FindObject("stateInputs") is { } state ? ObjectProperties(state) : [],
            Aliases: [.. json.Items("aliases").Select(alias => alias.GetProperty("type").GetString()!)],
            json.FindText("deprecationMessage"));

        // Programs do not list: this is for the command line alone.
        json.Skip("listInputs");
        json.Close();
        return resource;
    }

    private SchemaFunction Function(string token, SchemaObject json)
    {
        var function = new SchemaFunction(
            token,
            json.Text("description"),
            Arguments: json.FindObject("inputs") is { } inputs ? ObjectProperties(inputs) : [],
            Results: json.FindObject("outputs") is { } outputs ? ObjectProperties(outputs) : [],
            json.FindText("deprecationMessage"));
        json.Close();
        return function;
    }

    private SchemaObjectType Object(string token, SchemaObject json)
    {
        var description = json.Text("description");
        return new SchemaObjectType(token, description, ObjectProperties(json));
    }

    private static SchemaEnum Enum(string token, SchemaObject json)
    {
        if (json.Text("type") != "string")
        {
            throw new SchemaException(json.Path, "the generator knows only enums of strings");
        }

        var members = json.Items("enum").Select((item, index) => Member(new SchemaObject(item, $"{json.Path}/enum/{index}")));
        var declaration = new SchemaEnum(token, json.Text("description"), [.. members]);
        json.Close();
        return declaration;
    }

    private static SchemaEnumMember Member(SchemaObject json)
    {
        var value = json.Text("value");
        var member = new SchemaEnumMember(
            json.FindText("name") ?? value, value, json.Text("description"), json.FindText("deprecationMessage"));
        json.Close();
        return member;
    }

    private ImmutableArray<SchemaProperty> ObjectProperties(SchemaObject json)
    {
        if (json.FindText("type") is { } type and not "object")
        {
            throw new SchemaException(json.Path, $"an object type was expected, not `{type}`");
        }

        json.Skip("description");
        var properties = Properties(json, "properties", "required");
        json.Close();
        return properties;
    }

    private ImmutableArray<SchemaProperty> Properties(SchemaObject json, string properties, string required)
    {
        var names = json.Texts(required).ToHashSet(StringComparer.Ordinal);
        var found = json.Entries(properties).Select(entry => Property(entry.Name, entry.Value, names.Remove(entry.Name))).ToImmutableArray();
        return names.Count == 0
            ? found
            : throw new SchemaException(json.Path, $"`{required}` names `{names.First()}`, which is no property");
    }

    private SchemaProperty Property(string name, SchemaObject json, bool required)
    {
        var environment = json.FindObject("defaultInfo");
        var language = json.FindObject("language")?.FindObject("csharp");
        var property = new SchemaProperty(
            name,
            Type(json),
            json.Text("description"),
            required,
            Secret: json.Flag("secret"),
            ReplaceOnChanges: json.Flag("replaceOnChanges"),
            WillReplaceOnChanges: json.Flag("willReplaceOnChanges"),
            json.Find("default"),
            Environment: [.. environment?.Texts("environment") ?? []],
            json.FindText("deprecationMessage"),
            language?.Text("name"));
        environment?.Close();
        language?.Close();
        json.Close();
        return property;
    }

    private SchemaType Type(SchemaObject json)
    {
        if (json.FindText("$ref") is { } reference)
        {
            return Reference(json, reference);
        }

        if (json.Has("oneOf"))
        {
            return Union([.. json.Items("oneOf").Select((item, index) => Nested(item, $"{json.Path}/oneOf/{index}"))], json.Path);
        }

        return json.Text("type") switch
        {
            "string" => new SchemaType.Text(),
            "boolean" => new SchemaType.Boolean(),
            "integer" => new SchemaType.Integer(),
            "number" => new SchemaType.Number(),
            "array" => new SchemaType.List(Nested(json.Find("items") ?? throw new SchemaException(json.Path, "`items` is missing"), json.Path + "/items")),
            "object" => new SchemaType.Map(json.Find("additionalProperties") is { } values ? Nested(values, json.Path + "/additionalProperties") : new SchemaType.Text()),
            var other => throw new SchemaException(json.Path, $"the generator does not know the type `{other}`"),
        };
    }

    private SchemaType Nested(JsonElement element, string path)
    {
        var json = new SchemaObject(element, path);
        var type = Type(json);
        json.Close();
        return type;
    }

    private SchemaType Reference(SchemaObject json, string reference)
    {
        if (reference == "pulumi.json#/Any")
        {
            return new SchemaType.Any();
        }

        var token = reference.StartsWith(TypePrefix, StringComparison.Ordinal) ? Uri.UnescapeDataString(reference[TypePrefix.Length..]) : "";
        return _enums.Contains(token) ? new SchemaType.Choice(token)
            : _objects.Contains(token) ? new SchemaType.Named(token)
            : throw new SchemaException(json.Path, $"`{reference}` leads nowhere");
    }

    private static SchemaType Union(ImmutableArray<SchemaType> cases, string path) => cases switch
    {
        [SchemaType.Text, SchemaType.Choice { Token: var token }] => new SchemaType.OpenChoice(token),
        [var first, var second] => new SchemaType.Either(first, second),
        _ => throw new SchemaException(path, $"the generator knows unions of two types, not of {cases.Length}"),
    };
}
