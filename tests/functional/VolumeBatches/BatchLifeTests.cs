using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.VolumeBatches;

/// <summary>A batch of volumes through its life, over the whole way: engine, plugin, HTTP, jobs.</summary>
public sealed class BatchLifeTests
{
    private const string SevenFail =
        """{"operation":"createVolume","effect":"jobFail","code":"EVS.2024","leave":"none","subJobs":[3,14,15,59,65,89,97],"count":1}""";

    [Fact]
    public async Task A_batch_of_100_with_7_failing_sub_jobs_ends_with_93_disks_and_7_reasons_and_the_next_run_makes_the_7()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync(SevenFail);
        var driver = await stage.StartDriverAsync();

        var errors = (await driver.UpAsync(Batch(100))).ShouldHaveSingleItem().Errors;

        errors[0].ShouldContain("""creating 100 volumes "data" (SSD, 40 GiB, local-1a) ended after""");
        errors[0].ShouldContain("with 93 of 100");
        errors[0].ShouldContain(Text(driver.State["data"].Outputs["jobId"]));
        errors.Skip(1).Select(error => error[..error.IndexOf(" (sub-job", StringComparison.Ordinal)]).ShouldBe(
            ((int[])[3, 14, 15, 59, 65, 89, 97]).Select(number => $"""volume "data-{number:0000}": EVS.2024 volume is error!"""));
        var there = await stage.Cloud.VolumesAsync();
        there.Count.ShouldBe(93);
        Ids(driver).ShouldBe(there.Keys, ignoreOrder: true);

        driver = await stage.StartDriverAsync(driver);
        var preview = (await driver.PreviewAsync(Batch(100))).ShouldHaveSingleItem();
        preview.Kind.ShouldBe(StepKind.Update);
        preview.Diff.Keys.ShouldBe(["count"]);
        var again = (await driver.UpAsync(Batch(100))).ShouldHaveSingleItem();

