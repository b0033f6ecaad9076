using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>The file of one enum: a struct around its string, because the set of strings may grow with the service.</summary>
internal static class EnumFile
{
    public static string Write(SchemaEnum declaration, string rootNamespace)
    {
        var name = Names.Class(declaration.Token);
        var code = new CodeWriter(rootNamespace, "System", "System.ComponentModel", "Pulumi");
        code.Line();
        code.Lines(XmlDoc.Comment(declaration.Description));
        code.Line("[EnumType]");
        using (code.Block($"public readonly struct {name} : IEquatable<{name}>"))
        {
            code.Line("private readonly string _value;");
            code.Line();
            code.Line($"private {name}(string value) => _value = value;");
            foreach (var member in declaration.Members)
            {
                code.Line();
                code.Lines(XmlDoc.Comment(member.Description));
                Obsolete.Write(code, member.Deprecation);
                code.Line($"public static {name} {Names.EnumMember(member, declaration)} {{ get; }} = new {name}({Literals.Text(member.Value)});");
            }

            WriteEquality(code, name);
        }

        return code.ToString();
    }

    private static void WriteEquality(CodeWriter code, string name)
    {
        code.Line();
        code.Lines(XmlDoc.Comment("Whether both are the same string."));
        code.Line($"public static bool operator ==({name} left, {name} right) => left.Equals(right);");
        code.Line();
        code.Lines(XmlDoc.Comment("Whether the strings differ."));
        code.Line($"public static bool operator !=({name} left, {name} right) => !left.Equals(right);");
        code.Line();
        code.Lines(XmlDoc.Comment("The string on the wire."));
        code.Line($"public static explicit operator string({name} value) => value._value;");
        code.Line();
        code.Line("/// <inheritdoc/>");
        code.Line("[EditorBrowsable(EditorBrowsableState.Never)]");
        code.Line($"public override bool Equals(object? obj) => obj is {name} other && Equals(other);");
        code.Line();
        code.Line("/// <inheritdoc/>");
        code.Line($"public bool Equals({name} other) => string.Equals(_value, other._value, StringComparison.Ordinal);");
        code.Line();
        code.Line("/// <inheritdoc/>");
        code.Line("[EditorBrowsable(EditorBrowsableState.Never)]");
        code.Line("public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;");
        code.Line();
        code.Lines(XmlDoc.Comment("The string on the wire."));
        code.Line("public override string ToString() => _value;");
    }
}
