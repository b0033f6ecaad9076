using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PulumiEvs.Harness;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Demo;

/// <summary>Steps as the Pulumi CLI shows them, in small. What the plugin has not told is shown by its type in the schema.</summary>
/// <param name="shapes">The resource types by their tokens.</param>
/// <param name="typeOf">The type of a resource of the stack.</param>
internal sealed class PlanText(ImmutableDictionary<string, PlanText.Shape> shapes, Func<string, string> typeOf)
{
    /// <summary>A list longer than this is shown by its length.</summary>
    private const int LongestList = 3;

    /// <param name="Outputs">The types of the outputs, by name.</param>
    internal sealed record Shape(ImmutableSortedDictionary<string, string> Outputs, ImmutableHashSet<string> Inputs);

    public static PlanText From(GetSchemaResponse answer, Func<string, string> typeOf)
    {
        using var schema = JsonDocument.Parse(answer.Schema);
        return new PlanText(
            schema.RootElement.GetProperty("resources").EnumerateObject().ToImmutableDictionary(
                resource => resource.Name,
                resource => new Shape(
                    resource.Value.GetProperty("properties").EnumerateObject().ToImmutableSortedDictionary(property => property.Name, TypeOf, StringComparer.Ordinal),
                    [.. resource.Value.GetProperty("inputProperties").EnumerateObject().Select(property => property.Name)])),
            typeOf);

        static string TypeOf(JsonProperty property) => property.Value.TryGetProperty("type", out var type) ? type.GetString()! : "string";
    }

    /// <summary>What is going to happen.</summary>
    /// <param name="old">The resource as it is in the state; null when there is none.</param>
    /// <param name="wished">Its inputs in the program.</param>
    public IEnumerable<(string Text, Style Style)> Preview(Step step, ResourceState? old, PropertyMap wished) => step.Kind switch
    {
        StepKind.Failed => Failure(step),
        StepKind.Create => [Title(step, "create"), .. Expected(step)],
        StepKind.Update => [Title(step, "update"), .. Changes(step, old!, wished)],
        StepKind.Replace => [Title(step, "replace"), .. Changes(step, old!, wished)],
        _ => [Title(step, step.Kind.ToString().ToLowerInvariant())],
    };

    /// <summary>What has happened.</summary>
    public IEnumerable<(string Text, Style Style)> Done(Step step, TimeSpan took)
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"({took.TotalSeconds:0.0} s)");
        return step.Kind switch
        {
            StepKind.Same => [],
            StepKind.Failed => Failure(step),
            StepKind.Create => [Title(step, $"created {time}"), .. Aligned(step.Outputs.Where(output => !ShapeOf(step).Inputs.Contains(output.Key)))],
            StepKind.Update => [Title(step, $"updated {time}")],
            StepKind.Replace => [Title(step, $"replaced {time}"), .. Aligned(step.Outputs.Where(output => output.Key is "volumeId" or "status"))],
            StepKind.Delete => [Title(step, $"deleted {time}")],
            _ => [Title(step, step.Kind.ToString().ToLowerInvariant())],
        };
    }

    /// <summary>What the plugin is certain of; and by their types, what only the real run will tell.</summary>
    private IEnumerable<(string, Style)> Expected(Step step)
    {
        var shape = ShapeOf(step);
        return Aligned(
            from output in shape.Outputs
            let value = step.Outputs[output.Key]
            where !value.IsAbsent || !shape.Inputs.Contains(output.Key)
            select KeyValuePair.Create(output.Key, value.IsAbsent || value.IsUnknown ? $"output<{output.Value}>" : value.ToString()));
    }

    private Shape ShapeOf(Step step) => shapes[typeOf(step.Name)];

    private static IEnumerable<(string, Style)> Aligned(IEnumerable<KeyValuePair<string, PropertyValue>> properties) =>
        Aligned(properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => KeyValuePair.Create(property.Key, Text(property.Value))));

    private static IEnumerable<(string, Style)> Aligned(IEnumerable<KeyValuePair<string, string>> properties)
    {
        var lines = properties.ToArray();
        var width = lines.Select(line => line.Key.Length).DefaultIfEmpty().Max();
        return lines.Select(line => ($"      {line.Key.PadRight(width)}: {line.Value}", Style.Plain));
    }

    private static string Text(PropertyValue value) => value switch
    {
        PropertyValue.List { Items: { Length: > LongestList } items } => $"[{Text(items[0])}, … {items.Length} in all]",
        PropertyValue.Map { Entries: var entries } when entries.ContainsKey("volumeId") => entries["volumeId"].ToString(),
        _ => value.ToString(),
    };

    private (string, Style) Title(Step step, string what) => ($"  {Sign(step.Kind)} {typeOf(step.Name)} {step.Name}  {what}", StyleOf(step.Kind));

    private static string Sign(StepKind kind) => kind switch
    {
        StepKind.Create => "+ ",
        StepKind.Update => "~ ",
        StepKind.Replace => "+-",
        StepKind.Delete => "- ",
        _ => "  ",
    };

    private static Style StyleOf(StepKind kind) => kind switch
    {
        StepKind.Create => Style.Good,
        StepKind.Update or StepKind.Replace => Style.Change,
        StepKind.Delete => Style.Bad,
        _ => Style.Plain,
    };

    private IEnumerable<(string, Style)> Failure(Step step) =>
    [
        ($"  {typeOf(step.Name)} {step.Name}", Style.Plain),
        .. step.Errors.SelectMany(error => ("error: " + error).Split('\n')).Select(line => ("    " + line, Style.Bad)),
    ];

    /// <summary>Old and new at every path that the plugin's diff names.</summary>
    private static IEnumerable<(string, Style)> Changes(Step step, ResourceState old, PropertyMap wished) =>
        step.Diff.Select(change =>
        {
            var (before, after) = (At(old, change.Key), At(wished, change.Key));
            var replaces = change.Value.EndsWith("Replace", StringComparison.Ordinal) ? "  (forces a replacement)" : "";
            return change.Value switch
            {
                "Add" or "AddReplace" => ($"    + {change.Key}: {after}{replaces}", Style.Good),
                "Delete" or "DeleteReplace" => ($"    - {change.Key}: {before}{replaces}", Style.Bad),
                _ => ($"    ~ {change.Key}: {before} => {after}{replaces}", Style.Change),
            };
        });

    private static PropertyValue At(ResourceState old, string path) => At(old.Inputs, path) is { IsAbsent: false } input ? input : At(old.Outputs, path);

    private static PropertyValue At(PropertyMap map, string path) =>
        PropertyPath.Segments(path).Aggregate((PropertyValue)map, (value, segment) => value is PropertyValue.Map inner ? inner.Entries[segment] : PropertyValue.Null.Instance);
}
