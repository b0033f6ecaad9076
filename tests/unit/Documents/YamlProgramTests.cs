using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using YamlDotNet.RepresentationModel;

namespace PulumiEvs.Tests.Unit.Documents;

/// <summary>The YAML programs that users are shown are programs that the provider accepts.</summary>
public sealed class YamlProgramTests
{
    public static TheoryData<string, string> Volumes()
    {
        var programs = Document.Read("README.md").Blocks("yaml")
            .Select(block => ("README.md", block))
            .Append(("examples/volume-yaml", string.Join('\n', Document.Read("examples/volume-yaml/Pulumi.yaml").Lines)));
        var volumes = new TheoryData<string, string>();
        foreach (var (source, program) in programs)
        {
            volumes.Add(source, program);
        }

        return volumes;
    }

    [Theory]
    [MemberData(nameof(Volumes))]
    public void Check_accepts_every_volume_that_is_shown(string source, string program)
    {
        var resources = (YamlMappingNode)Root(program)["resources"];

        foreach (var (name, resource) in resources.Children)
        {
            resource["type"].ToString().ShouldBe(VolumeDeclaration.Token, source);
            var result = VolumeCheck.Check(
                new CheckRequest(
                    new ResourceIdentity("urn", VolumeDeclaration.Token, name.ToString()), PropertyMap.Empty, Map(resource["properties"]), new byte[32], null),
                VolumeDefaults.None);

            result.Failures.ShouldBeEmpty($"{source}: {name}");
        }
    }

    [Theory]
    [MemberData(nameof(Volumes))]
    public void Every_output_that_is_shown_is_one_that_a_volume_has(string source, string program)
    {
        foreach (var output in ((YamlMappingNode)Root(program)["outputs"]).Children.Values)
        {
            var property = output.ToString().Trim('$', '{', '}').Split('.')[1];

            VolumeDeclaration.Declaration.Find(property).ShouldNotBeNull($"{source}: {output}").IsOutput.ShouldBeTrue();
        }
    }

    private static YamlNode Root(string program)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(program));
        return stream.Documents.ShouldHaveSingleItem().RootNode;
    }

    private static PropertyMap Map(YamlNode node) =>
        PropertyMap.From(((YamlMappingNode)node).Children.Select(entry => KeyValuePair.Create(entry.Key.ToString(), Value(entry.Value))));

    private static PropertyValue Value(YamlNode node) => node switch
    {
        YamlMappingNode map => Map(map),
        YamlScalarNode { Value: var text } when text!.StartsWith("${", StringComparison.Ordinal) => PropertyValue.Unknown.Plain,
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: var text } when double.TryParse(text, out var number) => number,
        _ => node.ToString(),
    };
}
