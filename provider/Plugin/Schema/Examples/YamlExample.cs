using System.Globalization;
using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Plugin.Schema.Examples;

internal static class YamlExample
{
    private const string Step = "  ";

    public static string Write(ExampleProgram program)
    {
        var sections = new List<string>
        {
            Section("resources", program.Resources.Select(Resource)),
            Section("variables", program.Calls.Select(Call)),
            Section("outputs", program.Outputs.Select(output => $"{output.Name}: {Reference(output.Value)}")),
        };
        return string.Join('\n', sections.Where(section => section.Length > 0));
    }

    private static string Section(string name, IEnumerable<string> entries)
    {
        var body = string.Join('\n', entries);
        return body.Length == 0 ? "" : $"{name}:\n{Layout.Indent(body, Step)}";
    }

    private static string Resource(ExampleStep.Resource resource)
    {
        string[] members =
        [
            $"type: {resource.Token}",
            .. resource.Inputs.IsEmpty ? Array.Empty<string>() : [Section("properties", resource.Inputs.Select(Entry))],
            .. resource.Protect ? [Section("options", ["protect: true"])] : Array.Empty<string>(),
        ];
        return Section(resource.Name, members);
    }

    private static string Call(ExampleStep.Call call)
    {
        string[] members =
        [
            $"function: {call.Token}",
            call.Arguments.IsEmpty ? "arguments: {}" : Section("arguments", call.Arguments.Select(Entry)),
        ];
        return Section(call.Name, [Section("fn::invoke", members)]);
    }

    private static string Entry((string Name, ExampleValue Value) entry) => entry.Value switch
    {
        ExampleValue.Map map => Section(entry.Name, map.Entries.Select(Entry)),
        ExampleValue.List list => Section(entry.Name, list.Items.Select(Item)),
        var scalar => $"{entry.Name}: {Scalar(scalar)}",
    };

    private static string Item(ExampleValue item) => item switch
    {
        ExampleValue.Map map => "- " + Layout.Indent(string.Join('\n', map.Entries.Select(Entry)), Step).TrimStart(),
        var scalar => $"- {Scalar(scalar)}",
    };

    private static string Scalar(ExampleValue value) => value switch
    {
        ExampleValue.Text { Value: var text } => Text(text),
        ExampleValue.Integer { Value: var number } => ExampleProgram.Number(number),
        ExampleValue.Flag { Value: var flag } => flag ? "true" : "false",
        ExampleValue.Reference reference => Reference(reference),
        _ => throw new InvalidOperationException($"{value} is no scalar."),
    };

    private static string Reference(ExampleValue.Reference reference) => $"${{{reference.Step}.{reference.Property}}}";

    /// <summary>Quoted where YAML would take the bare text for something else.</summary>
    private static string Text(string text) =>
        text.Length == 0
        || text is "true" or "false" or "yes" or "no" or "null"
        || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        || text.IndexOfAny([':', '#', '{', '}', '[', ']', ',', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`']) >= 0
            ? Layout.Quote(text)
            : text;
}
