using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Volumes;

/// <summary>No disk goes with something on it that the user may not have thought of.</summary>
public sealed class DeletionTests
{
    private static readonly Dictionary<string, (string Change, string[] Says)> Refusals = new()
    {
        ["attached"] = ("""{"attach":{"serverId":"5d5c2a7e-0000-4000-8000-000000000001","device":"/dev/vdc"}}""", ["5d5c2a7e-0000-4000-8000-000000000001", "/dev/vdc", "Detach"]),
        ["has a snapshot"] = ("""{"addSnapshot":{"name":"before-upgrade"}}""", ["1 snapshot", "before-upgrade", "deleteSnapshots"]),
        ["prepaid"] = ("""{"metadata":{"orderID":"CS2201"}}""", ["prepaid", "CS2201", "Unsubscribe"]),
        ["in error_deleting"] = ("""{"status":"error_deleting"}""", ["error_deleting", "support"]),
    };

    public static TheoryData<string> Names => [.. Refusals.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_disk_is_not_deleted_while_something_stands_against_it(string name)
    {
        var (change, says) = Refusals[name];
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume());
        await stage.Cloud.ChangeVolumeAsync(driver.State["data"].Id, change);
        await stage.Cloud.ClearRequestsAsync();

        var error = (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem();

        says.ShouldAllBe(word => error.Contains(word));
        (await stage.Cloud.WritesAsync()).ShouldBeEmpty();
        driver.State.Keys.ShouldBe(["data"]);
    }

    [Fact]
    public async Task With_consent_the_snapshots_go_with_the_disk()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume(("deleteSnapshots", true)));
        await stage.Cloud.ChangeVolumeAsync(driver.State["data"].Id, """{"addSnapshot":{"name":"old"}}""");

        (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        (await stage.Cloud.VolumesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_that_is_gone_already_is_deleted()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume());
        await stage.Cloud.ChangeVolumeAsync(driver.State["data"].Id, """{"delete":true}""");

        (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_delete_waits_while_the_disk_is_on_its_way_somewhere()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume());
        var id = driver.State["data"].Id;
        await stage.Cloud.ChangeVolumeAsync(id, """{"status":"detaching"}""");

        var destroying = driver.DestroyAsync();
        await Waiting.UntilAsync(() => stage.Engine.Lines.Any(line => line.Text.Contains("while the volume is detaching")), "the wait is shown");
        await stage.Cloud.ChangeVolumeAsync(id, """{"status":"available"}""");

        (await destroying).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await stage.Cloud.VolumesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_delete_job_that_fails_says_so_and_keeps_the_disk_in_the_state()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume());
        await stage.Cloud.AddFaultAsync("""{"operation":"deleteVolume","effect":"jobFail","code":"EVS.2020","leave":"error","count":1}""");

        var error = (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem();

        error.ShouldContain("EVS.2020");
        error.ShouldContain("deleteVolume, status FAIL");
        driver.State.Keys.ShouldBe(["data"]);
    }
}
