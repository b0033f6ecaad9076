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
/// Import: the inputs are complete, hold nothing that is a default or the service's own, pass Check, and with them there is
/// nothing to change.
/// </summary>
public sealed class VolumeImportTests
{
    private const string OtherProject = "5aa119a8-d25b-45a7-8d1b-88e127885635";

    private static readonly Dictionary<string, (JsonObject Disk, PropertyMap Inputs, PropertyMap Outputs)> Disks = new()
    {
        ["a plain disk"] = (
            Bodies.Disk(),
            Inputs(),
            PropertyMap.Of(
                (VolumeProperties.VolumeId, Given.VolumeId), (Status, "available"), (Multiattach, false), (DeviceType, "VBD"), (Encrypted, false), (Bootable, false),
                (EnterpriseProjectId, "0"), (Wwn, "6888603"), (CreatedAt, "2026-03-01T12:00:05.000000"), (Attachments, new PropertyValue.List([])),
                (SnapshotId, None), (ImageId, None), (KmsKeyId, None), (Description, None), (VolumeProperties.Tags, None), (UpdatedAt, None), (JobId, None))),
        ["a described and tagged disk"] = (
            Bodies.Disk(change: disk =>
            {
                disk["description"] = "the data";
                disk["tags"] = new JsonObject { ["team"] = "a", ["empty"] = "" };
            }),
            Inputs((Description, "the data"), (VolumeProperties.Tags, Given.Tags(("team", "a"), ("empty", "")))),
            PropertyMap.Of((Description, "the data"), (VolumeProperties.Tags, Given.Tags(("team", "a"), ("empty", ""))))),
        ["an encrypted disk"] = (
            Bodies.Disk(change: disk => disk["metadata"] = new JsonObject { ["__system__encrypted"] = "1", ["__system__cmkid"] = KeyId }),
            Inputs((KmsKeyId, KeyId)),
            PropertyMap.Of((KmsKeyId, KeyId), (Encrypted, true))),
        ["an encrypted disk whose key the cloud does not tell"] = (
            Bodies.Disk(change: disk => disk["encrypted"] = true),
            Inputs(),
            PropertyMap.Of((KmsKeyId, None), (Encrypted, true))),
        ["a SCSI disk"] = (
            Bodies.Disk(change: disk =>
            {
                disk["metadata"]!["hw:passthrough"] = "true";
                disk["serial_number"] = "s-1";
            }),
            Inputs((DeviceType, "SCSI")),
            PropertyMap.Of((DeviceType, "SCSI"), (SerialNumber, "s-1"))),
        ["a disk whose device type the cloud does not tell"] = (
            Bodies.Disk(change: disk => disk["metadata"] = null), Inputs(), PropertyMap.Of((DeviceType, "VBD"))),
        ["a shared disk"] = (Bodies.Disk(change: disk => disk["multiattach"] = true), Inputs((Multiattach, true)), PropertyMap.Of((Multiattach, true))),
        ["a shared disk of an old answer"] = (
            Bodies.Disk(change: disk =>
            {
                disk.Remove("multiattach");
                disk["shareable"] = "true";
            }),
            Inputs((Multiattach, true)),
            PropertyMap.Of((Multiattach, true))),
        ["a disk made from an image"] = (
            Bodies.Disk(change: disk =>
            {
                disk["bootable"] = "true";
                disk["volume_image_metadata"] = new JsonObject { ["image_id"] = "i-1", ["min_disk"] = "40" };
            }),
            Inputs((ImageId, "i-1")),
            PropertyMap.Of((ImageId, "i-1"), (Bootable, true))),
        ["an encrypted SCSI disk made from an image, which passed both on"] = (
            Bodies.Disk(change: disk =>
            {
                disk["metadata"] = new JsonObject { ["__system__encrypted"] = "1", ["__system__cmkid"] = KeyId, ["hw:passthrough"] = "true" };
                disk["volume_image_metadata"] = new JsonObject { ["image_id"] = "i-1" };
            }),
            Inputs((ImageId, "i-1")),
            PropertyMap.Of((KmsKeyId, KeyId), (DeviceType, "SCSI"), (Encrypted, true))),
        ["a disk made from a snapshot of a system disk"] = (
            Bodies.Disk(change: disk =>
            {
                disk["snapshot_id"] = "s-1";
                disk["volume_image_metadata"] = new JsonObject { ["image_id"] = "i-1" };
            }),
            Inputs((SnapshotId, "s-1")),
            PropertyMap.Of((SnapshotId, "s-1"), (ImageId, "i-1"))),
        ["a linked clone"] = (
            Bodies.Disk(change: disk =>
            {
                disk["snapshot_id"] = "s-1";
                disk["metadata"]!["full_clone"] = "0";
            }),
            Inputs((SnapshotId, "s-1"), (LinkedClone, true)),
            PropertyMap.Of((LinkedClone, true))),
        ["a linked clone whose snapshot the cloud no longer tells"] = (
            Bodies.Disk(change: disk => disk["metadata"]!["full_clone"] = "0"), Inputs(), PropertyMap.Of((LinkedClone, true))),
        ["an encrypted disk made from a backup"] = (
            Bodies.Disk(change: disk =>
            {
                disk["backup_id"] = "b-1";
                disk["metadata"] = new JsonObject { ["__system__encrypted"] = "1", ["__system__cmkid"] = KeyId };
            }),
            Inputs((BackupId, "b-1"), (KmsKeyId, KeyId)),
            PropertyMap.Of((BackupId, "b-1"))),
        ["a disk with figures of its own"] = (
            Bodies.Disk(change: disk =>
            {
                disk["volume_type"] = "GPSSD2";
                disk["iops"] = new JsonObject { ["frozened"] = false, ["id"] = "q", ["total_val"] = 5000 };
                disk["throughput"] = new JsonObject { ["frozened"] = false, ["id"] = "q", ["total_val"] = 200 };
            }),
            Inputs((VolumeProperties.VolumeType, "GPSSD2"), (Iops, 5000), (Throughput, 200)),
            PropertyMap.Of((Iops, 5000), (Throughput, 200))),
        ["a disk with figures that are not its program's to set"] = (
            Bodies.Disk(change: disk =>
            {
                disk["iops"] = new JsonObject { ["total_val"] = 20000 };
                disk["throughput"] = new JsonObject { ["total_val"] = 350 };
            }),
            Inputs(),
            PropertyMap.Of((Iops, 20000), (Throughput, 350))),
        ["a disk of another enterprise project"] = (
            Bodies.Disk(change: disk => disk["enterprise_project_id"] = OtherProject),
            Inputs((EnterpriseProjectId, OtherProject)),
            PropertyMap.Of((EnterpriseProjectId, OtherProject))),
        ["an attached disk"] = (
            Bodies.Disk("in-use", disk => disk["attachments"] = new JsonArray(new JsonObject
            {
                ["server_id"] = "server-1",
                ["attachment_id"] = "attachment-1",
                ["device"] = "/dev/vdb",
                ["attached_at"] = "2026-03-02T08:00:00.000000",
                ["id"] = Given.VolumeId,
                ["volume_id"] = Given.VolumeId,
                ["host_name"] = null,
            })),
            Inputs(),
            PropertyMap.Of(
                (Status, "in-use"),
                (Attachments, new PropertyValue.List(
                [
                    PropertyMap.Of(
                        ("serverId", "server-1"), ("attachmentId", "attachment-1"), ("device", "/dev/vdb"), ("attachedAt", "2026-03-02T08:00:00.000000")),
                ])))),
        ["a disk in an error state"] = (Bodies.Disk("error"), Inputs(), PropertyMap.Of((Status, "error"))),
        ["a disk that moves"] = (Bodies.Disk("extending"), Inputs(), PropertyMap.Of((Status, "extending"))),
        ["a disk without a name"] = (Bodies.Disk(change: disk => disk["name"] = null), Inputs((Name, "")), PropertyMap.Of((Name, ""))),
        ["a disk with the service's own metadata"] = (
            Bodies.Disk(change: disk => disk["metadata"] = new JsonObject
            {
                ["policy"] = "p-1",
                ["attached_mode"] = "rw",
                ["readonly"] = "False",
                ["hw:passthrough"] = "false",
                ["orderID"] = "o-1",
                ["volume_owner"] = "x",
            }),
            Inputs(),
            PropertyMap.Of((Status, "available"))),
    };

