using System.Globalization;
using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>What things of the schema are called in C#: the names that Pulumi's own generator gives them.</summary>
internal static class Names
{
    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null",
        "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed",
        "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong",
        "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    ];

    /// <summary>The class of a resource, type or function: <c>Volume</c> of <c>evs:index:Volume</c>.</summary>
    public static string Class(string token) => Capital(Token(token));

    /// <summary>The last part of a token as it is: <c>getVolume</c> of <c>evs:index:getVolume</c>.</summary>
    public static string Token(string token) => token[(token.LastIndexOf(':') + 1)..];

    public static string Property(SchemaProperty property) => property.CSharpName ?? Capital(property.Name);

    public static string Field(SchemaProperty property) => "_" + property.Name;

    /// <summary>A parameter that has to have the name on the wire.</summary>
    public static string Parameter(SchemaProperty property) => Keywords.Contains(property.Name) ? "@" + property.Name : property.Name;

    public static string EnumMember(SchemaEnumMember member, SchemaEnum declaration)
    {
        var name = Capital(string.Concat(member.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')));
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]))
        {
            throw new SchemaException("/types/" + declaration.Token, $"`{member.Value}` needs a `name` that begins with a letter");
        }

        // Every enum has the method Equals.
        return name == "Equals" ? "EqualsValue" : name;
    }

    private static string Capital(string name) => string.Concat(name[..1].ToUpper(CultureInfo.InvariantCulture), name.AsSpan(1));
}
