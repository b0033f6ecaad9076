using System.Text.RegularExpressions;
using PulumiEvs.Harness;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;

namespace PulumiEvs.Tests.Functional.Examples;

/// <summary>The example in YAML, from its own file, through the life that its manual tells.</summary>
public sealed partial class YamlExampleTests
{
    private static readonly YamlProject Project = YamlProject.Read(WorkingTree.Path("examples/volume-yaml/Pulumi.yaml"));

    [Fact]
    public async Task It_is_made_left_alone_grown_refused_to_shrink_replaced_in_another_zone_and_destroyed()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();

        (await driver.PreviewAsync(Project.Program())).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Create);
        var made = (await driver.UpAsync(Project.Program())).ShouldHaveSingleItem();
        made.Errors.ShouldBeEmpty();
        Project.Outputs.ShouldNotBeEmpty();
        foreach (var (name, resource, property) in Project.Outputs)
        {
            driver.State[resource].Outputs[property].IsAbsent.ShouldBeFalse($"the output {name} of the stack");
        }

        (await driver.UpAsync(Project.Program())).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);

        // What its manual says to try next.
        var grown = Project.Program(("size", 120));
        (await driver.UpAsync(grown)).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Update);
        (await driver.PreviewAsync(Project.Program(("size", 60)))).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem().ShouldContain("onShrink");
        (await driver.PreviewAsync(Project.Program(("size", 120), ("availabilityZone", "local-1b")))).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Replace);
        (await driver.RefreshAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await driver.UpAsync(grown)).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);

        (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await stage.Cloud.VolumesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_manual_shows_the_preview_of_just_these_inputs()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        var wish = Project.Program().ShouldHaveSingleItem();

        var check = await driver.CheckAsync(wish);

        check.Failures.ShouldBeEmpty();
        var manual = await File.ReadAllTextAsync(WorkingTree.Path("examples/volume-yaml/README.md"));
        var shown = Shown().Matches(manual[manual.IndexOf("evs:index:Volume: (create)", StringComparison.Ordinal)..manual.IndexOf("--outputs:--", StringComparison.Ordinal)])
            .ToDictionary(line => line.Groups["key"].Value, line => line.Groups["value"].Value.Trim('"'));
        var inputs = PropertyDecoder.Decode(check.Inputs);
        shown.Keys.ShouldBe(inputs.Keys.Concat(((PropertyValue.Map)inputs["tags"]).Entries.Keys), ignoreOrder: true);
        shown["size"].ShouldBe("100");
        shown["name"].ShouldMatch("^data-[0-9a-f]{7}$");
        inputs["name"].ShouldBeOfType<PropertyValue.Text>().Value.ShouldMatch("^data-[0-9a-f]{7}$");
    }

    [GeneratedRegex(@"^ {8,}(?<key>[a-zA-Z]+) *: (?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex Shown();
}
