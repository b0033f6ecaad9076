using System.Text.RegularExpressions;
using PulumiEvs.Generator.CSharp;
using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.Documents;

/// <summary>The document of one resource or function: what the schema says of it, to be read.</summary>
internal sealed partial class ReferenceDocument(PackageSchema schema)
{
    private const string Import = "\n## Import\n";
    private const string Timeouts = "\n## Timeouts\n";

    private static readonly Dictionary<string, string> Folded = new() { ["typescript"] = "TypeScript", ["python"] = "Python", ["go"] = "Go" };

    private readonly TypeTexts _types = new(schema);

    public string Resource(SchemaResource resource)
    {
        var document = new Markdown(Names.Class(resource.Token));
        document.Paragraph($"`{resource.Token}`");
        var (text, ending) = Split(resource.Description);
        document.Paragraph(Examples(text));
        Section(document, "Inputs", "", resource.Inputs, inputs: true);
        var inputs = resource.Inputs.Select(input => input.Name).ToHashSet();
        var outputs = resource.Outputs.Where(output => !inputs.Contains(output.Name)).ToArray();
        Section(document, "Outputs", "All inputs, as the cloud has them, and:", outputs, inputs: false);
        Types(document, resource.Inputs.Concat(outputs));
        if (ending.Length > 0)
        {
            document.Paragraph(ending);
        }

        return document.ToString();
    }

    public string Function(SchemaFunction function)
    {
        var document = new Markdown(Names.Token(function.Token));
        document.Paragraph($"`{function.Token}`");
        document.Paragraph(Examples(function.Description));
        Section(document, "Arguments", "", function.Arguments, inputs: true);
        Section(document, "Results", "", function.Results, inputs: false);
        Types(document, function.Arguments.Concat(function.Results));
        return document.ToString();
    }

    private static void Section(Markdown document, string title, string introduction, IReadOnlyCollection<SchemaProperty> properties, bool inputs)
    {
        if (properties.Count == 0)
        {
            return;
        }

        document.Paragraph($"## {title}");
        if (introduction.Length > 0)
        {
            document.Paragraph(introduction);
        }

        document.Paragraph(Properties(properties, inputs));
    }

    private static string Properties(IEnumerable<SchemaProperty> properties, bool inputs) => Markdown.Table(
        ["Property", "Type", "Meaning"],
        properties
            .OrderByDescending(property => inputs && property.Required)
            .Select(property => (IReadOnlyList<string>)
            [
                $"`{property.Name}`" + (inputs && property.Required ? " (required)" : ""),
                TypeTexts.Text(property.Type) + (property.Secret ? ", secret" : ""),
                property.Description,
            ]));

    private void Types(Markdown document, IEnumerable<SchemaProperty> properties)
    {
        var met = _types.Met(properties);
        if (met.IsEmpty)
        {
            return;
        }

        document.Paragraph("## Types");
        foreach (var token in met)
        {
            document.Paragraph($"### {Names.Class(token)}");
            if (schema.Objects.FirstOrDefault(type => type.Token == token) is { } type)
            {
                document.Paragraph(type.Description);
                document.Paragraph(Properties(type.Properties, inputs: false));
            }
            else
            {
                var choice = schema.Enum(token);
                document.Paragraph(choice.Description);
                document.Paragraph(Markdown.Table(
                    ["Value", "Meaning"], choice.Members.Select(member => (IReadOnlyList<string>)[$"`{member.Value}`", member.Description])));
            }
        }
    }

    /// <summary>What comes after the tables of properties: time-outs and import.</summary>
    private static (string Text, string Ending) Split(string description)
    {
        var ends = new[] { Timeouts, Import }
            .Select(heading => description.IndexOf(heading, StringComparison.Ordinal))
            .Where(at => at >= 0)
            .ToArray();
        return ends.Length == 0 ? (description, "") : (description[..ends.Min()], description[ends.Min()..]);
    }

    /// <summary>The examples without the registry's marks; programs in languages that fewer readers want unfold.</summary>
    private static string Examples(string description)
    {
        var text = Programs().Replace(Marks().Replace(description, ""), program => Folded.TryGetValue(program.Groups["language"].Value, out var title)
            ? $"\n<details>\n<summary>{title}</summary>\n\n{program.Value}\n\n</details>\n"
            : $"\n{program.Value}\n");
        return BlankLines().Replace(Headings().Replace(text, "$0\n"), "\n\n");
    }

    [GeneratedRegex("^{{%.*\n?", RegexOptions.Multiline)]
    private static partial Regex Marks();

    [GeneratedRegex("^```(?<language>[a-z]+)\n.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Programs();

    [GeneratedRegex("^#+ .*\n", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex("\n{3,}")]
    private static partial Regex BlankLines();
}
