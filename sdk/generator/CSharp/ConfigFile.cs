using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>The class through which a program reads the provider's stack configuration.</summary>
internal sealed class ConfigFile(PackageSchema schema, TypeNames types, string rootNamespace)
{
    public string Write()
    {
        var code = new CodeWriter(rootNamespace, "System", "System.Collections.Immutable");
        code.Line();
        code.Lines(XmlDoc.Comment($"The stack's configuration of the default provider: `pulumi config set {schema.Name}:…`."));
        using (code.Block("public static class Config"))
        {
            code.Line($"private static readonly global::Pulumi.Config Stored = new global::Pulumi.Config({Literals.Text(schema.Name)});");
            foreach (var variable in schema.Configuration)
            {
                WriteVariable(code, variable);
            }

            foreach (var choice in schema.Configuration.Select(variable => variable.Type).OfType<SchemaType.Choice>().Distinct())
            {
                WriteEnumReader(code, schema.Enum(choice.Token));
            }

            WriteSetting(code);
        }

        return code.ToString();
    }

    private void WriteVariable(CodeWriter code, SchemaProperty variable)
    {
        var optional = variable with { Required = false };
        var type = types.Value(optional, TypeUse.Output);
        var field = Names.Field(variable);
        code.Line();
        code.Line($"private static readonly Setting<{type}> {field} = new Setting<{type}>(() => {Read(variable)});");
        code.Line();
        code.Lines(XmlDoc.Comment(variable.Description));
        Obsolete.Write(code, variable.Deprecation);
        using (code.Block($"public static {type} {Names.Property(variable)}"))
        {
            code.Line($"get => {field}.Value;");
            code.Line($"set => {field}.Value = value;");
        }
    }

    private string Read(SchemaProperty variable)
    {
        var name = Literals.Text(variable.Name);
        var read = variable.Type switch
        {
            SchemaType.Text or SchemaType.OpenChoice => $"Stored.Get({name})",
            SchemaType.Choice choice => $"{Names.Class(choice.Token)}Of(Stored.Get({name}))",
            SchemaType.Boolean => $"Stored.GetBoolean({name})",
            SchemaType.Integer => $"Stored.GetInt32({name})",
            SchemaType.Number => $"Stored.GetDouble({name})",
            SchemaType.List { Item: not (SchemaType.Named or SchemaType.Choice) } or SchemaType.Map { Value: not (SchemaType.Named or SchemaType.Choice) } =>
                $"Stored.GetObject<{types.Value(variable.Type, TypeUse.Output)}>({name})",
            _ => throw new SchemaException("/config/variables/" + variable.Name, "the generator knows configuration of strings, numbers, booleans and enums, and lists and maps of plain values"),
        };
        return Literals.Default(variable, schema, types) is { } fallback ? $"{read} ?? {fallback}" : read;
    }

    /// <summary>The configuration holds the bare string, so nothing that reads JSON can read it.</summary>
    private void WriteEnumReader(CodeWriter code, SchemaEnum declaration)
    {
        var type = types.Enum(declaration.Token);
        code.Line();
        using (code.Block($"private static {type}? {Names.Class(declaration.Token)}Of(string? text) => text switch", "};"))
        {
            code.Line("null => null,");
            foreach (var member in declaration.Members)
            {
                code.Line($"{Literals.Text(member.Value)} => {type}.{Names.EnumMember(member, declaration)},");
            }

            code.Line($"_ => throw new ArgumentException($\"\\\"{{text}}\\\" is none of {string.Join(", ", declaration.Members.Select(member => member.Value))}.\"),");
        }
    }

    private static void WriteSetting(CodeWriter code)
    {
        code.Line();
        code.Lines(XmlDoc.Comment("What the stack's configuration says, until the program says otherwise."));
        using (code.Block("private sealed class Setting<T>"))
        {
            code.Line("private readonly Func<T> _stored;");
            code.Line("private bool _isGiven;");
            code.Line("private T _given = default!;");
            code.Line();
            code.Line("public Setting(Func<T> stored) => _stored = stored;");
            code.Line();
            using (code.Block("public T Value"))
            {
                code.Line("get => _isGiven ? _given : _stored();");
                code.Line("set => (_given, _isGiven) = (value, true);");
            }
        }
    }
}
