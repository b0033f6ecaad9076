using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.Support.Given;
using static PulumiEvs.Tests.Unit.Resources.Volumes.VolumeDiffTests;

namespace PulumiEvs.Tests.Unit.Resources.Volumes;

/// <summary>Changes whose effect depends on the values, several at once, maps, ignored paths, failed creations.</summary>
public sealed class VolumeDiffCasesTests
{
    private const string VolumeType = VolumeProperties.VolumeType;

    private static readonly PropertyMap Consenting = Inputs((OnShrink, "replace"));

    private static readonly Dictionary<string, (PropertyMap Old, PropertyMap New, PropertyMap? Outputs, string Changes)> Cases = new()
    {
        ["growing"] = (Inputs(), Inputs((Size, 41)), null, "~ size"),
        ["shrinking with consent"] = (Consenting, Consenting.With(Size, 20), null, "~~ size"),
        ["shrinking and consenting at once"] = (Inputs(), Consenting.With(Size, 20), null, "+ onShrink, ~~ size"),
        ["growing with consent to shrink"] = (Consenting, Consenting.With(Size, 60), null, "~ size"),
        ["a size not known yet, with consent to shrink"] = (Consenting, Consenting.With(Size, Unknown), null, "~~ size"),

        // The outputs know of a growth that the inputs do not: without consent that never costs the disk.
        ["below a size that the disk has reached in the meantime"] = (Inputs(), Inputs((Size, 50)), Outputs(Inputs((Size, 60))), "~ size"),
        ["below a size that the disk has reached in the meantime, with consent"] = (
            Consenting, Consenting.With(Size, 50), Outputs(Consenting.With(Size, 60)), "~~ size"),
        ["a first size below that of a disk from a backup"] = (
            Inputs((BackupId, "b"), (Size, None)), Inputs((BackupId, "b"), (Size, 20)), Outputs(Inputs((BackupId, "b"), (Size, 40))), "+ size"),
        ["a first size above that of a disk from a backup"] = (
            Inputs((BackupId, "b"), (Size, None)), Inputs((BackupId, "b"), (Size, 60)), Outputs(Inputs((BackupId, "b"), (Size, 40))), "+ size"),
        ["the size that an update that failed half-way has reached"] = (Inputs(), Inputs((Size, 60)), Outputs(Inputs((Size, 60))), ""),

        ["a type that became another outside counts as it is"] = (
            Inputs((VolumeType, "SAS")), Inputs((VolumeType, "ESSD")), Outputs(Inputs((VolumeType, "SSD"))), "~ volumeType"),
        ["back to a type that the disk has left"] = (
            Inputs((VolumeType, "SSD")), Inputs((VolumeType, "SAS")), Outputs(Inputs((VolumeType, "ESSD"))), "~~ volumeType"),
        ["a type for a disk that no cloud tells the type of"] = (
            Inputs((VolumeType, None)), Inputs((VolumeType, "SAS")), Outputs(Inputs((VolumeType, None))), ""),
        ["to a type with figures of its own"] = (
            Inputs(), Inputs((VolumeType, "GPSSD2"), (Iops, 3000), (Throughput, 125)), null, "+ iops, + throughput, ~ volumeType"),
        ["from a type with figures of its own"] = (
            Inputs((VolumeType, "GPSSD2"), (Iops, 3000), (Throughput, 125)), Inputs(), null, "- iops, - throughput, ~~ volumeType"),

        ["tags one by one"] = (
            Inputs((VolumeProperties.Tags, Given.Tags(("same", "1"), ("other", "1"), ("gone", "1")))),
            Inputs((VolumeProperties.Tags, Given.Tags(("same", "1"), ("other", "2"), ("new", "1")))),
            null,
            "+ tags.new, - tags.gone, ~ tags.other"),
        ["tags whose keys have odd characters"] = (
            Inputs((VolumeProperties.Tags, Given.Tags(("a.b", "1"), ("say \"hi\"", "1"), ("back\\slash", "1")))),
            Inputs((VolumeProperties.Tags, Given.Tags(("a.b", "2"), ("a-b", "1"), ("back\\slash", "2"), ("1st", "x"), ("团队", "x")))),
            null,
            "+ tags[\"1st\"], + tags[\"a-b\"], + tags[\"团队\"], - tags[\"say \\\"hi\\\"\"], ~ tags[\"a.b\"], ~ tags[\"back\\\\slash\"]"),
        ["tags in another order"] = (
            Inputs((VolumeProperties.Tags, Given.Tags(("a", "1"), ("b", "2")))), Inputs((VolumeProperties.Tags, Given.Tags(("b", "2"), ("a", "1")))), null, ""),
        ["one tag not known yet"] = (
            Inputs((VolumeProperties.Tags, Given.Tags(("a", "1"), ("b", "2")))), Inputs((VolumeProperties.Tags, Given.Tags(("a", Unknown), ("b", "2")))), null,
            "~ tags.a"),
        ["a new tag not known yet"] = (Inputs(), Inputs((VolumeProperties.Tags, Given.Tags(("a", Unknown)))), null, "+ tags.a"),
        ["a secret tag that changes"] = (
            Inputs((VolumeProperties.Tags, Given.Tags(("a", Secret("1"))))), Inputs((VolumeProperties.Tags, Given.Tags(("a", Secret("2"))))), null, "~ tags.a"),
        ["tags that become secret"] = (
            Inputs((VolumeProperties.Tags, Given.Tags(("a", "1")))), Inputs((VolumeProperties.Tags, Secret(Given.Tags(("a", "1"))))), null, ""),
        ["an empty map in place of no tags"] = (Inputs(), Inputs((VolumeProperties.Tags, PropertyMap.Empty)), null, ""),
        ["the last tag"] = (Inputs((VolumeProperties.Tags, Given.Tags(("a", "1")))), Inputs((VolumeProperties.Tags, PropertyMap.Empty)), null, "- tags.a"),

        ["a description that is emptied"] = (Inputs((Description, "d")), Inputs((Description, "")), null, "~ description"),
        ["a name that is emptied"] = (Inputs(), Inputs((Name, "")), null, "~ name"),
        ["not shared, said"] = (Inputs(), Inputs((Multiattach, false), (DeviceType, "VBD"), (EnterpriseProjectId, "0"), (LinkedClone, false)), null, ""),
        ["several at once"] = (
            Inputs((Description, "d")),
            Inputs((Size, 60), (Name, "x"), (AvailabilityZone, "eu-test-1b"), (KmsKeyId, KeyId)),
            null,
            "++ kmsKeyId, - description, ~ name, ~ size, ~~ availabilityZone"),
        ["nothing of the program's own that the cloud never hears of, in the outputs"] = (
            Inputs((DeleteSnapshots, true)), Inputs((DeleteSnapshots, true)), Outputs(Inputs()), ""),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Changes_are(string name)
    {
        var (old, @new, outputs, changes) = Cases[name];

        Changes(old, @new, outputs).ShouldBe(changes);
    }

    private static readonly string[] Types = [.. VolumeTypes.All.Select(type => type.Name), "co-p1"];

    /// <summary>Which types a disk can become as it stands (user guide, changing the disk type; retype request, Huawei Cloud).</summary>
    private static readonly Dictionary<string, string> Retypes = new()
    {
        ["SATA"] = "SAS GPSSD SSD ESSD GPSSD2 ESSD2",
        ["SAS"] = "GPSSD SSD ESSD GPSSD2 ESSD2",
        ["GPSSD"] = "SSD ESSD GPSSD2 ESSD2",
        ["SSD"] = "GPSSD ESSD GPSSD2 ESSD2",
        ["ESSD"] = "GPSSD SSD GPSSD2 ESSD2",
        ["GPSSD2"] = "ESSD2",
        ["ESSD2"] = "GPSSD2",
        ["co-p1"] = "",
    };

    [Fact]
    public void Types_change_in_place_along_the_documented_matrix_only()
    {
        foreach (var from in Types)
        {
            foreach (var to in Types.Where(to => to != from))
            {
                var expected = Retypes[from].Split(' ').Contains(to) ? "~ volumeType" : "~~ volumeType";

                Changes(Inputs((VolumeType, from)), Inputs((VolumeType, to))).ShouldBe(expected, $"{from} to {to}");
            }
        }
    }

    private static readonly Dictionary<string, (string[] Ignored, string Left)> IgnoredPaths = new()
    {
        ["nothing"] = ([], "+ tags.new, ~ name, ~ size, ~ tags.a, ~ tags[\"x.y\"]"),
        ["a property"] = (["size"], "+ tags.new, ~ name, ~ tags.a, ~ tags[\"x.y\"]"),
        ["a map as a whole"] = (["tags"], "~ name, ~ size"),
        ["an entry"] = (["tags.a"], "+ tags.new, ~ name, ~ size, ~ tags[\"x.y\"]"),
        ["an entry by its quoted key"] = (["tags[\"x.y\"]"], "+ tags.new, ~ name, ~ size, ~ tags.a"),
        ["an entry that is new"] = (["tags.new"], "~ name, ~ size, ~ tags.a, ~ tags[\"x.y\"]"),
        ["all entries"] = (["tags.*"], "~ name, ~ size"),
        ["all entries, in brackets"] = (["tags[*]"], "~ name, ~ size"),
        ["everything"] = (["*"], ""),
        ["several"] = (["name", "size", "tags.a"], "+ tags.new, ~ tags[\"x.y\"]"),
        ["what does not exist"] = (["color", "tags.none", "name.first", "size[0]"], "+ tags.new, ~ name, ~ size, ~ tags.a, ~ tags[\"x.y\"]"),
        ["a part of a word"] = (["siz", "tag"], "+ tags.new, ~ name, ~ size, ~ tags.a, ~ tags[\"x.y\"]"),
    };

    public static TheoryData<string> IgnoredNames => [.. IgnoredPaths.Keys];

    [Theory]
    [MemberData(nameof(IgnoredNames))]
    public void Changes_that_the_user_ignores_are_none(string name)
    {
        var (ignored, left) = IgnoredPaths[name];
        var old = Inputs((VolumeProperties.Tags, Given.Tags(("a", "1"), ("x.y", "1"))));
        var @new = Inputs((Size, 60), (Name, "other"), (VolumeProperties.Tags, Given.Tags(("a", "2"), ("x.y", "2"), ("new", "1"))));

        string.Join(", ", VolumeDiff(Given.Diff(old, @new, null, [.. ignored])).Changes.Lines()).ShouldBe(left);
    }

    [Fact]
    public void An_ignored_change_replaces_nothing() =>
        VolumeDiff(Given.Diff(Inputs(), Inputs((AvailabilityZone, "eu-test-1b")), null, AvailabilityZone)).HasChanges.ShouldBeFalse();

    [Fact]
    public void A_disk_whose_creation_failed_is_replaced_and_deleted_first()
    {
        var outputs = CreationMark.Put(Outputs(Inputs(), (Status, "error")), CreationState.Failed);

        var diff = VolumeDiff(Given.Diff(Inputs(), Inputs(), outputs));

        diff.Changes.Lines().ShouldBe(["~~ status"]);
        diff.Changes[0].OfInput.ShouldBeFalse();
        diff.Replaces.ShouldBeTrue();
        diff.DeleteBeforeReplace.ShouldBeTrue();
    }

    [Fact]
    public void A_disk_whose_creation_is_not_finished_is_not_replaced()
    {
        var outputs = CreationMark.Put(Outputs(Inputs(), (Status, "creating")), CreationState.Unfinished);

        VolumeDiff(Given.Diff(Inputs(), Inputs(), outputs)).HasChanges.ShouldBeFalse();
    }

    [Fact]
    public void A_disk_that_worked_and_went_wrong_later_is_not_replaced_by_itself() =>
        Changes(Inputs(), Inputs(), Outputs(Inputs(), (Status, "error"))).ShouldBeEmpty();

    [Fact]
    public void Old_values_are_to_be_read_from_the_inputs() =>
        VolumeDiff(Given.Diff(Inputs(), Inputs((Size, 60), (Name, "x")))).Changes.ShouldAllBe(change => change.OfInput);
}
