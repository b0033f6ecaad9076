using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.Support.Given;

namespace PulumiEvs.Tests.Unit.Resources.Volumes;

/// <summary>Check of a disk that is there: what it is breaks no rule, and it does not shrink by surprise.</summary>
public sealed class VolumeCheckOfExistingTests
{
    private const string Refusal =
        "size: cannot shrink from 40 to 20 GiB: no disk can become smaller. Keep size at 40 or more; or set onShrink to \"replace\" "
        + "to have a new, smaller disk made and this one deleted with its data";

    private static readonly Dictionary<string, (PropertyMap Old, PropertyMap New, string[] Failures)> Shrinking = new()
    {
        ["smaller"] = (Inputs(), Inputs((Size, 20)), [Refusal]),
        ["smaller, refusing said"] = (Inputs(), Inputs((Size, 20), (OnShrink, "refuse")), [Refusal]),
        ["smaller, with consent"] = (Inputs(), Inputs((Size, 20), (OnShrink, "replace")), []),
        ["smaller, with consent in the old inputs only"] = (Inputs((OnShrink, "replace")), Inputs((Size, 20)), [Refusal]),
        ["smaller, with consent not known yet"] = (Inputs(), Inputs((Size, 20), (OnShrink, Unknown)), [Refusal]),
        ["smaller, and replaced anyway"] = (Inputs(), Inputs((Size, 20), (AvailabilityZone, "eu-test-1b")), []),
        ["smaller, and replaced by a type"] = (Inputs(), Inputs((Size, 20), (VolumeProperties.VolumeType, "SAS")), []),
        ["smaller, and perhaps replaced"] = (Inputs(), Inputs((Size, 20), (AvailabilityZone, Unknown)), [Refusal]),
        ["smaller, and perhaps of another type"] = (Inputs(), Inputs((Size, 20), (VolumeProperties.VolumeType, Unknown)), [Refusal]),
        ["smaller, and changed in place"] = (Inputs(), Inputs((Size, 20), (Name, "other")), [Refusal]),
        ["smaller, and something else wrong"] = (
            Inputs(), Inputs((Size, 20), ("color", "red"), (Description, new string('d', 256))),
            [
                Refusal,
                "description: must be at most 255 bytes in UTF-8, but has 256",
                "color: is not a property; there are: availabilityZone, volumeType, size, name, description, snapshotId, imageId, backupId, "
                + "multiattach, deviceType, kmsKeyId, linkedClone, tags, enterpriseProjectId, iops, throughput, onShrink, deleteSnapshots",
            ]),
        ["smaller than any disk"] = (Inputs(), Inputs((Size, 5)), ["size: must be from 10 to 32768 GiB for a data disk"]),
        ["smaller, in secret"] = (
            Inputs((Size, Secret(40))), Inputs((Size, Secret(20))),
            [
                "size: cannot shrink: no disk can become smaller. Keep size at what it was or more; or set onShrink to \"replace\" "
                + "to have a new, smaller disk made and this one deleted with its data",
            ]),
        ["the same"] = (Inputs(), Inputs(), []),
        ["larger"] = (Inputs(), Inputs((Size, 41)), []),
        ["not known yet"] = (Inputs(), Inputs((Size, Unknown)), []),
        ["no longer said, of a disk from a backup"] = (Inputs((BackupId, "b")), Inputs((BackupId, "b"), (Size, None)), []),
        ["said for the first time"] = (Inputs((BackupId, "b"), (Size, None)), Inputs((BackupId, "b"), (Size, 20)), []),
    };

    public static TheoryData<string> ShrinkingNames => [.. Shrinking.Keys];

    [Theory]
    [MemberData(nameof(ShrinkingNames))]
    public void A_size_is(string name)
    {
        var (old, @new, failures) = Shrinking[name];

        Check(@new, old).Failures.Lines().ShouldBe(failures, ignoreOrder: true);
    }

    private static readonly Dictionary<string, PropertyMap> OddDisks = new()
    {
        ["smaller than the rules want"] = Inputs((Size, 1)),
        ["larger than the rules want"] = Inputs((Size, 65536)),
        ["without a type"] = Inputs((VolumeProperties.VolumeType, None)),
        ["with IOPS on a type that has none"] = Inputs((Iops, 5000)),
        ["with tags of another tool"] = Inputs((VolumeProperties.Tags, Given.Tags(("kubernetes.io/name", "pvc 1"), ("a", new string('v', 255))))),
        ["with more tags than the rules want"] = Inputs(
            (VolumeProperties.Tags, PropertyMap.From(Enumerable.Range(0, 20).Select(i => KeyValuePair.Create($"k{i}", (PropertyValue)"v"))))),
        ["with a longer name"] = Inputs((Name, new string('n', 300))),
        ["with a longer description"] = Inputs((Description, new string('d', 300))),
        ["with a key id of another form"] = Inputs((KmsKeyId, "alias/evs")),
    };

    public static TheoryData<string> OddDiskNames => [.. OddDisks.Keys];

    [Theory]
    [MemberData(nameof(OddDiskNames))]
    public void A_disk_that_is_there_breaks_no_rule_by_staying_what_it_is(string name)
    {
        var odd = OddDisks[name];

        Check(odd, odd).Failures.Lines().ShouldBeEmpty();
        Check(odd.With(DeleteSnapshots, true), odd).Failures.Lines().ShouldBeEmpty();
        Check(odd, PropertyMap.Empty).Failures.Lines().ShouldNotBeEmpty();
    }

    [Fact]
    public void What_changes_is_held_against_the_rules()
    {
        var odd = Inputs((Size, 1), (VolumeProperties.Tags, Given.Tags(("a b", "c"))));

        Check(odd.With(Size, 2), odd).Failures.Lines().ShouldBe(["size: must be from 10 to 32768 GiB for a data disk"]);
        Check(odd.With(VolumeProperties.Tags, Given.Tags(("a b", "d"))), odd).Failures.Lines().Single().ShouldStartWith("tags[\"a b\"]: tag key");
        Check(Inputs((VolumeProperties.VolumeType, "GPSSD2")), Inputs()).Failures.Lines().ShouldBe(
            ["iops: is required for volumes of type GPSSD2", "throughput: is required for volumes of type GPSSD2"], ignoreOrder: true);
    }

    [Fact]
    public void What_was_never_a_property_is_refused_although_it_is_in_the_state() =>
        Check(Inputs(("color", "red")), Inputs(("color", "red"))).Failures.ShouldHaveSingleItem().Property.ShouldBe("color");

    [Fact]
    public void Being_secret_now_is_no_change() =>
        Check(Inputs((Size, Secret(1))), Inputs((Size, 1))).Failures.Lines().ShouldBeEmpty();

    private static CheckResult Check(PropertyMap inputs, PropertyMap old) => VolumeCheck.Check(Given.Check(inputs, old), VolumeDefaults.None);
}
