using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Attachments;

/// <summary>Attachments through the plugin process and the local EVS with its part of ECS.</summary>
public sealed class AttachmentLifeTests
{
    private const string Type = "evs:index:VolumeAttachment";
    private const string Server = "5d5c2a7e-0000-4000-8000-000000000001";
    private const string OtherServer = "5d5c2a7e-0000-4000-8000-000000000002";

    [Fact]
    public async Task Disk_and_attachment_live_and_die_in_one_program_and_the_disk_grows_while_attached()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await StartAsync(stage);

        var preview = await driver.PreviewAsync(Data(), Attached(Server));
        preview.SelectMany(step => step.Errors).ShouldBeEmpty();
        (await stage.Cloud.WritesAsync()).ShouldBeEmpty();
        (await driver.UpAsync(Data(), Attached(Server))).SelectMany(step => step.Errors).ShouldBeEmpty();
        var id = driver.State["data"].Id;
        driver.State["attached"].Id.ShouldBe($"{Server}/{id}");
        driver.State["attached"].Outputs["device"].ShouldBe((PropertyValue)"/dev/vdb");
        (await stage.Cloud.VolumesAsync())[id]["status"]!.GetValue<string>().ShouldBe("in-use");

        await stage.Cloud.ClearRequestsAsync();
        var growth = await driver.UpAsync(Data(("size", 60)), Attached(Server));
        growth.SelectMany(step => step.Errors).ShouldBeEmpty();
        growth.Select(step => step.Kind).ShouldBe([StepKind.Update, StepKind.Same]);
        (await WritesAsync(stage, id)).ShouldBe(["POST /v2.1/cloudvolumes/ID/action"]);
        (await stage.Cloud.VolumesAsync())[id]["size"]!.GetValue<int>().ShouldBe(60);
        (await driver.RefreshAsync()).SelectMany(step => step.Errors).ShouldBeEmpty();
        (await driver.PreviewAsync(Data(("size", 60)), Attached(Server))).ShouldAllBe(step => step.Kind == StepKind.Same);

        await stage.Cloud.ClearRequestsAsync();
        (await driver.DestroyAsync()).SelectMany(step => step.Errors).ShouldBeEmpty();

        (await WritesAsync(stage, id)).ShouldBe([$"DELETE /v1/cloudservers/{Server}/detachvolume/ID", "DELETE /v2/cloudvolumes/ID"]);
        (await stage.Cloud.VolumesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_shared_disk_is_attached_to_several_servers_at_once_and_taken_down()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await StartAsync(stage);
        var shared = Data(("multiattach", true));
        (await driver.UpAsync(shared)).SelectMany(step => step.Errors).ShouldBeEmpty();
        var id = driver.State["data"].Id;
        Wish[] program =
        [
            shared,
            .. Enumerable.Range(1, 3).Select(number => new Wish(
                $"attached-{number}", PropertyMap.Of(("volumeId", id), ("serverId", $"5d5c2a7e-0000-4000-8000-00000000000{number}")), Type)),
        ];

        (await driver.UpInParallelAsync(program)).SelectMany(step => step.Errors).ShouldBeEmpty();

        (await stage.Cloud.VolumesAsync())[id]["attachments"]!.AsArray().Count.ShouldBe(3);
        (await driver.UpAsync(program)).ShouldAllBe(step => step.Kind == StepKind.Same);
        (await driver.DestroyAsync()).SelectMany(step => step.Errors).ShouldBeEmpty();
        (await stage.Cloud.VolumesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Moving_a_disk_to_another_server_detaches_it_from_the_first_one_first()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await StartAsync(stage);
        (await driver.UpAsync(Data(), Attached(Server))).SelectMany(step => step.Errors).ShouldBeEmpty();
        var id = driver.State["data"].Id;
        await stage.Cloud.ClearRequestsAsync();

        var moved = await driver.UpAsync(Data(), Attached(OtherServer));

        moved.SelectMany(step => step.Errors).ShouldBeEmpty();
        moved[1].Kind.ShouldBe(StepKind.Replace);
        (await WritesAsync(stage, id)).ShouldBe(
            [$"DELETE /v1/cloudservers/{Server}/detachvolume/ID", $"POST /v1/cloudservers/{OtherServer}/attachvolume"]);
        driver.State["attached"].Id.ShouldBe($"{OtherServer}/{id}");
    }

    [Fact]
    public async Task An_attachment_is_imported_and_one_that_was_undone_outside_is_gone()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await StartAsync(stage);
        (await driver.UpAsync(Data(), Attached(Server))).SelectMany(step => step.Errors).ShouldBeEmpty();
        var id = driver.State["data"].Id;

        var importer = new EngineDriver(stage.LastPlugin.Client, "other");
        var imported = (await importer.ImportAsync("attached", $"{Server}/{id}", Type)).ShouldNotBeNull();
        (await importer.PreviewAsync(new Wish("attached", imported.Inputs, Type))).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);
        (await importer.ImportAsync("nothing", $"{OtherServer}/{id}", Type)).ShouldBeNull();

        await stage.Cloud.ChangeVolumeAsync(id, """{"detach":"*"}""");
        (await importer.RefreshAsync()).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Delete);
        (await driver.DestroyAsync()).SelectMany(step => step.Errors).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_attachment_whose_answer_is_lost_is_attached_once()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"attachVolume","effect":"loseAnswer","count":1}""");
        var driver = await StartAsync(stage);

        (await driver.UpAsync(Data(), Attached(Server))).SelectMany(step => step.Errors).ShouldBeEmpty();

        (await stage.Cloud.VolumesAsync())[driver.State["data"].Id]["attachments"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_job_of_ecs_that_fails_leaves_the_disk_free_and_says_why()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"attachVolume","effect":"jobFail","count":1,"leave":"none"}""");
        var driver = await StartAsync(stage);

        var step = (await driver.UpAsync(Data(), Attached(Server)))[1];

        step.Errors.ShouldHaveSingleItem().ShouldStartWith($"attaching volume {driver.State["data"].Id} to server {Server}");
        driver.State.Keys.ShouldNotContain("attached");
        (await driver.UpAsync(Data(), Attached(Server))).SelectMany(step => step.Errors).ShouldBeEmpty();
    }

    private static Task<EngineDriver> StartAsync(Stage stage) => stage.StartDriverAsync(null, ("ecsEndpoint", stage.Cloud.Url));

    private static Wish Data(params (string Key, PropertyValue Value)[] more) => new("data", Disk([("name", "data"), .. more]));

    private static Wish Attached(string serverId) =>
        new Wish("attached", PropertyMap.Of(("serverId", serverId)), Type).With("volumeId", of: "data", output: "volumeId");

    private static async Task<IEnumerable<string>> WritesAsync(Stage stage, string id) =>
        (await stage.Cloud.WritesAsync()).Select(request => request.Short.Replace(id, "ID", StringComparison.Ordinal));
}
