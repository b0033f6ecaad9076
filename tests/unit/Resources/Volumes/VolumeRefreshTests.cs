using System.Text.Json.Nodes;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.Support.Given;

namespace PulumiEvs.Tests.Unit.Resources.Volumes;

/// <summary>
/// Refresh: a change made outside shows as exactly that change, and the next plan undoes exactly that. What did not change stays
/// out of sight.
/// </summary>
public sealed class VolumeRefreshTests
{
    private static readonly PropertyMap Tagged = Inputs((VolumeProperties.Tags, Given.Tags(("a", "1"), ("b", "2"))));

    private static readonly PropertyMap Fast = Inputs((VolumeProperties.VolumeType, "GPSSD2"), (Iops, 5000), (Throughput, 200));

    /// <param name="Inputs">The program's.</param>
    /// <param name="Outside">What was done to the disk since.</param>
    /// <param name="Plan">What the next run would do.</param>
    private sealed record Drift(PropertyMap Inputs, Action<JsonObject> Outside, string Plan)
    {
        /// <summary>What Check says to the program's inputs then.</summary>
        public string[] Failures { get; init; } = [];

        public string Status { get; init; } = "available";
    }

    private static readonly Dictionary<string, Drift> Drifts = new()
    {
        ["nothing"] = new(Inputs(), _ => { }, ""),
        ["nothing, of a disk with everything"] = new(
            Fast.With(PropertyMap.Of(
                (Description, "d"), (KmsKeyId, KeyId), (DeviceType, "SCSI"), (Multiattach, true), (EnterpriseProjectId, "eps"), (OnShrink, "replace"),
                (DeleteSnapshots, true), (VolumeProperties.Tags, Given.Tags(("a", "1"))))),
            _ => { },
            ""),
        ["a name"] = new(Inputs(), disk => disk["name"] = "renamed", "~ name"),
        ["a name taken away"] = new(Inputs(), disk => disk["name"] = "", "~ name"),
        ["a description"] = new(Inputs((Description, "d")), disk => disk["description"] = "changed", "~ description"),
        ["a description taken away"] = new(Inputs((Description, "d")), disk => disk["description"] = null, "~ description"),
        ["a description for a disk that has none in the program"] = new(Inputs(), disk => disk["description"] = "x", "- description"),
        ["growth"] = new(Inputs(), disk => disk["size"] = 60, "~ size")
        {
            Failures =
            [
                "size: cannot shrink from 60 to 40 GiB: no disk can become smaller. Keep size at 60 or more; or set onShrink to \"replace\" "
                + "to have a new, smaller disk made and this one deleted with its data",
            ],
        },
        ["growth, with consent to shrink"] = new(Inputs((OnShrink, "replace")), disk => disk["size"] = 60, "~~ size"),
        ["growth of a disk whose size the program does not say"] = new(
            Inputs((BackupId, "b"), (Size, None)), disk => disk["size"] = 60, ""),
        ["another type"] = new(Inputs(), disk => disk["volume_type"] = "ESSD", "~ volumeType"),
        ["another type, from which there is no way back"] = new(
            Inputs((VolumeProperties.VolumeType, "SAS")), disk => disk["volume_type"] = "SSD", "~~ volumeType"),
        ["figures"] = new(Fast, disk => disk["iops"]!["total_val"] = 6000, "~ iops"),
        ["a tag's value"] = new(Tagged, disk => disk["tags"]!["a"] = "changed", "~ tags.a"),
        ["a tag taken away"] = new(Tagged, disk => disk["tags"]!.AsObject().Remove("a"), "+ tags.a"),
        ["all tags taken away"] = new(Tagged, disk => disk["tags"] = null, "+ tags.a, + tags.b"),
        ["a further tag"] = new(Tagged, disk => disk["tags"]!["x.y"] = "new", "- tags[\"x.y\"]"),
        ["a first tag"] = new(Inputs(), disk => disk["tags"] = new JsonObject { ["x"] = "new" }, "- tags.x"),
        ["an attachment"] = new(
            Inputs(), disk => disk["attachments"] = new JsonArray(new JsonObject { ["server_id"] = "s", ["attachment_id"] = "a" }), "")
        { Status = "in-use" },
        ["an error"] = new(Inputs(), _ => { }, "") { Status = "error_extending" },
        ["a transfer to another project's hands"] = new(Inputs(), _ => { }, "") { Status = "awaiting-transfer" },
        ["several things"] = new(
            Tagged.With(Description, "d"),
            disk =>
            {
                disk["name"] = "renamed";
                disk["description"] = "";
                disk["tags"] = new JsonObject { ["b"] = "2", ["c"] = "3" };
            },
            "+ tags.a, - tags.c, ~ description, ~ name"),
        ["what a program that names defaults manages"] = new(
            Inputs((DeviceType, "VBD"), (Multiattach, false)), disk => disk["metadata"]!["hw:passthrough"] = "true", "~~ deviceType"),
        ["what the program never asked for and only a replacement could undo"] = new(
            Inputs(), disk => disk["metadata"]!["hw:passthrough"] = "true", ""),
        ["silence about what the program manages"] = new(
            Inputs((KmsKeyId, KeyId), (EnterpriseProjectId, "eps"), (DeviceType, "SCSI"), (ImageId, "i"), (Multiattach, true)),
            disk =>
            {
                foreach (var field in (string[])["metadata", "enterprise_project_id", "volume_image_metadata", "multiattach", "shareable", "volume_type"])
                {
                    disk.Remove(field);
                }
            },
            ""),
    };