        again.Errors.ShouldBeEmpty();
        there = await stage.Cloud.VolumesAsync();
        there.Count.ShouldBe(100);
        Ids(driver).Select(id => (string?)there[id]["name"]).ShouldBe(Enumerable.Range(1, 100).Select(number => $"data-{number:0000}"));
        (await stage.Cloud.WritesAsync()).Count(write => write.Operation == "createVolume").ShouldBe(2);
        (await driver.PreviewAsync(Batch(100))).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);

        (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await stage.Cloud.VolumesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_failed_sub_jobs_leave_behind_is_deleted_before_it_is_made_anew()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"jobFail","code":"EVS.2044","leave":"error","subJobs":[2],"count":1}""");
        var driver = await stage.StartDriverAsync();

        var errors = (await driver.UpAsync(Batch(3))).ShouldHaveSingleItem().Errors;

        var broken = Ids(driver)[1];
        errors[1].ShouldContain($"left behind: volume {broken} in status error");
        driver = await stage.StartDriverAsync(driver);
        (await driver.UpAsync(Batch(3))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        var there = await stage.Cloud.VolumesAsync();
        there.ContainsKey(broken).ShouldBeFalse();
        there.Values.Select(disk => (string?)disk["name"]).Order().ShouldBe(["data-0001", "data-0002", "data-0003"]);
        there.Values.ShouldAllBe(disk => (string?)disk["status"] == "available");
    }

    [Theory]
    [InlineData("v2")]
    [InlineData("v2.1")]
    [InlineData("v3")]
    public async Task The_count_goes_up_and_down_in_place(string createVersion)
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync(null, ("apiVersions", $$"""{"create":"{{createVersion}}"}"""));
        (await driver.UpAsync(Batch(2))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        var first = Ids(driver);

        var grown = (await driver.UpAsync(Batch(5))).ShouldHaveSingleItem();

        grown.Errors.ShouldBeEmpty();
        grown.Kind.ShouldBe(StepKind.Update);
        Ids(driver).Take(2).ShouldBe(first);
        await NamesAsync(5);

        (await driver.UpAsync(Batch(6))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        await NamesAsync(6);

        (await driver.UpAsync(Batch(1))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        Ids(driver).ShouldBe([first[0]]);
        await NamesAsync(1);

        async Task NamesAsync(int count)
        {
            var there = await stage.Cloud.VolumesAsync();
            Ids(driver).Select(id => (string?)there[id]["name"]).ShouldBe(Enumerable.Range(1, count).Select(number => $"data-{number:0000}"));
            there.Count.ShouldBe(count);
            (await driver.PreviewAsync(Batch(count))).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);
        }
    }

    [Fact]
    public async Task Changes_reach_every_volume_and_keep_each_the_same()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Batch(8, ("tags", Tags(("a", "1"), ("b", "2")))));
        var ids = Ids(driver);
        var changed = Batch(8, ("size", 60), ("name", "db"), ("description", "d"), ("volumeType", "ESSD"), ("tags", Tags(("b", "3"))));

        var step = (await driver.UpAsync(changed)).ShouldHaveSingleItem();

        step.Errors.ShouldBeEmpty();
        Ids(driver).ShouldBe(ids);
        var there = await stage.Cloud.VolumesAsync();
        ids.Select(id => there[id]).Select(disk => $"{disk["name"]} {disk["size"]} {disk["volume_type"]} {disk["description"]} {disk["tags"]!.ToJsonString()}")
            .ShouldBe(Enumerable.Range(1, 8).Select(number => $$"""db-{{number:0000}} 60 ESSD d {"b":"3"}"""));
        (await driver.PreviewAsync(changed)).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);
        (await driver.RefreshAsync()).ShouldHaveSingleItem().Outputs.Equals(step.Outputs).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_attached_keeps_a_smaller_count_from_doing_anything_and_a_destroy_from_deleting_it()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Batch(4));
        var attached = Ids(driver)[2];
        await stage.Cloud.ChangeVolumeAsync(attached, """{"attach":{"serverId":"11111111-2222-3333-4444-555555555555"}}""");
        await stage.Cloud.ClearRequestsAsync();

        var error = (await driver.UpAsync(Batch(2))).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem();

        error.ShouldContain("nothing was changed");
        error.ShouldContain($"""volume "data-0003" ({attached}) is attached to server""");
        (await stage.Cloud.WritesAsync()).ShouldBeEmpty();

        var left = (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem();
        left.ShouldContain("3 are deleted, 1 is not");
        left.ShouldContain($"""volume "data-0003" ({attached}) is attached""");
        (await stage.Cloud.VolumesAsync()).Keys.ShouldBe([attached]);
    }

    [Fact]
    public async Task Volumes_that_are_gone_are_made_anew_and_nothing_else()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Batch(5));
        var ids = Ids(driver);
        await stage.Cloud.ChangeVolumeAsync(ids[1], """{"delete":true}""");
        await stage.Cloud.ChangeVolumeAsync(ids[3], """{"delete":true}""");
        await stage.Cloud.ClearRequestsAsync();

        await driver.RefreshAsync();
        var preview = (await driver.PreviewAsync(Batch(5))).ShouldHaveSingleItem();
        preview.Diff.Keys.ShouldBe(["count"]);
        (await driver.UpAsync(Batch(5))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        Ids(driver).Zip(ids, (now, before) => now == before).ShouldBe([true, false, true, false, true]);
        var there = await stage.Cloud.VolumesAsync();
        Ids(driver).Select(id => (string?)there[id]["name"]).ShouldBe(["data-0001", "data-0002", "data-0003", "data-0004", "data-0005"]);
    }

    [Fact]
    public async Task Drift_of_a_single_volume_is_shown_as_that_and_repaired()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        var program = Batch(3, ("tags", Tags(("a", "1"))));
        await driver.UpAsync(program);
        var ids = Ids(driver);
        await stage.Cloud.ChangeVolumeAsync(ids[1], """{"tags":{"a":"2"},"name":"mine"}""");

        await driver.RefreshAsync();
        var preview = (await driver.PreviewAsync(program)).ShouldHaveSingleItem();
        preview.Diff.Keys.ShouldBe(["volumes[1].name", "volumes[1].tags"], ignoreOrder: true);
        await stage.Cloud.ClearRequestsAsync();
        (await driver.UpAsync(program)).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        (await stage.Cloud.WritesAsync()).Select(write => write.Path.Split('/')[4]).Distinct().ShouldBe([ids[1]]);
        (await driver.PreviewAsync(program)).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);
    }

    [Fact]
    public async Task A_batch_is_imported_by_the_ids_of_its_volumes()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Batch(3));
        var made = driver.State["data"];

        var imported = await (await stage.StartDriverAsync()).ImportAsync("data", string.Join(',', Ids(driver)), "evs:index:VolumeBatch");

        imported.ShouldNotBeNull().Id.ShouldBe(made.Id);
        ((PropertyValue)imported.Inputs).ShouldBe(made.Inputs);
        ((PropertyValue)imported.Outputs).ShouldBe(made.Outputs.Without("jobId"));
    }

    private static Wish Batch(int count, params (string Key, PropertyValue Value)[] more) =>
        new("data", Disk([("count", count), ("name", "data"), .. more]), "evs:index:VolumeBatch");

    private static string[] Ids(EngineDriver driver) => [.. ((PropertyValue.List)driver.State["data"].Outputs["volumeIds"]).Items.Select(Text)];

    private static string Text(PropertyValue value) => ((PropertyValue.Text)value).Value;
}
