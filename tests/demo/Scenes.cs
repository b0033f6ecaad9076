using System.Collections.Immutable;
using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Demo;

/// <summary>The scenes of the demo, in order.</summary>
internal static class Scenes
{
    private const string Data = "data";
    private const string Vault = "vault";
    private const string Racks = "racks";

    /// <summary>The numbers of the disks that the local EVS is told to fail.</summary>
    private static readonly int[] Unlucky = [3, 14, 15, 59, 65, 89, 97];

    public static readonly ImmutableArray<Scene> All =
    [
        new("A new disk", CreateAsync),
        new("A job that fails", FailAsync),
        new("The next run heals it", HealAsync),
        new("More room, in place", GrowAsync),
        new("Another tag", TagAsync),
        new("Less room: refused", ShrinkAsync),
        new("Another zone: a replacement", ReplaceAsync),
        new("A hundred disks by one request, seven of which fail", HundredAsync),
        new("The next run makes the seven", SevenAsync),
        new("The end of all disks", DestroyAsync),
    ];

    private static async Task CreateAsync(Stage stage)
    {
        stage.Write(Data, PropertyMap.Of(
            ("availabilityZone", SimulatorProcess.Zone),
            ("volumeType", "SSD"),
            ("size", 100),
            ("tags", PropertyMap.Of(("team", "storage"), ("environment", "test")))));

        var preview = await stage.PreviewAsync();
        stage.Verify(preview.Kind == StepKind.Create && (await stage.Cloud.WritesAsync()).Count == 0, "the preview has changed nothing in the cloud");

        var up = await stage.UpAsync();
        stage.Verify(up.Kind == StepKind.Create && Text(up.Outputs, "status") == "available", "the job has ended in SUCCESS, and the disk is available");
        var disk = await stage.FindInCloudAsync(Text(up.Outputs, "volumeId"));
        stage.Verify(
            (string?)disk?["status"] == "available" && (int?)disk["size"] == 100 && (string?)disk["tags"]?["team"] == "storage",
            "the local EVS has it under that volumeId, with its size and tags");

        var read = (await stage.RefreshAsync())[0];
        stage.Verify(read.Kind == StepKind.Refresh && read.Outputs.Equals(up.Outputs), "reading it back tells the same");
    }

    private static async Task FailAsync(Stage stage)
    {
        stage.Say("A second disk is to be encrypted, but the account lacks the agency that lets EVS use its keys. EVS finds out in the job.");
        stage.Write(Vault, PropertyMap.Of(
            ("availabilityZone", SimulatorProcess.Zone),
            ("volumeType", "SSD"),
            ("size", 20),
            ("kmsKeyId", "0d0466b0-e727-4d9c-b35d-f84bb474a37f")));
        await stage.Cloud.AddFaultAsync("""{ "operation": "createVolume", "effect": "jobFail", "code": "EVS.2044", "leave": "error", "count": 1 }""");

        var up = await stage.UpAsync();
        var text = string.Join('\n', up.Errors);
        var request = (await stage.Cloud.WritesAsync()).Last(write => write.Operation == "createVolume");
        var job = Text(stage.State[Vault].Outputs, "jobId");
        stage.Verify(up.Failed && text.Contains("EVS.2044", StringComparison.Ordinal), "the diagnostic has the error code and the reason");
        stage.Verify(text.Contains(job, StringComparison.Ordinal), "and the id of the job");
        stage.Verify(request.RequestId is { } id && text.Contains(id, StringComparison.Ordinal), "and the id of the request, which the cloud's support asks for");
        stage.Verify(text.Contains("KMS Administrator", StringComparison.Ordinal), "and what to do about it");
        var disk = await stage.FindInCloudAsync(stage.State[Vault].Id);
        stage.Verify((string?)disk?["status"] == "error", "what the job has left behind is in the stack's state, so it cannot be forgotten");
    }

    private static async Task HealAsync(Stage stage)
    {
        stage.Say("The agency is there now. The program stays as it is.");
        var broken = stage.State[Vault].Id;

        var up = await stage.UpAsync();
        stage.Verify(
            up.Kind == StepKind.Replace && await stage.FindInCloudAsync(broken) is null,
            "what was broken has been deleted first, since it counts against the quota");
        var disk = await stage.FindInCloudAsync(stage.State[Vault].Id);
        stage.Verify((string?)disk?["status"] == "available" && (bool?)disk["encrypted"] == true, "the disk is available, and encrypted");
    }

    private static async Task GrowAsync(Stage stage)
    {
        var id = stage.State[Data].Id;
        stage.Edit(Data, "size", 120);

        var preview = await stage.PreviewAsync();
        stage.Verify(preview is { Kind: StepKind.Update } && preview.Diff.Keys.SequenceEqual(["size"]), "the preview says: in place");

        await stage.Cloud.ClearRequestsAsync();
        var up = await stage.UpAsync();
        stage.Verify(up.Kind == StepKind.Update && stage.State[Data].Id == id, "it is the same disk");
        stage.Verify((int?)(await stage.FindInCloudAsync(id))?["size"] == 120, "it has 120 GiB");
        stage.Verify((await stage.Cloud.WritesAsync()) is [{ Operation: "extendVolume" }], "one request has changed it");
    }

