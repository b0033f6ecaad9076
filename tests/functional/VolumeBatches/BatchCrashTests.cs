using PulumiEvs.Harness;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.VolumeBatches;

/// <summary>Lost answers, kills and short times: a batch ends up with exactly as many disks as were asked for, all of them tracked.</summary>
public sealed class BatchCrashTests
{
    [Theory]
    [InlineData("v3", false)]
    [InlineData("v3", true)]
    [InlineData("v2.1", false)]
    [InlineData("v2.1", true)]
    public async Task Killed_in_a_create_and_in_a_growth_the_next_run_has_exactly_its_count(string createVersion, bool isAnswered)
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "createVolume=1s", "--job-duration", "*=20ms..60ms", "--seed", "12");
        (string, PropertyValue)[] settings = [("apiVersions", $$"""{"create":"{{createVersion}}"}"""), ("lostAnswerWindow", 1)];
        EngineDriver? driver = null;
        foreach (var count in (int[])[4, 7])
        {
            var before = driver is null ? 0 : Ids(driver).Length;
            driver = await stage.StartDriverAsync(driver, settings);
            if (!isAnswered)
            {
                await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"delay","afterMs":60000,"count":1}""");
            }

            var told = stage.Engine.Lines.Count;
            var running = driver.UpAsync(Batch(count));
            await (isAnswered
                ? Waiting.UntilAsync(() => stage.Engine.Lines.Skip(told).Any(line => line.Text.StartsWith("creating: ", StringComparison.Ordinal)), "the job runs")
                : Waiting.UntilAsync(async () => (await stage.Cloud.VolumesAsync()).Count > before, "the request is acted on"));
            stage.LastPlugin.Process.KillAtOnce();
            await running;

            driver = await stage.StartDriverAsync(driver, settings);
            (await driver.UpAsync(Batch(count))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

            await ShouldHaveExactlyAsync(stage, driver, count);
        }

        (await driver!.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await stage.Cloud.VolumesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Killed_while_it_names_what_a_growth_has_made_the_next_run_has_exactly_its_count()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Batch(2));
        await stage.Cloud.AddFaultAsync("""{"operation":"updateVolume","effect":"delay","ms":60000,"count":2}""");

        var running = driver.UpAsync(Batch(5));
        await Waiting.UntilAsync(async () => await stage.Cloud.CountAsync("updateVolume") == 3, "all three are being named");
        stage.LastPlugin.Process.KillAtOnce();
        (await running).ShouldHaveSingleItem().Errors.ShouldNotBeEmpty();

        driver = await stage.StartDriverAsync(driver);
        (await driver.UpAsync(Batch(5))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        await ShouldHaveExactlyAsync(stage, driver, 5);

        var told = stage.Engine.Lines.Count;
        driver = await stage.StartDriverAsync(driver);
        (await driver.UpAsync(Batch(7))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        await stage.StartDriverAsync(driver);
        stage.Engine.Lines.Skip(told).ShouldNotContain(line => line.Severity == LogSeverity.Warning, "what was answered is no news to the next run");
    }

    [Fact]
    public async Task A_lost_answer_is_looked_for_and_all_the_disks_adopted()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"loseAnswer","count":1}""");
        var driver = await stage.StartDriverAsync(null, ("lostAnswerWindow", 5));

        (await driver.UpAsync(Batch(5))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        await ShouldHaveExactlyAsync(stage, driver, 5);
        (await stage.Cloud.WritesAsync()).Count.ShouldBe(1);
        stage.Engine.Lines.ShouldContain(line => !line.IsStatus && line.Text.Contains("the 5 volumes that it made were found and are used"));
    }

    [Fact]
    public async Task A_lost_answer_is_given_again_where_the_request_has_a_client_token()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"loseAnswer","count":1}""");
        var driver = await stage.StartDriverAsync(null, ("apiVersions", """{"create":"v2.1"}"""));

        (await driver.UpAsync(Batch(5))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        await ShouldHaveExactlyAsync(stage, driver, 5);
        var writes = await stage.Cloud.WritesAsync();
        writes.Count.ShouldBe(2);
        writes.Select(write => write.ClientToken).Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
    }

    [Fact]
    public async Task A_lost_answer_of_a_request_that_made_fewer_keeps_those_and_the_next_run_makes_the_rest()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"loseAnswer","count":1}""");
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"jobFail","leave":"unborn","subJobs":[2,4],"count":1}""");
        var driver = await stage.StartDriverAsync(null, ("lostAnswerWindow", 2));

        var errors = (await driver.UpAsync(Batch(5))).ShouldHaveSingleItem().Errors;

        errors[0].ShouldContain("with 3 of 5");
        errors.Skip(1).ShouldBe(
        [
            "volume \"data-0002\": did not appear after the answer to the request was lost",
            "volume \"data-0004\": did not appear after the answer to the request was lost",
        ]);
        driver = await stage.StartDriverAsync(driver);
        (await driver.UpAsync(Batch(5))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        await ShouldHaveExactlyAsync(stage, driver, 5);
    }

    [Fact]
    public async Task A_create_that_times_out_is_resumed_with_the_same_job()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "createVolume=6s", "--job-duration", "*=20ms");
        var driver = await stage.StartDriverAsync();

        var errors = (await driver.UpAsync(Batch(4) with { Timeout = TimeSpan.FromSeconds(4) })).ShouldHaveSingleItem().Errors;

        errors.ShouldHaveSingleItem().ShouldContain("timed out after ");
        Ids(driver).ShouldBe((await stage.Cloud.VolumesAsync()).Keys, ignoreOrder: true);

        driver = await stage.StartDriverAsync(driver);
        (await driver.UpAsync(Batch(4))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await stage.Cloud.WritesAsync()).Count.ShouldBe(1);
        Ids(driver).Length.ShouldBe(4);
        (await driver.PreviewAsync(Batch(4))).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);
    }

    [Fact]
    public async Task An_unfinished_create_can_be_destroyed_also_where_its_job_was_never_seen()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "createVolume=6s", "--job-duration", "*=20ms");
        await stage.Cloud.AddFaultAsync("""{"operation":"getJob","effect":"error","status":503,"code":"EVS.5503"}""");
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Batch(3) with { Timeout = TimeSpan.FromSeconds(4) });
        driver.State["data"].Id.ShouldStartWith("job/");
        await stage.Cloud.ClearFaultsAsync();

        driver = await stage.StartDriverAsync(driver);
        (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        (await stage.Cloud.VolumesAsync()).ShouldBeEmpty();
    }

    private static async Task ShouldHaveExactlyAsync(Stage stage, EngineDriver driver, int count)
    {
        var volumes = await stage.Cloud.VolumesAsync();
        Ids(driver).ShouldBe(volumes.Keys, ignoreOrder: true);
        Ids(driver).Select(id => (string?)volumes[id]["name"]).ShouldBe(Enumerable.Range(1, count).Select(number => $"data-{number:0000}"));
    }

    private static Wish Batch(int count) => new("data", Disk(("count", count), ("name", "data")), "evs:index:VolumeBatch");

    private static string[] Ids(EngineDriver driver) =>
        [.. ((PropertyValue.List)driver.State["data"].Outputs["volumeIds"]).Items.Select(id => ((PropertyValue.Text)id).Value)];
}
