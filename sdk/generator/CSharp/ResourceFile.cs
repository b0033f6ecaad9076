using System.Collections.Immutable;
using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>The file of one resource: its class, its arguments and, where a look-up can give more than an id, its state.</summary>
internal sealed class ResourceFile(PackageSchema schema, TypeNames types, string rootNamespace)
{
    private static readonly string[] Usings = ["System", "System.Collections.Immutable", "Pulumi"];

    public string Write(SchemaResource resource)
    {
        var name = Names.Class(resource.Token);
        var code = new CodeWriter(rootNamespace, Usings);
        code.Line();
        WriteResource(code, resource, name);
        code.Line();
        new ArgsClass(name + "Args", "ResourceArgs", $"What a program gives to make a {name}.", resource.Inputs, TypeUse.Input).Write(code, schema, types);
        if (!resource.State.IsEmpty)
        {
            code.Line();
            new ArgsClass(name + "State", "ResourceArgs", $"What a program may know of an existing {name}.", resource.State, TypeUse.State)
                .Write(code, schema, types);
        }

        return code.ToString();
    }

    public string WriteProvider()
    {
        var provider = schema.Provider;
        var code = new CodeWriter(rootNamespace, Usings);
        code.Line();
        code.Lines(XmlDoc.Comment(provider.Description));
        code.Line($"[{schema.CSharpName}ResourceType({Literals.Text(provider.Token)})]");
        using (code.Block("public partial class Provider : global::Pulumi.ProviderResource"))
        {
            // A provider's outputs are strings on the wire, whatever its inputs are.
            WriteOutputs(code, "Provider", [.. provider.Outputs.Select(output => output with { Type = new SchemaType.Text() })]);
            WriteConstructor(code, "Provider", Literals.Text(schema.Name), provider.Inputs);
            WriteOptions(code, provider);
        }

        code.Line();
        new ArgsClass("ProviderArgs", "ResourceArgs", "The provider's configuration.", provider.Inputs, TypeUse.Input, Json: true).Write(code, schema, types);
        return code.ToString();
    }

    private void WriteResource(CodeWriter code, SchemaResource resource, string name)
    {
        code.Lines(XmlDoc.Comment(resource.Description));
        Obsolete.Write(code, resource.Deprecation);
        code.Line($"[{schema.CSharpName}ResourceType({Literals.Text(resource.Token)})]");
        using (code.Block($"public partial class {name} : global::Pulumi.CustomResource"))
        {
            WriteOutputs(code, name, resource.Outputs);
            WriteConstructor(code, name, Literals.Text(resource.Token), resource.Inputs);
            WriteLookUp(code, resource, name);
            WriteOptions(code, resource);
        }
    }

    private void WriteOutputs(CodeWriter code, string name, ImmutableArray<SchemaProperty> outputs)
    {
        foreach (var output in outputs)
        {
            if (Names.Property(output) == name)
            {
                throw new SchemaException(output.Name, $"in C# a member cannot have the name of its class: give the property a `language.csharp.name`");
            }

            code.Separate();
            code.Lines(XmlDoc.Comment(output.Description));
            Obsolete.Write(code, output.Deprecation);
            code.Line($"[Output({Literals.Text(output.Name)})]");
            code.Line($"public Output<{types.Value(output, TypeUse.Output)}> {Names.Property(output)} {{ get; private set; }} = null!;");
        }
    }

    private static void WriteConstructor(CodeWriter code, string name, string token, ImmutableArray<SchemaProperty> inputs)
    {
        var args = inputs.Any(input => input.Required) ? $"{name}Args args" : $"{name}Args? args = null";
        code.Separate();
        code.Lines(XmlDoc.Comment($"Adds a {name} to the stack."));
        code.Line("""/// <param name="name">The name of the resource in the stack; no other of its type may have it.</param>""");
        code.Line("""/// <param name="args">What the resource shall be.</param>""");
        code.Line("""/// <param name="options">What the engine shall do with it.</param>""");
        code.Line($"public {name}(string name, {args}, CustomResourceOptions? options = null)");
        using (code.Indent())
        {
            code.Line($": base({token}, name, args ?? new {name}Args(), MakeResourceOptions(options, \"\"))");
        }

        code.Line("{");
        code.Line("}");
    }

    private static void WriteLookUp(CodeWriter code, SchemaResource resource, string name)
    {
        var (parameter, argument) = resource.State.IsEmpty ? ("", "null") : ($"{name}State? state = null, ", "state");
        code.Line();
        code.Line($"private {name}(string name, Input<string> id, {parameter}CustomResourceOptions? options = null)");
        using (code.Indent())
        {
            code.Line($": base({Literals.Text(resource.Token)}, name, {argument}, MakeResourceOptions(options, id))");
        }

        code.Line("{");
        code.Line("}");
        code.Line();
        code.Lines(XmlDoc.Comment($"Reads a {name} that exists without managing it: the stack never changes or deletes it."));
        code.Line("""/// <param name="name">The name of the resource in the stack; no other of its type may have it.</param>""");
        code.Line("""/// <param name="id">The id that the provider knows it by.</param>""");
        if (!resource.State.IsEmpty)
        {
            code.Line("""/// <param name="state">What else is known of it.</param>""");
        }

        code.Line("""/// <param name="options">What the engine shall do with it.</param>""");
        code.Line($"public static {name} Get(string name, Input<string> id, {parameter}CustomResourceOptions? options = null) =>");
        using (code.Indent())
        {
            code.Line(resource.State.IsEmpty ? $"new {name}(name, id, options);" : $"new {name}(name, id, state, options);");
        }
    }

    private void WriteOptions(CodeWriter code, SchemaResource resource)
    {
        var secrets = resource.Outputs.Where(output => output.Secret).Select(output => Literals.Text(output.Name)).ToArray();
        var replacing = resource.Outputs.Concat(resource.Inputs).Where(property => property.ReplaceOnChanges)
            .Select(property => Literals.Text(property.Name)).Distinct().ToArray();
        code.Line();
        using (code.Block("private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options, Input<string>? id)"))
        {
            using (code.Block("var defaults = new CustomResourceOptions", "};"))
            {
                code.Line("Version = Utilities.Version,");
                code.Line($"PluginDownloadURL = {Literals.Text(schema.PluginDownloadUrl)},");
                WriteItems(code, "Aliases", [.. resource.Aliases.Select(alias => $"new global::Pulumi.Alias {{ Type = {Literals.Text(alias)} }}")]);
                WriteItems(code, "AdditionalSecretOutputs", secrets);
                WriteItems(code, "ReplaceOnChanges", replacing);
            }

            code.Line("var merged = CustomResourceOptions.Merge(defaults, options);");
            code.Line("merged.Id = id ?? merged.Id;");
            code.Line("return merged;");
        }
    }

    private static void WriteItems(CodeWriter code, string option, string[] items)
    {
        if (items.Length > 0)
        {
            code.Line($"{option} = {{ {string.Join(", ", items)} }},");
        }
    }
}
