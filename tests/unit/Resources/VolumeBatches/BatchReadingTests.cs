using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.VolumeBatches;
using PulumiEvs.Tests.Unit.Resources.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.VolumeBatches.BatchGiven;

namespace PulumiEvs.Tests.Unit.Resources.VolumeBatches;

/// <summary>Refresh and import: what the inputs become, and what is no batch.</summary>
public sealed class BatchReadingTests
{
    /// <param name="Refreshed">The inputs afterwards, starting from three disks of 40 GiB.</param>
    private sealed record Case(Action<BatchRig> Meanwhile, PropertyMap Refreshed, string Volumes);

    private static readonly string All = $"1 {Id(1)} data-0001 40; 2 {Id(2)} data-0002 40; 3 {Id(3)} data-0003 40";

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["nothing has changed"] = new(_ => { }, Inputs(3), All),
        ["the last is gone"] = new(rig => rig.Disks.Remove(Id(3)), Inputs(2), $"1 {Id(1)} data-0001 40; 2 {Id(2)} data-0002 40"),
        ["the first is gone, which gave the batch its id"] = new(
            rig => rig.Disks.Remove(Id(1)), Inputs(2), $"2 {Id(2)} data-0002 40; 3 {Id(3)} data-0003 40"),
        ["all have grown"] = new(
            rig => Each(rig, Size, 60), Inputs(3, (Size, 60)), All.Replace(" 40", " 60", StringComparison.Ordinal)),
        ["one has grown: none can be smaller than that"] = new(
            rig => rig.Disks[Id(2)]["size"] = 60, Inputs(3, (Size, 60)), All.Replace("data-0002 40", "data-0002 60", StringComparison.Ordinal)),
        ["one has another name"] = new(
            rig => rig.Disks[Id(2)]["name"] = "mine", Inputs(3), All.Replace("data-0002", "mine", StringComparison.Ordinal)),
        ["all have a description"] = new(rig => Each(rig, Description, "d"), Inputs(3, (Description, "d")), All),
        ["one has a description"] = new(rig => rig.Disks[Id(1)]["description"] = "d", Inputs(3), All),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_refresh_shows_what_there_is(string name)
    {
        var @case = Cases[name];
        using var rig = new BatchRig();
        var state = (await rig.MadeAsync(Inputs(3))).Outputs;
        @case.Meanwhile(rig);

        var read = (await rig.ReadAsync(Id(1), Inputs(3), state)).ShouldBeOfType<ResourceOutcome.Done>();

        read.Id.ShouldBe(Id(1));
        read.Inputs.ShouldMatch(@case.Refreshed);
        BatchGiven.Volumes(read.Outputs).ShouldBe(@case.Volumes);
        rig.Writes.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_without_disks_is_gone()
    {
        using var rig = new BatchRig();
        var state = (await rig.MadeAsync(Inputs(3))).Outputs;
        rig.Disks.Clear();

        (await rig.ReadAsync(Id(1), Inputs(3), state)).ShouldBeOfType<ResourceOutcome.Gone>();
    }

    private static readonly Dictionary<string, (Action<BatchRig> Meanwhile, string Ids, string Problem)> Refusals = new()
    {
        ["a disk that is not there"] = (rig => rig.Disks.Remove(Id(3)), $"{Id(1)},{Id(3)}", $"there is no volume {Id(3)}"),
        ["names without numbers"] = (
            rig => rig.Disks[Id(2)]["name"] = "mine", $"{Id(1)},{Id(2)}",
            """the volumes of a batch have one name, each with a number of its own ("data-0001", "data-0002", …), but these are "data-0001", "mine". """
            + "Import them as evs:index:Volume instead."),
        ["two names"] = (rig => rig.Disks[Id(2)]["name"] = "db-0002", $"{Id(1)},{Id(2)}", "\"data-0001\", \"db-0002\""),
        ["a number twice"] = (rig => rig.Disks[Id(2)]["name"] = "data-0001", $"{Id(1)},{Id(2)}", "\"data-0001\", \"data-0001\""),
        ["two sizes"] = (rig => rig.Disks[Id(2)]["size"] = 60, $"{Id(1)},{Id(2)}", "these differ in size: 40, 60"),
        ["disks from a snapshot"] = (
            rig =>
            {
                rig.Disks[Id(1)]["snapshot_id"] = "s";
                rig.Disks[Id(2)]["snapshot_id"] = "s";
            },
            $"{Id(1)},{Id(2)}",
            "the volumes of a batch have no snapshotId, but these have \"s\""),
        ["no id"] = (_ => { }, ",", "takes the ids of its 1 to 100 volumes, separated by commas; these are 0"),
    };

    public static TheoryData<string> RefusalNames => [.. Refusals.Keys];

    [Theory]
    [MemberData(nameof(RefusalNames))]
    public async Task What_is_no_batch_is_not_imported_as_one(string name)
    {
        var (meanwhile, ids, problem) = Refusals[name];
        using var rig = new BatchRig();
        await rig.MadeAsync(Inputs(3));
        meanwhile(rig);

        (await Should.ThrowAsync<ResourceException>(() => rig.ReadAsync(ids))).Message.ShouldContain(problem);
    }

    [Fact]
    public async Task A_part_of_the_disks_in_any_order_is_a_batch_as_well()
    {
        using var rig = new BatchRig();
        await rig.MadeAsync(Inputs(3));

        var read = (await rig.ReadAsync($"{Id(3)}, {Id(2)}")).ShouldBeOfType<ResourceOutcome.Done>();

        read.Id.ShouldBe(Id(2));
        read.Inputs.ShouldMatch(Inputs(2));
        BatchGiven.Volumes(read.Outputs).ShouldBe($"2 {Id(2)} data-0002 40; 3 {Id(3)} data-0003 40");
        BatchDiffer.Diff(Requests.Diff(BatchDeclaration.Token, read.Inputs!, Inputs(2), read.Outputs, Id(2))).Changes.ShouldBeEmpty();
    }

    private static void Each(BatchRig rig, string property, System.Text.Json.Nodes.JsonNode value)
    {
        foreach (var disk in rig.Disks.Values)
        {
            disk[property] = value.DeepClone();
        }
    }
}