    private static async Task TagAsync(Stage stage)
    {
        var id = stage.State[Data].Id;
        stage.Edit(Data, "tags", PropertyMap.Of(("team", "storage"), ("environment", "production"), ("cost", "42")));

        var preview = await stage.PreviewAsync();
        stage.Verify(preview.Kind == StepKind.Update && !preview.Diff.ContainsKey("tags.team"), "the tag that stays is not touched");

        var up = await stage.UpAsync();
        var tags = (await stage.FindInCloudAsync(id))?["tags"]?.AsObject();
        stage.Verify(
            up.Kind == StepKind.Update && tags?.Count == 3 && (string?)tags["environment"] == "production" && (string?)tags["cost"] == "42",
            "the disk has the three tags");
    }

    private static async Task ShrinkAsync(Stage stage)
    {
        var id = stage.State[Data].Id;
        stage.Edit(Data, "size", 60);
        await stage.Cloud.ClearRequestsAsync();

        var preview = await stage.PreviewAsync();
        stage.Verify(
            preview.Failed && preview.Errors.Any(error => error.Contains("onShrink", StringComparison.Ordinal)),
            "refused before anything happens, with the way out");
        stage.Verify((await stage.Cloud.RequestsAsync()).Count == 0 && (int?)(await stage.FindInCloudAsync(id))?["size"] == 120, "the disk is as it was");
    }

    private static async Task ReplaceAsync(Stage stage)
    {
        var old = stage.State[Data].Id;
        stage.Edit(Data, "size", 120);
        stage.Edit(Data, "availabilityZone", "local-1b");

        var preview = await stage.PreviewAsync();
        stage.Verify(preview.Kind == StepKind.Replace, "the preview says that another disk takes its place");

        var up = await stage.UpAsync();
        stage.Verify(up.Kind == StepKind.Replace && stage.State[Data].Id != old, "there is another disk");
        stage.Verify((string?)(await stage.FindInCloudAsync(stage.State[Data].Id))?["availability_zone"] == "local-1b", "it lies in the other zone");
        stage.Verify(await stage.FindInCloudAsync(old) is null, "the old one is gone");
    }

    private static async Task HundredAsync(Stage stage)
    {
        stage.Say("A hundred equal disks. EVS takes them all by one request, and finds out in seven of its sub-jobs that it cannot make them.");
        stage.Write(
            Racks,
            PropertyMap.Of(
                ("count", 100), ("name", "rack"), ("availabilityZone", SimulatorProcess.Zone), ("volumeType", "GPSSD"), ("size", 10)),
            "evs:index:VolumeBatch");
        await stage.Cloud.AddFaultAsync(
            $$"""{ "operation": "createVolume", "effect": "jobFail", "code": "EVS.2024", "leave": "none", "subJobs": [{{string.Join(", ", Unlucky)}}], "count": 1 }""");
        await stage.Cloud.ClearRequestsAsync();

        var up = await stage.UpAsync();
        stage.Verify(
            up.Failed && Unlucky.All(number => up.Errors.Count(error => error.Contains($"\"rack-{number:0000}\": EVS.2024", StringComparison.Ordinal)) == 1),
            "each of the seven is named, with its reason");
        stage.Verify((await RacksAsync(stage)).Count == 93 && Tracked(stage).SetEquals(await RacksAsync(stage)), "the other 93 are there, and all in the state");
        stage.Verify((await stage.Cloud.WritesAsync()) is [{ Operation: "createVolume" }], "it was one request");
    }

    private static async Task SevenAsync(Stage stage)
    {
        var before = await RacksAsync(stage);
        var preview = await stage.PreviewAsync();
        stage.Verify(preview.Kind == StepKind.Update && preview.Diff.Keys.SequenceEqual(["count"]), "the preview says that seven are to come");

        await stage.UpAsync();
        var racks = await RacksAsync(stage);
        stage.Verify(racks.Count == 100 && racks.IsSupersetOf(before) && racks.SetEquals(Tracked(stage)), "there are 100, and the 93 are the same as before");
        var names = (await stage.Cloud.VolumesAsync()).Values.Select(disk => (string?)disk["name"]).Where(name => name?.StartsWith("rack-", StringComparison.Ordinal) is true);
        stage.Verify(
            names.Order(StringComparer.Ordinal).SequenceEqual(Enumerable.Range(1, 100).Select(number => $"rack-{number:0000}")),
            "they are called rack-0001 to rack-0100");
    }

    private static async Task<HashSet<string>> RacksAsync(Stage stage) =>
        [.. (await stage.Cloud.VolumesAsync()).Where(disk => ((string?)disk.Value["name"])?.StartsWith("rack-", StringComparison.Ordinal) is true).Select(disk => disk.Key)];

    private static HashSet<string> Tracked(Stage stage) =>
        [.. ((PropertyValue.List)stage.State[Racks].Outputs["volumeIds"]).Items.Select(id => ((PropertyValue.Text)id).Value)];

    private static async Task DestroyAsync(Stage stage)
    {
        var steps = await stage.DestroyAsync();
        stage.Verify(steps.Count == 3 && steps.All(step => step.Kind == StepKind.Delete) && stage.State.Count == 0, "all three are deleted, the batch with its hundred disks");
        stage.Verify((await stage.Cloud.VolumesAsync()).Count == 0, "the local EVS has no disk left");
    }

    private static string Text(PropertyMap outputs, string name) => outputs[name].Bare is PropertyValue.Text text
        ? text.Value
        : throw new DemoException($"{name} was expected to be a text; it is {outputs[name].KindName}");
}
