using System.Text;

namespace PulumiEvs.Generator.Documents;

/// <summary>Writes Markdown. Lines end with LF everywhere, so that the files are the same on every system.</summary>
internal sealed class Markdown
{
    private readonly StringBuilder _text = new();

    /// <summary>Starts a document: its title, and what made it.</summary>
    public Markdown(string title)
    {
        Paragraph($"# {title}");
        Paragraph("<!-- Made from the declarations by `make sdk`. A change made here is lost with the next one. -->");
    }

    /// <summary>Text of its own, with a blank line before it.</summary>
    public void Paragraph(string text)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append(text.Trim('\n')).Append('\n');
    }

    /// <summary>A table; nothing when it has no rows.</summary>
    public static string Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        var lines = rows.Select(Row).ToArray();
        return lines.Length == 0 ? "" : string.Join('\n', [Row(heads), "|" + string.Concat(Enumerable.Repeat("---|", heads.Count)), .. lines]);
    }

    public override string ToString() => _text.ToString();

    private static string Row(IEnumerable<string> cells) => string.Concat(cells.Select(Cell)) + "|";

    private static string Cell(string text) => text.Length == 0
        ? "| "
        : $"| {text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n\n", "<br>", StringComparison.Ordinal).Replace('\n', ' ')} ";
}
