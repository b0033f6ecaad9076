using System.Collections.Immutable;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Documents;

/// <summary>All documents of the repository that are written in Markdown.</summary>
internal static class Manuals
{
    private static readonly string[] Folders = ["docs", "examples", "sdk/dotnet"];

    /// <summary>Their paths from the root of the repository, with forward slashes.</summary>
    public static ImmutableArray<string> Paths { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Folders.SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*.md", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static ImmutableArray<string> Lines(string path) => [.. File.ReadAllLines(Repository.Path(path))];

    public static IEnumerable<CodeBlock> Code(string path)
    {
        var (begin, language, block) = (0, "", new List<string>());
        foreach (var (line, number) in Lines(path).Select((line, index) => (line, index + 1)))
        {
            if (begin == 0 && line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                (begin, language, block) = (number, line.TrimStart()[3..].Split(' ')[0], []);
            }
            else if (begin > 0 && line.Trim() == "```")
            {
                yield return new CodeBlock($"{path}:{begin}", language, string.Join('\n', block));
                begin = 0;
            }
            else if (begin > 0)
            {
                block.Add(line);
            }
        }

        begin.ShouldBe(0, $"{path}: a block of code that does not end");
    }

    /// <summary>The lines that are prose: neither code nor its fences.</summary>
    public static IEnumerable<string> Prose(string path)
    {
        var code = false;
        foreach (var line in Lines(path))
        {
            var fence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (!code && !fence)
            {
                yield return line;
            }

            code ^= fence;
        }
    }
}
