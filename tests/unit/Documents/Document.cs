using System.Collections.Immutable;

namespace PulumiEvs.Tests.Unit.Documents;

/// <summary>One of the repository's documents, as it was when the tests were built.</summary>
internal sealed record Document(string Name, ImmutableArray<string> Lines)
{
    /// <param name="name">Its path in the repository.</param>
    public static Document Read(string name) => new(name, [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "documents", name))]);

    /// <summary>The code blocks of a language, each without its fences.</summary>
    public IEnumerable<string> Blocks(string language)
    {
        List<string>? block = null;
        foreach (var line in Lines)
        {
            if (block is null && line == "```" + language)
            {
                block = [];
            }
            else if (block is not null && line == "```")
            {
                yield return string.Join('\n', block);
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }
    }
}
