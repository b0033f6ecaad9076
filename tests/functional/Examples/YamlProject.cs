using System.Globalization;
using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PulumiEvs.Tests.Functional.Examples;

/// <summary>
/// A Pulumi project in YAML, read as Pulumi's own language host reads it, as far as the examples go: configuration with defaults,
/// resources, outputs, and <c>${name}</c> for a value of the configuration.
/// </summary>
internal sealed class YamlProject
{
    private static readonly Dictionary<string, PropertyValue> NoConfiguration = [];

    private readonly YamlMappingNode _root;

    private YamlProject(YamlMappingNode root) => _root = root;

    /// <summary>What the stack puts out: its name, and the resource and property that it is of.</summary>
    public IEnumerable<(string Name, string Resource, string Property)> Outputs =>
        from output in Map("outputs").Children
        let source = Reference(output.Value.ToString())!.Split('.')
        select (output.Key.ToString(), source[0], source[1]);

    public static YamlProject Read(string path)
    {
        using var text = File.OpenText(path);
        var stream = new YamlStream();
        stream.Load(text);
        return new YamlProject((YamlMappingNode)stream.Documents.ShouldHaveSingleItem().RootNode);
    }

    /// <summary>The program with the defaults of its configuration, but for what the stack sets.</summary>
    public IReadOnlyList<Wish> Program(params (string Key, PropertyValue Value)[] stack)
    {
        var configuration = Map("config").Children.ToDictionary(entry => entry.Key.ToString(), entry => Value(entry.Value["default"], NoConfiguration));
        foreach (var (key, value) in stack)
        {
            configuration[key] = value;
        }

        return
        [
            .. Map("resources").Children.Select(resource => new Wish(
                resource.Key.ToString(),
                ((PropertyValue.Map)Value(resource.Value["properties"], configuration)).Entries,
                resource.Value["type"].ToString())),
        ];
    }

    private YamlMappingNode Map(string key) => (YamlMappingNode)_root[key];

    private static PropertyValue Value(YamlNode node, IReadOnlyDictionary<string, PropertyValue> configuration) => node switch
    {
        YamlMappingNode map => PropertyMap.From(map.Children.Select(entry => KeyValuePair.Create(entry.Key.ToString(), Value(entry.Value, configuration)))),
        YamlScalarNode { Value: { } text } when Reference(text) is { } name => configuration[name],
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => node.ToString(),
    };

    private static string? Reference(string text) => text.StartsWith("${", StringComparison.Ordinal) ? text.Trim('$', '{', '}') : null;
}
