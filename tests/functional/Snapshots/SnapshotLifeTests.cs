using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Snapshots;

/// <summary>Snapshots through the plugin process and the local EVS, by themselves and with the disks around them.</summary>
public sealed class SnapshotLifeTests
{
    private const string Type = "evs:index:Snapshot";
    private const string RollbackType = "evs:index:SnapshotRollback";

    private static readonly Wish Data = new("data", Disk(("name", "data")));

    [Fact]
    public async Task Snapshot_disk_from_it_and_rollback_live_and_die_in_one_program()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        Wish[] program =
        [
            Data,
            Snapshot(),
            new Wish("copy", Disk(("name", "copy"), ("size", 50))).With("snapshotId", of: "snap", output: "snapshotId"),
            new Wish("back", PropertyMap.Empty, RollbackType).With("volumeId", of: "data", output: "volumeId").With("snapshotId", of: "snap", output: "snapshotId"),
        ];

        var preview = await driver.PreviewAsync(program);
        preview.SelectMany(step => step.Errors).ShouldBeEmpty();
        preview.ShouldAllBe(step => step.Kind == StepKind.Create);
        (await stage.Cloud.WritesAsync()).ShouldBeEmpty();

        (await driver.UpAsync(program)).SelectMany(step => step.Errors).ShouldBeEmpty();

        var (data, snap) = (driver.State["data"].Id, driver.State["snap"].Id);
        driver.State["copy"].Outputs["snapshotId"].ShouldBe((PropertyValue)snap);
        (await WritesAsync(stage)).ShouldBe(
            ["POST /v3/cloudvolumes", "POST /v2/cloudsnapshots", "POST /v3/cloudvolumes", $"POST /v2/cloudsnapshots/{snap}/rollback"]);
        (await driver.UpAsync(program)).ShouldAllBe(step => step.Kind == StepKind.Same);
        (await driver.RefreshAsync()).SelectMany(step => step.Errors).ShouldBeEmpty();
        (await driver.PreviewAsync(program)).ShouldAllBe(step => step.Kind == StepKind.Same);

        await stage.Cloud.ClearRequestsAsync();
        var copy = driver.State["copy"].Id;
        (await driver.DestroyAsync()).SelectMany(step => step.Errors).ShouldBeEmpty();

        (await WritesAsync(stage)).ShouldBe(
            [$"DELETE /v2/cloudvolumes/{copy}", $"DELETE /v2/cloudsnapshots/{snap}", $"DELETE /v2/cloudvolumes/{data}"]);
        (await stage.Cloud.StateAsync())["snapshots"]!.AsArray().ShouldBeEmpty();
        (await stage.Cloud.VolumesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_snapshot_is_changed_in_place_refreshed_imported_and_found_gone()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        (await driver.UpAsync(Data, Snapshot(("description", "first")))).SelectMany(step => step.Errors).ShouldBeEmpty();
        var snap = driver.State["snap"].Id;
        driver.State["snap"].Outputs["size"].ShouldBe((PropertyValue)40);

        var update = (await driver.UpAsync(Data, Snapshot(("name", "other"), ("description", "second"))))[1];
        update.Kind.ShouldBe(StepKind.Update);
        update.Errors.ShouldBeEmpty();
        driver.State["snap"].Id.ShouldBe(snap);
        driver.State["snap"].Outputs["description"].ShouldBe((PropertyValue)"second");
        (await driver.RefreshAsync()).SelectMany(step => step.Errors).ShouldBeEmpty();
        (await driver.PreviewAsync(Data, Snapshot(("name", "other"), ("description", "second")))).ShouldAllBe(step => step.Kind == StepKind.Same);

        var importer = new EngineDriver(stage.LastPlugin.Client, "other");
        var imported = (await importer.ImportAsync("snap", snap, Type)).ShouldNotBeNull();
        imported.Inputs.Keys.Order(StringComparer.Ordinal).ShouldBe(["description", "name", "volumeId"]);
        (await importer.PreviewAsync(new Wish("snap", imported.Inputs, Type))).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);

        (await driver.UpAsync(Data)).SelectMany(step => step.Errors).ShouldBeEmpty();
        (await importer.RefreshAsync()).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Delete);
        (await importer.ImportAsync("snap", snap, Type)).ShouldBeNull();
    }

    [Fact]
    public async Task A_snapshot_whose_answer_is_lost_is_found_and_made_once()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync(null, ("lostAnswerWindow", 5));
        await driver.UpAsync(Data);
        await stage.Cloud.AddFaultAsync("""{"operation":"createSnapshot","effect":"loseAnswer","count":1}""");

        (await driver.UpAsync(Data, Snapshot())).SelectMany(step => step.Errors).ShouldBeEmpty();

        (await stage.Cloud.StateAsync())["snapshots"]!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe(driver.State["snap"].Id);
    }

    [Fact]
    public async Task A_disk_that_is_attached_is_not_rolled_back()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        (await driver.UpAsync(Data, Snapshot())).SelectMany(step => step.Errors).ShouldBeEmpty();
        await stage.Cloud.ChangeVolumeAsync(driver.State["data"].Id, """{"attach":{"serverId":"5d5c2a7e-0000-4000-8000-000000000001"}}""");
        await stage.Cloud.ClearRequestsAsync();

        var step = (await driver.UpAsync(
            Data,
            Snapshot(),
            new Wish("back", PropertyMap.Empty, RollbackType).With("volumeId", of: "data", output: "volumeId").With("snapshotId", of: "snap", output: "snapshotId")))[2];

        step.Errors.ShouldHaveSingleItem().ShouldContain("is attached to server 5d5c2a7e-0000-4000-8000-000000000001, and must be available. Detach it first");
        (await stage.Cloud.WritesAsync()).ShouldBeEmpty();
        driver.State.Keys.ShouldNotContain("back");
    }

    private static Wish Snapshot(params (string Key, PropertyValue Value)[] more) =>
        new Wish("snap", PropertyMap.Of(("name", "snap")).With(PropertyMap.Of(more)), Type).With("volumeId", of: "data", output: "volumeId");

    private static async Task<IEnumerable<string>> WritesAsync(Stage stage) => (await stage.Cloud.WritesAsync()).Select(request => request.Short);
}
