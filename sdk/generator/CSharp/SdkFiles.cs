using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>All generated files of the C# SDK, by their path within its folder.</summary>
internal sealed class SdkFiles
{
    /// <summary>The oldest .NET that is still supported: what programs of users may run on.</summary>
    public const string TargetFramework = "net8.0";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly PackageSchema _schema;
    private readonly TypeNames _types;

    public SdkFiles(PackageSchema schema)
    {
        _schema = schema;
        PackageId = "Pulumi." + schema.CSharpName;
        _types = new TypeNames(PackageId);
    }

    /// <summary>Id of the NuGet package, name of the assembly and root namespace.</summary>
    public string PackageId { get; }

    public IEnumerable<(string Path, string Text)> All() =>
    [
        ("Utilities.cs", UtilitiesFile.Write(_schema, PackageId)),
        ("Config/Config.cs", new ConfigFile(_schema, _types, PackageId).Write()),
        ("Provider.cs", new ResourceFile(_schema, _types, PackageId).WriteProvider()),
        .. _schema.Resources.Select(resource => ($"{Names.Class(resource.Token)}.cs", new ResourceFile(_schema, _types, PackageId).Write(resource))),
        .. _schema.Functions.Select(function => ($"{Names.Class(function.Token)}.cs", new FunctionFile(_schema, _types, PackageId).Write(function))),
        .. _schema.Enums.Select(declaration => ($"Enums/{Names.Class(declaration.Token)}.cs", EnumFile.Write(declaration, PackageId))),
        .. new ObjectUses(_schema).All.Select(item => Object(item.Type, item.Use)),
        ("pulumi-plugin.json", PluginJson()),
        ("version.txt", _schema.Version),
        ($"{PackageId}.nuspec", NuspecFile.Write(_schema, PackageId, TargetFramework)),
    ];

    private (string Path, string Text) Object(SchemaObjectType type, TypeUse use)
    {
        var folder = use == TypeUse.Output ? "Outputs" : "Inputs";
        var name = TypeNames.ObjectClass(type.Token, use);
        var code = new CodeWriter($"{PackageId}.{folder}", "System", "System.Collections.Generic", "System.Collections.Immutable", "Pulumi");
        code.Line();
        if (use == TypeUse.Output)
        {
            new OutputClass(name, type.Description, type.Properties).Write(code, _types);
        }
        else
        {
            new ArgsClass(name, use == TypeUse.Plain ? "InvokeArgs" : "ResourceArgs", type.Description, type.Properties, use).Write(code, _schema, _types);
        }

        return ($"{folder}/{name}.cs", code.ToString());
    }

    /// <summary>Tells the language host which plugin the SDK needs and where it comes from.</summary>
    private string PluginJson() => new JsonObject
    {
        ["resource"] = true,
        ["name"] = _schema.Name,
        ["version"] = _schema.Version,
        ["server"] = _schema.PluginDownloadUrl,
    }.ToJsonString(Json) + "\n";
}
