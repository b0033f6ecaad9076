using PulumiEvs.Harness;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Volumes;

/// <summary>A disk's whole life through the plugin process and the local EVS.</summary>
public sealed class VolumeLifeTests
{
    [Fact]
    public async Task A_disk_is_created_read_and_deleted()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();

        var created = (await driver.UpAsync(Volume(("tags", Tags(("env", "test"))), ("description", "first")))).ShouldHaveSingleItem();

        created.Errors.ShouldBeEmpty();
        created.Kind.ShouldBe(StepKind.Create);
        var id = driver.State["data"].Id;
        created.Outputs["volumeId"].ShouldBe((PropertyValue)id);
        created.Outputs["status"].ShouldBe((PropertyValue)"available");
        created.Outputs["jobId"].IsAbsent.ShouldBeFalse();
        created.Outputs["encrypted"].ShouldBe((PropertyValue)false);
        var volume = (await stage.Cloud.VolumesAsync()).ShouldHaveSingleItem().Value;
        volume["description"]!.GetValue<string>().ShouldBe("first");
        volume["name"]!.GetValue<string>().ShouldStartWith("data-");

        (await driver.RefreshAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await driver.UpAsync(Volume(("tags", Tags(("env", "test"))), ("description", "first")))).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);

        (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await stage.Cloud.VolumesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_preview_changes_nothing_and_promises_nothing_that_does_not_come()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();

        var preview = (await driver.PreviewAsync(Volume())).ShouldHaveSingleItem();

        preview.Errors.ShouldBeEmpty();
        preview.Outputs["volumeId"].IsAbsent.ShouldBeTrue();
        preview.Outputs["size"].ShouldBe((PropertyValue)40);
        (await stage.Cloud.WritesAsync()).ShouldBeEmpty();
        stage.Engine.Lines.ShouldNotContain(line => line.Severity == LogSeverity.Warning);
    }

    [Fact]
    public async Task A_preview_works_without_credentials()
    {
        await using var stage = await Stage.OpenAsync();
        var plugin = await stage.StartPluginAsync();
        var driver = new EngineDriver(plugin.Client);
        await driver.StartAsync(PropertyMap.Of(("region", "eu-de"), ("cloud", "opentelekomcloud"), ("metadataEndpoint", "http://127.0.0.1:9")), stage.Engine.Address);

        (await driver.PreviewAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        var error = (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem();
        error.ShouldContain("No credentials are set");
        error.ShouldContain("evs:accessKey and evs:secretKey");
    }

    [Fact]
    public async Task A_job_that_fails_becomes_a_diagnostic_that_says_what_why_and_what_to_do()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"jobFail","code":"EVS.2042","message":"Failed to create cmk.","leave":"unborn"}""");
        var driver = await stage.StartDriverAsync();

        var error = (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem();

        var post = (await stage.Cloud.WritesAsync()).ShouldHaveSingleItem();
        error.ShouldStartWith("creating volume \"data-");
        error.ShouldContain("EVS.2042 Failed to create cmk.");
        error.ShouldContain("createVolume, status FAIL");
        error.ShouldContain($"request id: {post.RequestId}");
        error.ShouldContain("left behind: nothing");
        error.ShouldContain("what to do: ");
        driver.State.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_job_that_leaves_a_disk_keeps_it_in_the_state_and_the_next_run_replaces_it()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"jobFail","code":"EVS.2024","leave":"error","count":1}""");
        var driver = await stage.StartDriverAsync();

        var error = (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem();

        var broken = driver.State["data"].Id;
        error.ShouldContain($"volume {broken} in status error");
        error.ShouldContain("deletes what is left and creates the volume anew");

        driver = await stage.StartDriverAsync(driver);
        var preview = (await driver.PreviewAsync(Volume())).ShouldHaveSingleItem();
        preview.Kind.ShouldBe(StepKind.Replace);
        (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await stage.Cloud.VolumesAsync()).Keys.ShouldBe([driver.State["data"].Id]);
        driver.State["data"].Id.ShouldNotBe(broken);
    }

    [Fact]
    public async Task Access_keys_are_signed_so_that_the_service_accepts_them()
    {
        await using var stage = await Stage.OpenAsync();
        var plugin = await stage.StartPluginAsync();
        var driver = new EngineDriver(plugin.Client);
        await driver.StartAsync(PropertyMap.Of(
            ("endpoint", stage.Cloud.Url),
            ("projectId", SimulatorProcess.ProjectId),
            ("accessKey", SimulatorProcess.AccessKey),
            ("secretKey", SimulatorProcess.SecretKey)));

        (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Secrets_stay_marked_and_out_of_every_text()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();

        var created = (await driver.UpAsync(Volume(("description", ((PropertyValue)"hush-hush-4711").AsSecret())))).ShouldHaveSingleItem();

        created.Errors.ShouldBeEmpty();
        created.Outputs["description"].IsSecret.ShouldBeTrue();
        string.Join('\n', stage.Engine.Lines.Select(line => line.Text)).ShouldNotContain("hush-hush-4711");
        Directory.EnumerateFiles(stage.Home, "*", SearchOption.AllDirectories).ShouldAllBe(file => !File.ReadAllText(file).Contains("hush-hush-4711"));
    }
}