    public static TheoryData<string> Names => [.. Drifts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_change_outside_is_planned_to_be_undone(string name)
    {
        var drift = Drifts[name];
        var before = await ReadAsync(DiskOf(drift.Inputs), drift.Inputs, Outputs(drift.Inputs));
        before.Inputs.ShouldMatch(drift.Inputs);

        var after = await ReadAsync(DiskOf(drift.Inputs, drift.Status, drift.Outside), drift.Inputs, before.Outputs);
        var check = VolumeCheck.Check(Given.Check(drift.Inputs, after.Inputs), VolumeDefaults.None);

        check.Failures.Lines().ShouldBe(drift.Failures);
        string.Join(", ", VolumeDiffTests.VolumeDiff(Given.Diff(after.Inputs!, check.Inputs, after.Outputs)).Changes.Lines()).ShouldBe(drift.Plan);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_second_refresh_finds_nothing_new(string name)
    {
        var drift = Drifts[name];
        var disk = DiskOf(drift.Inputs, drift.Status, drift.Outside);
        var first = await ReadAsync(disk, drift.Inputs, Outputs(drift.Inputs));

        var second = await ReadAsync(disk, first.Inputs, first.Outputs);

        second.Inputs.ShouldMatch(first.Inputs!);
        second.Outputs.ShouldMatch(first.Outputs);
    }

    [Theory]
    [InlineData("error", true)]
    [InlineData("error_extending", true)]
    [InlineData("in-use", false)]
    [InlineData("maintenance", false)]
    public async Task A_disk_that_broke_is_warned_of(string status, bool isWarned)
    {
        using var rig = new VolumeRig(($"GET {Bodies.VolumePath}", Bodies.Volume(status)));

        await rig.ReadAsync(Given.VolumeId, Inputs(), Outputs(Inputs()));

        rig.Cloud.Log.Warnings.ShouldBe(isWarned
            ?
            [
                $"volume \"data\" ({Given.VolumeId}) is in status {status}: look at it in the console, or have the service's support repair it. "
                + $"To give it up with its data, and have a new one made, run: pulumi up --replace '{Given.Resource.Urn}'",
            ]
            : []);
    }

    [Fact]
    public async Task A_disk_that_was_deleted_outside_is_gone()
    {
        using var rig = new VolumeRig(($"GET {Bodies.VolumePath}", Bodies.NotFound));

        (await rig.ReadAsync(Given.VolumeId, Inputs(), Outputs(Inputs()))).ShouldBe(ResourceOutcome.Gone.Instance);
        rig.Cloud.Lines.ShouldBe([$"GET {Bodies.VolumePath}"]);
    }

    [Fact]
    public async Task A_404_that_is_not_the_services_own_word_is_an_error()
    {
        using var rig = new VolumeRig(($"GET {Bodies.VolumePath}", _ => StubHttp.Text("<html>404</html>", 404)));

        var error = await Should.ThrowAsync<PulumiEvs.Evs.Errors.EvsException>(() => rig.ReadAsync(Given.VolumeId, Inputs(), Outputs(Inputs())));

        error.Message.ShouldContain("reading volume " + Given.VolumeId);
    }

    [Fact]
    public async Task What_was_secret_stays_secret_also_when_it_was_changed_outside()
    {
        var inputs = Inputs((Name, Secret("data")), (Description, Secret("d")), (VolumeProperties.Tags, Given.Tags(("a", Secret("1")), ("b", "2"))));

        var read = await ReadAsync(
            Bodies.Disk(change: disk =>
            {
                disk["description"] = "changed";
                disk["tags"] = new JsonObject { ["a"] = "changed", ["b"] = "2" };
            }),
            inputs,
            Outputs(inputs));

        var expected = PropertyMap.Of(
            (Name, Secret("data")), (Description, Secret("changed")), (VolumeProperties.Tags, Given.Tags(("a", Secret("changed")), ("b", "2"))));
        read.Inputs!.ShouldInclude(expected);
        read.Outputs.ShouldInclude(expected);
    }

    [Fact]
    public async Task What_the_cloud_never_tells_stays_what_the_program_gave()
    {
        var inputs = Inputs((BackupId, "b"), (OnShrink, "replace"), (DeleteSnapshots, true));

        var read = await ReadAsync(Bodies.Disk(), inputs, Outputs(inputs, (JobId, "job-7")));

        read.Inputs.ShouldMatch(inputs);
        read.Outputs.ShouldInclude(PropertyMap.Of((BackupId, "b"), (OnShrink, "replace"), (DeleteSnapshots, true), (JobId, "job-7")));
    }

    [Fact]
    public async Task A_look_up_by_id_with_nothing_given_is_like_an_import() =>
        (await ReadAsync(Bodies.Disk(), PropertyMap.Empty, PropertyMap.Empty)).Inputs.ShouldMatch(Inputs());

    private static async Task<ResourceOutcome.Done> ReadAsync(JsonObject disk, PropertyMap? inputs, PropertyMap? state)
    {
        var body = new JsonObject { ["volume"] = disk.DeepClone() }.ToJsonString();
        using var rig = new VolumeRig(($"GET {Bodies.VolumePath}", _ => StubHttp.Json(body)));
        return (await rig.ReadAsync(Given.VolumeId, inputs, state)).ShouldBeOfType<ResourceOutcome.Done>();
    }

    /// <summary>The disk that a program with these inputs would have made.</summary>
    private static JsonObject DiskOf(PropertyMap inputs, string status = "available", Action<JsonObject>? outside = null) => Bodies.Disk(status, disk =>
    {
        disk["volume_type"] = InputReader.Text(inputs[VolumeProperties.VolumeType]);
        disk["size"] = InputReader.Int(inputs[Size]) ?? 40;
        disk["description"] = InputReader.Text(inputs[Description]) ?? "";
        disk["multiattach"] = InputReader.Bool(inputs[Multiattach]) ?? false;
        disk["enterprise_project_id"] = InputReader.Text(inputs[EnterpriseProjectId]) ?? "0";
        disk["tags"] = new JsonObject(InputReader.Map(inputs[VolumeProperties.Tags]).Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
        disk["metadata"]!["hw:passthrough"] = InputReader.Text(inputs[DeviceType]) == "SCSI" ? "true" : "false";
        if (InputReader.Text(inputs[KmsKeyId]) is { } key)
        {
            disk["metadata"]!["__system__encrypted"] = "1";
            disk["metadata"]!["__system__cmkid"] = key;
        }

        if (InputReader.Text(inputs[ImageId]) is { } image)
        {
            disk["volume_image_metadata"] = new JsonObject { ["image_id"] = image };
        }

        foreach (var figure in (string[])[Iops, Throughput])
        {
            if (InputReader.Int(inputs[figure]) is { } value)
            {
                disk[figure] = new JsonObject { ["total_val"] = value };
            }
        }

        outside?.Invoke(disk);
    });
}
