using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EvsSimulator.Core.Jobs;
using EvsSimulator.Faults;
using EvsSimulator.Http;
using EvsSimulator.Http.Local;
using EvsSimulator.Options;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class ManualTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "documents", "docs", "local-evs.md"));

    [Fact]
    public void The_manual_explains_every_option_and_no_other()
    {
        var table = Section("## Options");
        var explained = Regex.Matches(table, "(?<=^\\| |, )`(--[a-z-]+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value);

        explained.Order().ShouldBe(new CommandLine().OptionNames.Where(name => name is not ("--help" or "--version")).Order());
    }

    [Fact]
    public void The_manual_explains_every_path_of_the_admin_endpoint_and_no_other()
    {
        var local = new LocalApi(new LocalCloud().Cloud, new LocalCloud().Accounts, new FaultSet(1), new RequestLog(1), new Activity(TimeProvider.System), null);
        var explained = Regex.Matches(Section("## The admin endpoint"), "^\\| `([A-Z]+ /_local[^`]*)`", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);

        explained.Order().ShouldBe(local.Routes.Select(route => $"{route.Method} {route.Template}").Order());
    }

    [Fact]
    public void The_manual_explains_every_effect_and_every_shape()
    {
        var section = Section("## Faults");
        var effects = Regex.Matches(section, "^\\| `([a-zA-Z]+)` \\|", RegexOptions.Multiline).Select(match => match.Groups[1].Value).ToArray();

        foreach (var effect in Names<FaultEffect>())
        {
            effects.ShouldContain(effect);
        }

        foreach (var shape in Names<ErrorShape>())
        {
            section.ShouldContain($"`{shape}`");
        }
    }

    [Fact]
    public void The_manual_gives_the_default_duration_of_every_kind_of_job()
    {
        foreach (var (kind, spec) in JobTypes.DefaultDurations)
        {
            Text.ShouldContain($"`{kind}` | `{spec}`");
        }
    }

    [Fact]
    public void The_example_of_a_set_up_names_every_member_and_can_be_applied()
    {
        var example = Blocks("config").ShouldHaveSingleItem();
        var cloud = new LocalCloud();
        var document = ConfigDocument.Read(Encoding.UTF8.GetBytes(example));

        cloud.Cloud.Change(document.Apply);
        cloud.Accounts.Change(document.Apply);

        MembersOf(example).ShouldBe(WrittenMembers(typeof(ConfigDocument)));
    }

    [Fact]
    public void The_example_of_a_change_names_every_member_and_can_be_read()
    {
        var example = Blocks("edit").ShouldHaveSingleItem();

        VolumeEdit.Read(Encoding.UTF8.GetBytes(example));

        MembersOf(example).ShouldBe(WrittenMembers(typeof(VolumeEdit)));
    }

    [Fact]
    public void The_examples_of_faults_can_be_read()
    {
        var examples = Blocks("fault");

        examples.Count.ShouldBeGreaterThan(1);
        foreach (var example in examples)
        {
            FaultSpec.Read(Encoding.UTF8.GetBytes(example)).ShouldNotBeEmpty();
        }
    }

    private static string Section(string heading)
    {
        var from = Text.IndexOf(heading, StringComparison.Ordinal);
        from.ShouldBeGreaterThan(0);
        var to = Text.IndexOf("\n## ", from + heading.Length, StringComparison.Ordinal);
        return to < 0 ? Text[from..] : Text[from..to];
    }

    private static List<string> Blocks(string kind) =>
        [.. Regex.Matches(Text, $"^```json {kind}\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value)];

    private static IEnumerable<string> MembersOf(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> WrittenMembers(Type type) =>
        type.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName);
}
