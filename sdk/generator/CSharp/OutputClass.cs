using System.Collections.Immutable;
using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>A class whose values come from the provider: the result of a function, or an object within outputs.</summary>
internal sealed record OutputClass(string Name, string Description, ImmutableArray<SchemaProperty> Properties)
{
    public void Write(CodeWriter code, TypeNames types)
    {
        code.Lines(XmlDoc.Comment(Description));
        code.Line("[OutputType]");
        using (code.Block($"public sealed class {Name}"))
        {
            foreach (var property in Properties)
            {
                code.Separate();
                code.Lines(XmlDoc.Comment(property.Description));
                Obsolete.Write(code, property.Deprecation);
                code.Line($"public readonly {types.Value(property, TypeUse.Output)} {Names.Property(property)};");
            }

            WriteConstructor(code, types);
        }
    }

    private void WriteConstructor(CodeWriter code, TypeNames types)
    {
        code.Separate();
        code.Line("[OutputConstructor]");
        code.Line($"private {Name}(");
        using (code.Indent())
        {
            for (var index = 0; index < Properties.Length; index++)
            {
                var property = Properties[index];
                var end = index == Properties.Length - 1 ? ")" : ",";
                code.Line($"{types.Value(property, TypeUse.Output)} {Names.Parameter(property)}{end}");
            }
        }

        code.Line("{");
        using (code.Indent())
        {
            foreach (var property in Properties)
            {
                code.Line($"{Names.Property(property)} = {Names.Parameter(property)};");
            }
        }

        code.Line("}");
    }
}
