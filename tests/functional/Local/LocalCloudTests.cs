using PulumiEvs.Harness;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Local;

/// <summary><c>cloud: local</c>, and nothing else configured: one local EVS for all plugins, as long as somebody uses it.</summary>
public sealed class LocalCloudTests
{
    [Fact]
    public async Task Two_plugins_started_at_once_share_one_and_a_third_destroys_what_they_made_and_then_nothing_runs()
    {
        await using var stage = await LocalStage.OpenAsync("5s");
        var drivers = await Task.WhenAll(stage.StartAsync(), stage.StartAsync());

        var steps = await Task.WhenAll(
            drivers[0].UpAsync(new Wish("one", Disk(("name", "one")))), drivers[1].UpAsync(new Wish("two", Disk(("name", "two")))));

        steps.SelectMany(both => both).SelectMany(step => step.Errors).ShouldBeEmpty();
        stage.Disks().Order().ShouldBe(["one", "two"]);
        await stage.EndPluginsAsync();
        foreach (var before in drivers)
        {
            var driver = await stage.StartAsync(before);
            (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        }

        await stage.EndPluginsAsync();
        await Waiting.UntilAsync(stage.IsQuiet, "the local EVS has ended", TimeSpan.FromSeconds(60));
        stage.Url.ShouldBeNull();
        stage.Disks().ShouldBeEmpty();

        // Never two at a time: each that began to serve ended before the next one did.
        var log = stage.Log();
        log.Select(entry => entry.What).ShouldBe(Enumerable.Range(0, log.Count).Select(index => index % 2 == 0 ? "serves" : "ended"));
    }

    [Fact]
    public async Task It_outlives_the_plugin_that_started_it_and_holds_nothing_of_it()
    {
        await using var stage = await LocalStage.OpenAsync("5s");
        var driver = await stage.StartAsync();
        (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        var (process, _) = stage.Log()[^1];

        // Returns once the plugin's output is at its end, as an engine waits for it: a heir of the streams would hold it open.
        stage.LastPlugin.Process.Interrupt();
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        await stage.LastPlugin.Process.WaitForExitAsync(bound.Token);

        using var local = System.Diagnostics.Process.GetProcessById(process);
        local.HasExited.ShouldBeFalse();
        local.SessionId.ShouldBe(process, "it leads a session of its own, so that no signal to the plugin's group or terminal reaches it");
    }

    [Fact]
    public async Task One_that_was_killed_is_started_again_for_the_next_request_and_has_kept_its_disks()
    {
        await using var stage = await LocalStage.OpenAsync("5s");
        var driver = await stage.StartAsync();
        (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        using (var local = System.Diagnostics.Process.GetProcessById(stage.Log()[^1].Process))
        {
            local.Kill();
            await local.WaitForExitAsync();
        }

        stage.Url.ShouldNotBeNull("the address of the dead one is left over");
        (await driver.RefreshAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        driver.State.ShouldHaveSingleItem();
        stage.Log().Count(entry => entry.What == "serves").ShouldBe(2);
        var next = await stage.StartAsync(driver);
        (await next.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_ended_between_two_calls_is_started_again()
    {
        await using var stage = await LocalStage.OpenAsync("500ms");
        var driver = await stage.StartAsync();
        (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        await Waiting.UntilAsync(stage.IsQuiet, "the local EVS has ended", TimeSpan.FromSeconds(60));

        (await driver.UpAsync(Volume(("size", 60)))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        driver.State["data"].Outputs["size"].ShouldBe((PulumiEvs.Resources.Values.PropertyValue)60);
    }

    [Fact]
    public async Task A_preview_of_a_new_disk_starts_nothing_and_says_that_nothing_real_will_be_made()
    {
        await using var stage = await LocalStage.OpenAsync("5s");
        var driver = await stage.StartAsync();

        (await driver.PreviewAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        Directory.Exists(stage.Folder).ShouldBeFalse();
        stage.Engine.Lines.ShouldContain(line => line.Text.StartsWith("evs:cloud is local: nothing real is made", StringComparison.Ordinal));
    }
}
