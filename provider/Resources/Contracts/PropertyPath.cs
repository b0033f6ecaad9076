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
    public static string TopLevel(string path)
    {
        if (path.StartsWith("[\"", StringComparison.Ordinal))
        {
            var text = new StringBuilder();
            for (var i = 2; i < path.Length && path[i] != '"'; i++)
            {
                if (path[i] == '\\' && i + 1 < path.Length)
                {
                    i++;
                }

                text.Append(path[i]);
            }

            return text.ToString();
        }

        var end = path.AsSpan().IndexOfAny('.', '[');
        return end < 0 ? path : path[..end];
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
