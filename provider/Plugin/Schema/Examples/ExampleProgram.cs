using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Plugin.Schema.Examples;

/// <summary>An example with what the languages need to know of the things it uses.</summary>
internal sealed partial class ExampleProgram(PackageDeclaration package, ExampleDeclaration example)
{
    public string Package => package.Name;

    public IEnumerable<ExampleStep.Resource> Resources => example.Steps.OfType<ExampleStep.Resource>();

    public IEnumerable<ExampleStep.Call> Calls => example.Steps.OfType<ExampleStep.Call>();

    public IEnumerable<ExampleStep.Output> Outputs => example.Steps.OfType<ExampleStep.Output>();

    /// <summary>Resources and calls, in their order.</summary>
    public IEnumerable<ExampleStep> Statements => example.Steps.Where(step => step is not ExampleStep.Output);

    /// <summary>Whether a later step uses an output of this one.</summary>
    public bool IsUsed(ExampleStep step) => example.Steps.SelectMany(Values).OfType<ExampleValue.Reference>().Any(reference => reference.Step == step.Name);

    public bool IsCall(ExampleValue.Reference reference) => Calls.Any(call => call.Name == reference.Step);

    /// <summary>The type of an input of a step.</summary>
    /// <exception cref="InvalidOperationException">The example sets something that the resource or function does not have.</exception>
    public PropertyType TypeOf(ExampleStep step, string property)
    {
        var properties = step switch
        {
            ExampleStep.Resource resource => package.Resources.FirstOrDefault(declared => declared.Token == resource.Token)?.Inputs,
            ExampleStep.Call call => package.Functions.FirstOrDefault(declared => declared.Token == call.Token)?.Arguments,
            _ => [],
        };
        return properties?.FirstOrDefault(declared => declared.Name == property)?.Type
            ?? throw new InvalidOperationException($"The example \"{example.Title}\" sets `{property}` of `{step.Name}`, which does not exist.");
    }

    /// <summary>The last part of a token: <c>Volume</c> or <c>getVolume</c>.</summary>
    public static string Name(string token) => token[(token.LastIndexOf(':') + 1)..];

    public static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>The name of a class or method: a capital first.</summary>
    public static string ClassName(string token) => Capital(Name(token));

    public static string SnakeCase(string name) => Hump().Replace(name, "$1_$2").ToLowerInvariant();

    /// <summary>The member of the property's enum that has this value, if it has an enum.</summary>
    public static (EnumDeclaration Enum, EnumMember Member)? Member(PropertyType type, string value) =>
        type is PropertyType.Choice { Enum: var declaration } && declaration.Values.FirstOrDefault(member => member.Value == value) is { } member
            ? (declaration, member)
            : null;

    public static PropertyType ItemType(PropertyType type) => ((PropertyType.List)type).Item;

    /// <summary>The type of an entry of a map or of a property of an object.</summary>
    public static PropertyType EntryType(PropertyType type, string key) => type switch
    {
        PropertyType.Map map => map.Value,
        PropertyType.Object named => named.Declaration.Properties.First(property => property.Name == key).Type,
        _ => throw new InvalidOperationException($"{type} has no entries."),
    };

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<ExampleValue> Values(ExampleStep step) => step switch
    {
        ExampleStep.Resource resource => Values(resource.Inputs),
        ExampleStep.Call call => Values(call.Arguments),
        ExampleStep.Output output => [output.Value],
        _ => [],
    };

    private static IEnumerable<ExampleValue> Values(ImmutableArray<(string Name, ExampleValue Value)> entries) => entries.SelectMany(entry => Values(entry.Value));

    private static IEnumerable<ExampleValue> Values(ExampleValue value) => value switch
    {
        ExampleValue.List list => list.Items.SelectMany(Values),
        ExampleValue.Map map => Values(map.Entries),
        _ => [value],
    };

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex Hump();
}
