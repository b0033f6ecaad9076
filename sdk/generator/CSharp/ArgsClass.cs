using System.Collections.Immutable;
using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>A class whose properties a program sets: the arguments of a resource or function, or an object within them.</summary>
/// <param name="Base">The base class in Pulumi: ResourceArgs or InvokeArgs.</param>
/// <param name="Json">True for providers, whose inputs are strings on the wire: every other type is sent as JSON.</param>
internal sealed record ArgsClass(
    string Name, string Base, string Description, ImmutableArray<SchemaProperty> Properties, TypeUse Use, bool Json = false)
{
    public void Write(CodeWriter code, PackageSchema schema, TypeNames types)
    {
        code.Lines(XmlDoc.Comment(Description));
        using (code.Block($"public sealed class {Name} : global::Pulumi.{Base}"))
        {
            foreach (var property in Properties)
            {
                WriteProperty(code, property, types);
            }

            WriteConstructor(code, schema, types);
        }
    }

    private void WriteProperty(CodeWriter code, SchemaProperty property, TypeNames types)
    {
        var attribute = Attribute(property);
        code.Separate();
        if (property.Type is SchemaType.List or SchemaType.Map)
        {
            WriteCollection(code, property, attribute, types);
        }
        else if (property.Secret && Use != TypeUse.Plain)
        {
            WriteSecret(code, property, attribute, types);
        }
        else
        {
            Document(code, property);
            code.Line(attribute);
            code.Line(Use == TypeUse.Plain ? PlainProperty(property, types) : InputProperty(property, types));
        }
    }

    private string InputProperty(SchemaProperty property, TypeNames types)
    {
        var type = types.Input(property.Type, Use);
        return property.Required
            ? $"public {type} {Names.Property(property)} {{ get; set; }} = null!;"
            : $"public {type}? {Names.Property(property)} {{ get; set; }}";
    }

    private static string PlainProperty(SchemaProperty property, TypeNames types)
    {
        var isValueType = property.Type is SchemaType.Boolean or SchemaType.Integer or SchemaType.Number
            or SchemaType.Choice or SchemaType.OpenChoice or SchemaType.Either;
        var initializer = property.Required && !isValueType ? " = null!;" : "";
        return $"public {types.Value(property, TypeUse.Plain)} {Names.Property(property)} {{ get; set; }}{initializer}";
    }

    /// <summary>A list or map is never null to the program, and never sent when the program did not touch it: the field is what is sent.</summary>
    private void WriteCollection(CodeWriter code, SchemaProperty property, string attribute, TypeNames types)
    {
        var type = Use == TypeUse.Plain ? types.Value(property.Type, Use) : types.Input(property.Type, Use);
        var field = Names.Field(property);
        code.Line(attribute);
        code.Line($"private {type}? {field};");
        code.Line();
        Document(code, property);
        using (code.Block($"public {type} {Names.Property(property)}"))
        {
            code.Line($"get => {field} ??= new {type}();");
            code.Line($"set => {field} = {(property.Secret && Use != TypeUse.Plain ? Secret(property, type, types) : "value")};");
        }
    }

    private void WriteSecret(CodeWriter code, SchemaProperty property, string attribute, TypeNames types)
    {
        var type = types.Input(property.Type, Use);
        var field = Names.Field(property);
        code.Line(attribute);
        code.Line($"private {type}? {field};");
        code.Line();
        Document(code, property);
        using (code.Block($"public {type}? {Names.Property(property)}"))
        {
            code.Line($"get => {field};");
            code.Line($"set => {field} = {Secret(property, type, types)};");
        }
    }

    /// <summary>The value with a secret mark, so that the engine encrypts it wherever it stores it.</summary>
    private string Secret(SchemaProperty property, string type, TypeNames types) =>
        $"value is null ? null : ({type})Output.CreateSecret<{types.Value(property.Type, Use)}>(value)";

    private void WriteConstructor(CodeWriter code, PackageSchema schema, TypeNames types)
    {
        var defaults = (from property in Properties
                        let value = Literals.Default(property, schema, types)
                        where value is not null
                        select (property, value)).ToArray();
        var summary = XmlDoc.Comment(defaults.Length == 0 ? "With nothing set." : "With nothing set but the defaults.").ToArray();
        code.Separate();
        code.Lines(summary);
        using (code.Block($"public {Name}()"))
        {
            foreach (var (property, value) in defaults)
            {
                WriteDefault(code, property, value);
            }
        }

        code.Line();
        code.Lines(summary);
        code.Line($"public static new {Name} Empty => new {Name}();");
    }

    private static void WriteDefault(CodeWriter code, SchemaProperty property, string value)
    {
        if (property.Default is not null)
        {
            code.Line($"{Names.Property(property)} = {value};");
            return;
        }

        // From the environment alone: unset it stays unset.
        code.Separate();
        using (code.Block($"if ({value} is {{ }} {Names.Parameter(property)})"))
        {
            code.Line($"{Names.Property(property)} = {Names.Parameter(property)};");
        }
    }

    private string Attribute(SchemaProperty property)
    {
        var required = property.Required ? ", required: true" : "";
        var json = Json && property.Type is not SchemaType.Text ? ", json: true" : "";
        return $"[Input({Literals.Text(property.Name)}{required}{json})]";
    }

    private static void Document(CodeWriter code, SchemaProperty property)
    {
        code.Lines(XmlDoc.Comment(property.Description));
        Obsolete.Write(code, property.Deprecation);
    }
}
