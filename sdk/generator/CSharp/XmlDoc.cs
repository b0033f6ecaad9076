using System.Text.RegularExpressions;

namespace PulumiEvs.Generator.CSharp;

/// <summary>
/// Turns a description of the schema, which is Markdown with the registry's marks around examples, into a C# documentation comment:
/// the text before the first heading is the summary, the sections after it are remarks, the C# code of the examples is kept.
/// </summary>
internal static partial class XmlDoc
{
    private const string ExampleStart = "{{% example %}}";
    private const string ExampleEnd = "{{% /example %}}";

    public static IEnumerable<string> Comment(string markdown) => Elements(markdown).Select(line => line.Length == 0 ? "///" : "/// " + line);

    /// <summary>Markdown within a line, as XML.</summary>
    public static string Inline(string markdown)
    {
        var xml = markdown.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
        xml = Code().Replace(xml, "<c>$1</c>");
        xml = Bold().Replace(xml, "<b>$1</b>");
        return Link().Replace(xml, """<see href="$2">$1</see>""");
    }

    private static IEnumerable<string> Elements(string markdown)
    {
        var lines = markdown.TrimEnd().Split('\n').ToList();
        var examples = TakeExamples(lines);
        lines.RemoveAll(line => line.StartsWith("{{%", StringComparison.Ordinal) || line == "## Example Usage");
        var sections = lines.FindIndex(line => line.StartsWith('#'));
        var summary = sections < 0 ? lines : lines[..sections];
        return Element("summary", summary)
            .Concat(sections < 0 ? [] : Element("remarks", lines[sections..]))
            .Concat(examples.SelectMany(Example));
    }

    private static List<string[]> TakeExamples(List<string> lines)
    {
        var examples = new List<string[]>();
        for (var start = lines.IndexOf(ExampleStart); start >= 0; start = lines.IndexOf(ExampleStart))
        {
            var end = lines.IndexOf(ExampleEnd, start);
            examples.Add([.. lines[(start + 1)..end]]);
            lines.RemoveRange(start, end - start + 1);
        }

        return examples;
    }

    private static IEnumerable<string> Example(string[] lines)
    {
        var title = lines.FirstOrDefault(line => line.StartsWith("### ", StringComparison.Ordinal))?[4..] ?? "Example";
        var code = lines.SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```").ToArray();
        return code.Length == 0 ? [] : ["<example>", Inline(title), .. CodeBlock(code), "</example>"];
    }

    private static string[] Element(string name, IEnumerable<string> lines)
    {
        var blocks = Blocks([.. lines]).ToArray();
        return blocks.Length == 1 ? [$"<{name}>{blocks[0]}</{name}>"] : [$"<{name}>", .. blocks, $"</{name}>"];
    }

    /// <summary>Paragraphs, headings, lists and code, in the order of the text.</summary>
    private static IEnumerable<string> Blocks(string[] lines)
    {
        var one = !lines.SkipWhile(line => line.Length == 0).Reverse().SkipWhile(line => line.Length == 0).Contains("");
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at];
            if (line.Length == 0)
            {
                continue;
            }

            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                var code = lines.Skip(at + 1).TakeWhile(next => next != "```").ToArray();
                at += code.Length + 1;
                foreach (var xml in CodeBlock(code))
                {
                    yield return xml;
                }
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                var items = lines.Skip(at).TakeWhile(next => next.StartsWith("- ", StringComparison.Ordinal)).ToArray();
                at += items.Length - 1;
                yield return """<list type="bullet">""";
                foreach (var item in items)
                {
                    yield return $"<item><description>{Inline(item[2..])}</description></item>";
                }

                yield return "</list>";
            }
            else
            {
                var text = line.StartsWith('#') ? $"<b>{Inline(line.TrimStart('#', ' '))}</b>" : Inline(line);
                yield return one ? text : $"<para>{text}</para>";
            }
        }
    }

    private static IEnumerable<string> CodeBlock(IEnumerable<string> code) => ["<code>", .. code.Select(Escape), "</code>"];

    private static string Escape(string code) => code.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Bold();

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]+)\)")]
    private static partial Regex Link();
}
