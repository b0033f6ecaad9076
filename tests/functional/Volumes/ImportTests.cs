using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Volumes;

/// <summary>Any disk can be imported: its inputs are complete, and a program with just these inputs shows no change.</summary>
public sealed class ImportTests
{
    private const string Key = "37b0d52e-c249-40d6-83cb-2b93f22445bd";
    private const string Image = "8f2c1c7e-1111-4222-8333-444455556666";

    private static readonly Dictionary<string, (PropertyMap Inputs, string? Change, string[] Expected)> Cases = new()
    {
        ["plain"] = (Disk(("name", "d")), null, ["availabilityZone", "name", "size", "volumeType"]),
        ["encrypted"] = (Disk(("name", "d"), ("kmsKeyId", Key)), null, ["availabilityZone", "kmsKeyId", "name", "size", "volumeType"]),
        ["SCSI"] = (Disk(("name", "d"), ("deviceType", "SCSI")), null, ["availabilityZone", "deviceType", "name", "size", "volumeType"]),
        ["shared"] = (Disk(("name", "d"), ("multiattach", true)), null, ["availabilityZone", "multiattach", "name", "size", "volumeType"]),
        ["made from an image"] = (Disk(("name", "d"), ("imageId", Image)), null, ["availabilityZone", "imageId", "name", "size", "volumeType"]),
        ["tagged"] = (Disk(("name", "d"), ("tags", Tags(("a", "1")))), null, ["availabilityZone", "name", "size", "tags", "volumeType"]),
        ["described"] = (Disk(("name", "d"), ("description", "x")), null, ["availabilityZone", "description", "name", "size", "volumeType"]),
        ["without a name"] = (Disk(("name", "")), null, ["availabilityZone", "name", "size", "volumeType"]),
        ["with set performance"] = (
            Disk(("name", "d"), ("volumeType", "GPSSD2"), ("iops", 3000), ("throughput", 200)), null,
            ["availabilityZone", "iops", "name", "size", "throughput", "volumeType"]),
        ["attached"] = (
            Disk(("name", "d")), """{"attach":{"serverId":"5d5c2a7e-0000-4000-8000-000000000001"},"metadata":{"attached_mode":"rw","readonly":"False"}}""",
            ["availabilityZone", "name", "size", "volumeType"]),
        ["in an error status"] = (Disk(("name", "d")), """{"status":"error_extending"}""", ["availabilityZone", "name", "size", "volumeType"]),
        ["in another enterprise project"] = (
            Disk(("name", "d")), """{"enterpriseProjectId":"1b44c9b2-aaaa-4bbb-8ccc-ddddeeeeffff"}""",
            ["availabilityZone", "enterpriseProjectId", "name", "size", "volumeType"]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_imported_disk_shows_no_change(string name)
    {
        var (inputs, change, expected) = Cases[name];
        await using var stage = await Stage.OpenAsync();
        var maker = await stage.StartDriverAsync();
        (await maker.UpAsync(new Wish("made", inputs))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        var id = maker.State["made"].Id;
        if (change is not null)
        {
            await stage.Cloud.ChangeVolumeAsync(id, change);
        }

        var driver = new EngineDriver(stage.LastPlugin.Client, "other");
        var imported = (await driver.ImportAsync("data", id)).ShouldNotBeNull();

        imported.Id.ShouldBe(id);
        imported.Inputs.Keys.Order(StringComparer.Ordinal).ShouldBe(expected);
        (await driver.CheckAsync(new Wish("data", imported.Inputs))).Failures.ShouldBeEmpty();
        (await driver.PreviewAsync(new Wish("data", imported.Inputs))).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);
        await driver.RefreshAsync();
        (await driver.PreviewAsync(new Wish("data", imported.Inputs))).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);
    }

    [Fact]
    public async Task A_disk_that_is_not_there_cannot_be_imported()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();

        (await driver.ImportAsync("data", "11111111-2222-4333-8444-555566667777")).ShouldBeNull();
    }
}
