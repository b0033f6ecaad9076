namespace PulumiEvs.Plugin.Schema.Examples;

/// <summary>Puts code together from pieces that may have several lines.</summary>
internal static class Layout
{
    /// <summary>The pieces, indented, between two lines; with no piece the two make one line.</summary>
    public static string Block(string open, IEnumerable<string> pieces, string close, string indent)
    {
        var body = string.Join('\n', pieces);
        return body.Length == 0 ? open + close : $"{open}\n{Indent(body, indent)}\n{close}";
    }

    public static string Indent(string text, string indent) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : indent + line));

    /// <summary>A string literal as most languages write it.</summary>
    public static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
