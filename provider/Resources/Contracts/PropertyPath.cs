using System.Collections.Immutable;
using System.Text;

namespace PulumiEvs.Resources.Contracts;

/// <summary>Property paths in the engine's syntax: <c>a.b</c>, <c>a[0]</c>, <c>a["key.with.dot"]</c> (protocol B5).</summary>
internal static class PropertyPath
{
    /// <summary>The path of <paramref name="key"/> within <paramref name="parent"/>.</summary>
    public static string Child(string parent, string key)
    {
        if (parent.Length == 0)
        {
            return IsPlain(key) ? key : Quoted(key);
        }

        return IsPlain(key) ? $"{parent}.{key}" : parent + Quoted(key);
    }

    public static string Child(string parent, int index) => $"{parent}[{index}]";

    /// <summary>The first segment of a path.</summary>
    public static string TopLevel(string path) => Segments(path) is [var first, ..] ? first : "";

    /// <summary>The keys and indices along a path, unquoted: <c>tags["a.b"]</c> is <c>tags</c>, <c>a.b</c>.</summary>
    public static ImmutableArray<string> Segments(string path)
    {
        var segments = ImmutableArray.CreateBuilder<string>();
        var text = new StringBuilder();
        var position = 0;
        while (position < path.Length)
        {
            text.Clear();
            switch (path[position])
            {
                case '.':
                    position++;
                    continue;
                case '[' when position + 1 < path.Length && path[position + 1] == '"':
                    position += 2;
                    while (position < path.Length && path[position] != '"')
                    {
                        position += path[position] == '\\' && position + 1 < path.Length ? 1 : 0;
                        text.Append(path[position++]);
                    }

                    position += 2;
                    break;
                case '[':
                    var close = path.IndexOf(']', position);
                    close = close < 0 ? path.Length : close;
                    text.Append(path, position + 1, close - position - 1);
                    position = close + 1;
                    break;
                default:
                    while (position < path.Length && path[position] is not ('.' or '['))
                    {
                        text.Append(path[position++]);
                    }

                    break;
            }

            segments.Add(text.ToString());
        }

        return segments.ToImmutable();
    }

    private static bool IsPlain(string key)
    {
        if (key.Length == 0 || char.IsAsciiDigit(key[0]))
        {
            return false;
        }

        foreach (var c in key)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '$'))
            {
                return false;
            }
        }

        return true;
    }

    private static string Quoted(string key) =>
        $"[\"{key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]";
}
