using System.Text;
using Spectre.Console;

namespace PulumiEvs.Bench.Report;

/// <summary>The one table of a run, in parts.</summary>
internal sealed class FigureTable(string caption)
{
    private readonly List<(string Part, List<Figure> Figures)> _parts = [];

    public bool AllHold => _parts.TrueForAll(part => part.Figures.TrueForAll(figure => figure.Holds));

    public void Add(string part, IEnumerable<Figure> figures) => _parts.Add((part, [.. figures]));

    public void Print(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).Caption(Markup.Escape(caption));
        table.AddColumns("Figure", "Measured", "Target", "");
        foreach (var (part, figures) in _parts)
        {
            table.AddRow($"[bold]{Markup.Escape(part)}[/]");
            foreach (var figure in figures)
            {
                var colour = figure.Target is null ? "default" : figure.Holds ? "green" : "red";
                table.AddRow(
                    "  " + Markup.Escape(figure.Subject), Markup.Escape(figure.Measured), Markup.Escape(figure.Target ?? ""), $"[{colour}]{figure.Verdict}[/]");
            }
        }

        console.Write(table);
    }

    /// <summary>The same as a table of Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder($"{caption}\n\n| Figure | Measured | Target | |\n|---|---|---|---|\n");
        foreach (var (part, figures) in _parts)
        {
            text.Append($"| **{part}** | | | |\n");
            foreach (var figure in figures)
            {
                text.Append($"| {figure.Subject} | {figure.Measured} | {figure.Target} | {figure.Verdict} |\n");
            }
        }

        return text.ToString();
    }
}