    public static TheoryData<string> Names => [.. Disks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_inputs_are_those_of_a_program_that_would_make_the_disk(string name)
    {
        var (disk, inputs, outputs) = Disks[name];

        var done = await ImportAsync(disk);

        done.Id.ShouldBe(Given.VolumeId);
        done.Inputs.ShouldMatch(inputs);
        done.Outputs.ShouldInclude(outputs);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_program_with_these_inputs_passes_check_and_changes_nothing(string name)
    {
        var done = await ImportAsync(Disks[name].Disk);
        var inputs = done.Inputs!;

        // As the import does it, and as a program does it that is new to the engine.
        VolumeCheck.Check(Given.Check(inputs, inputs), VolumeDefaults.None).Failures.Lines().ShouldBeEmpty();
        VolumeCheck.Check(Given.Check(inputs), VolumeDefaults.None).Failures.Lines().ShouldBeEmpty();
        VolumeDiffTests.VolumeDiff(Given.Diff(inputs, VolumeCheck.Check(Given.Check(inputs, inputs), VolumeDefaults.None).Inputs, done.Outputs))
            .Changes.Lines().ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_refresh_after_the_import_changes_nothing(string name)
    {
        var imported = await ImportAsync(Disks[name].Disk);

        var refreshed = await ReadAsync(Disks[name].Disk, imported.Inputs, imported.Outputs);

        refreshed.Inputs.ShouldMatch(imported.Inputs!);
        refreshed.Outputs.ShouldMatch(imported.Outputs);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_output_that_a_read_always_returns_is_there(string name)
    {
        var done = await ImportAsync(Disks[name].Disk);

        VolumeDeclaration.Declaration.Properties.Where(property => property.AlwaysReturned).Select(property => property.Name)
            .ShouldAllBe(property => !done.Outputs[property].IsAbsent);
        done.Outputs.Values.ShouldAllBe(value => !value.IsAbsent && !value.HasUnknown);
    }

    public static TheoryData<string> RecordedDisks => [.. Recorded().Select(recorded => recorded.Name)];

    [Fact]
    public void There_are_recorded_disks() => Recorded().Count().ShouldBeGreaterThanOrEqualTo(11);

    [Theory]
    [MemberData(nameof(RecordedDisks))]
    public async Task A_recorded_disk_is_imported_without_a_change(string name)
    {
        var disk = Recorded().Single(recorded => recorded.Name == name).Disk;

        var done = await ImportAsync(disk);
        var check = VolumeCheck.Check(Given.Check(done.Inputs!, done.Inputs), VolumeDefaults.None);

        done.Id.ShouldBe((string)disk["id"]!);
        check.Failures.Lines().ShouldBeEmpty();
        check.Inputs.ShouldMatch(done.Inputs!);
        VolumeDiffTests.VolumeDiff(Given.Diff(done.Inputs!, check.Inputs, done.Outputs)).Changes.Lines().ShouldBeEmpty();
        (await ReadAsync(disk, done.Inputs, done.Outputs)).Inputs.ShouldMatch(done.Inputs!);
    }

    [Fact]
    public async Task Naming_the_type_of_a_disk_whose_type_no_answer_tells_changes_nothing()
    {
        var done = await ImportAsync(Bodies.Disk(change: disk => disk["volume_type"] = null));
        var named = done.Inputs!.With(VolumeProperties.VolumeType, "SAS");

        VolumeCheck.Check(Given.Check(named, done.Inputs), VolumeDefaults.None).Failures.Lines().ShouldBeEmpty();
        VolumeDiffTests.VolumeDiff(Given.Diff(done.Inputs!, named, done.Outputs)).Changes.Lines().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_imported()
    {
        using var rig = new VolumeRig(($"GET {Bodies.VolumePath}", Bodies.NotFound));

        (await rig.ReadAsync(Given.VolumeId)).ShouldBe(ResourceOutcome.Gone.Instance);
    }

    private static Task<ResourceOutcome.Done> ImportAsync(JsonObject disk) => ReadAsync(disk, null, null);

    private static async Task<ResourceOutcome.Done> ReadAsync(JsonObject disk, PropertyMap? inputs, PropertyMap? state)
    {
        var id = (string)disk["id"]!;
        var body = new JsonObject { ["volume"] = disk.DeepClone() }.ToJsonString();
        using var rig = new VolumeRig(($"GET /v2/cloudvolumes/{id}", _ => StubHttp.Json(body)));
        return (await rig.ReadAsync(id, inputs, state)).ShouldBeOfType<ResourceOutcome.Done>();
    }

    /// <summary>Every volume in the recorded bodies, in whatever body it stands.</summary>
    private static IEnumerable<(string Name, JsonObject Disk)> Recorded() => Fixtures.RecordedNames.SelectMany(name =>
    {
        var body = JsonNode.Parse(Fixtures.Recorded(name));
        return Volumes(body).Select((disk, index) => (index == 0 ? name : $"{name} #{index + 1}", disk));
    });

    private static IEnumerable<JsonObject> Volumes(JsonNode? node) => node switch
    {
        // Short lists tell no zone, requests no id.
        JsonObject disk when disk.ContainsKey("id") && disk.ContainsKey("availability_zone") && disk.ContainsKey("size") => [disk],
        JsonObject map => map.SelectMany(member => Volumes(member.Value)),
        JsonArray list => list.SelectMany(Volumes),
        _ => [],
    };
}
