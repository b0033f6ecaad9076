using PulumiEvs.Harness;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Crash;

/// <summary>The plugin is killed in the middle of a create: the next run ends up with exactly one disk, tracked.</summary>
public sealed class KilledPluginTests
{
    [Theory]
    [InlineData("v3")]
    [InlineData("v2.1")]
    public async Task Killed_at_random_instants_of_a_create_it_still_makes_one_disk(string createVersion)
    {
        const int seed = 20260301;
        var random = new Random(seed);
        await using var stage = await Stage.OpenAsync("--job-duration", "*=100ms..300ms", "--seed", "11");
        (string, PropertyValue)[] settings = [("apiVersions", $$"""{"create":"{{createVersion}}"}"""), ("lostAnswerWindow", 1)];
        for (var round = 1; round <= 12; round++)
        {
            var name = $"disk-{round}";
            var driver = await stage.StartDriverAsync(null, settings);
            var running = driver.UpAsync(new Wish(name, Disk()));
            var instant = TimeSpan.FromMilliseconds(random.Next(0, 400));
            await Task.WhenAny(running, Task.Delay(instant));
            stage.LastPlugin.Process.KillAtOnce();
            await Should.NotThrowAsync(async () => await running);

            driver = await stage.StartDriverAsync(driver, settings);
            var again = (await driver.UpAsync(new Wish(name, Disk()))).ShouldHaveSingleItem();

            again.Errors.ShouldBeEmpty($"seed {seed}, round {round}, killed after {instant.TotalMilliseconds} ms");
            var volumes = await stage.Cloud.VolumesAsync();
            volumes.Keys.ShouldBe([driver.State[name].Id], $"seed {seed}, round {round}, killed after {instant.TotalMilliseconds} ms");
            (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_rerun_waits_for_a_plugin_that_is_still_at_it_and_then_takes_its_disk()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "createVolume=15s");
        var first = await stage.StartDriverAsync();
        var old = stage.LastPlugin;
        var running = first.UpAsync(Volume());
        await Waiting.UntilAsync(() => stage.Engine.Lines.Any(line => line.Text.StartsWith("creating: job ", StringComparison.Ordinal)), "the job runs");

        var second = await stage.StartDriverAsync();
        var rerun = second.UpAsync(Volume());
        await Waiting.UntilAsync(() => stage.Engine.Lines.Any(line => line.Text.Contains("of an earlier run is still at it")), "the rerun waits");
        old.Process.KillAtOnce();
        await running;

        (await rerun).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await stage.Cloud.VolumesAsync()).Keys.ShouldBe([second.State["data"].Id]);
    }

    [Fact]
    public async Task A_replacement_is_never_mistaken_for_a_rerun()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume());
        var old = driver.State["data"].Id;
        LeaveRecord(stage, driver.State["data"]);

        driver = await stage.StartDriverAsync(driver);
        var replaced = (await driver.UpAsync(Volume(("multiattach", true)))).ShouldHaveSingleItem();

        replaced.Kind.ShouldBe(StepKind.Replace);
        driver.State["data"].Id.ShouldNotBe(old);
        (await stage.Cloud.VolumesAsync()).Keys.ShouldBe([driver.State["data"].Id]);
    }

    [Fact]
    public async Task The_journal_is_empty_once_all_is_done()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume());
        Records(stage).ShouldHaveSingleItem("an answer may get lost");

        stage.LastPlugin.Process.Interrupt();
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await stage.LastPlugin.Process.WaitForExitAsync(bound.Token);

        Records(stage).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unreadable_record_is_reported_and_does_no_harm()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        var folder = Directory.CreateDirectory(Path.Combine(stage.Home, "evs", "creates"));
        File.WriteAllText(
            Path.Combine(folder.FullName, PulumiEvs.Resources.Journal.JournalKey.Of("urn:pulumi:dev::project::evs:index:Volume::data") + ".json"), "{ not json");

        (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        await Waiting.UntilAsync(() => stage.Engine.Lines.Any(line => line.Text.Contains("cannot be read")), "the report is there");
        (await stage.Cloud.VolumesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_died_with_its_plugin_does_not_double_the_disk()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume(("name", "data")));
        stage.LastPlugin.Process.KillAtOnce();

        // An engine that has not got the answer.
        var again = await stage.StartDriverAsync();
        (await again.UpAsync(Volume(("name", "data")))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        (await stage.Cloud.VolumesAsync()).Keys.ShouldBe([again.State["data"].Id]);
        driver.State["data"].Id.ShouldBe(again.State["data"].Id);
    }

    [Fact]
    public async Task What_a_killed_run_made_is_named_when_the_program_does_not_have_the_resource_any_more()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "createVolume=2s");
        var driver = await stage.StartDriverAsync();
        var running = driver.UpAsync(Volume());
        await Waiting.UntilAsync(() => stage.Engine.Lines.Any(line => line.Text.StartsWith("creating: job ", StringComparison.Ordinal)), "the job runs");
        stage.LastPlugin.Process.KillAtOnce();
        await running;

        driver = await stage.StartDriverAsync(driver);
        (await driver.UpAsync()).ShouldBeEmpty();

        var id = (await stage.Cloud.VolumesAsync()).Keys.Single();
        await Waiting.UntilAsync(
            () => stage.Engine.Lines.Any(line => line.Severity == LogSeverity.Warning && line.Text.Contains("An earlier run was killed") && line.Text.Contains(id)),
            "the volume is named");
    }

    /// <summary>What a plugin leaves that is killed after its answer was sent and before its record is gone.</summary>
    private static void LeaveRecord(Stage stage, ResourceState resource)
    {
        var folder = Directory.CreateDirectory(Path.Combine(stage.Home, "evs", "creates"));
        File.WriteAllText(
            Path.Combine(folder.FullName, PulumiEvs.Resources.Journal.JournalKey.Of(resource.Urn) + ".json"),
            $$"""
            {
              "format": 1, "urn": "{{resource.Urn}}", "endpoint": "{{new Uri(stage.Cloud.Url).Authority}}", "projectId": "{{SimulatorProcess.ProjectId}}",
              "clientToken": "0c7bb0e6-0b5a-4a3e-9f5e-1f2f3a4b5c6d", "requestedAt": "2026-03-01T00:00:00+00:00",
              "jobId": "{{((PropertyValue.Text)resource.Outputs["jobId"]).Value}}", "volumeId": "{{resource.Id}}",
              "owner": { "id": 999999, "started": "2026-03-01T00:00:00+00:00" }
            }
            """);
    }

    private static string[] Records(Stage stage) =>
        Directory.Exists(Path.Combine(stage.Home, "evs", "creates")) ? Directory.GetFiles(Path.Combine(stage.Home, "evs", "creates")) : [];
}
