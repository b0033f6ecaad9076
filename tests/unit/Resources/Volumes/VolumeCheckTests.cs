using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.Support.Given;

namespace PulumiEvs.Tests.Unit.Resources.Volumes;

/// <summary>Each documented rule of a volume's inputs: what is accepted, what is refused, and in which words.</summary>
public sealed class VolumeCheckTests
{
    private const string VolumeType = VolumeProperties.VolumeType;

    private static readonly PropertyMap Fast = Inputs((VolumeType, "GPSSD2"), (Size, 100), (Iops, 5000), (Throughput, 200));

    private static readonly Dictionary<string, PropertyMap> Accepted = new()
    {
        ["a plain disk"] = Inputs(),
        ["every property of a blank disk"] = Inputs(
            (Description, "d"), (Multiattach, true), (DeviceType, "SCSI"), (KmsKeyId, KeyId), (VolumeProperties.Tags, Given.Tags(("team", "a"))),
            (EnterpriseProjectId, "0"), (OnShrink, "refuse"), (DeleteSnapshots, true)),
        ["the smallest data disk"] = Inputs((Size, 10)),
        ["the largest data disk"] = Inputs((Size, 32768)),
        ["a small disk from a snapshot, which the cloud judges"] = Inputs((SnapshotId, "s"), (Size, 1)),
        ["a small disk from an image, which the cloud judges"] = Inputs((ImageId, "i"), (Size, 9)),
        ["a huge disk from an image, which the cloud judges"] = Inputs((ImageId, "i"), (Size, 40000)),
        ["a disk from a backup without a size"] = Inputs((BackupId, "b"), (Size, None)),
        ["a disk from a backup with a size"] = Inputs((BackupId, "b"), (Size, 5)),
        ["an encrypted disk from a backup"] = Inputs((BackupId, "b"), (KmsKeyId, KeyId)),
        ["a SCSI disk from a backup"] = Inputs((BackupId, "b"), (DeviceType, "SCSI")),
        ["VBD said of a disk from a snapshot"] = Inputs((SnapshotId, "s"), (DeviceType, "VBD")),
        ["a linked clone"] = Inputs((SnapshotId, "s"), (LinkedClone, true)),
        ["a disk that is no linked clone, without a snapshot"] = Inputs((LinkedClone, false)),
        ["a name of 255 bytes"] = Inputs((Name, new string('n', 255))),
        ["a name of 85 Chinese characters, 255 bytes"] = Inputs((Name, new string('盘', 85))),
        ["no name, meant"] = Inputs((Name, "")),
        ["a description of 255 bytes"] = Inputs((Description, new string('é', 127) + "x")),
        ["an empty description"] = Inputs((Description, "")),
        ["a type that no document knows"] = Inputs((VolumeType, "co-p1")),
        ["a type that no document knows, with performance"] = Inputs((VolumeType, "co-p1"), (Iops, 100), (Throughput, 1)),
        ["GPSSD2 within its limits"] = Fast,
        ["GPSSD2 at its lowest"] = Fast.With(PropertyMap.Of((Iops, 3000), (Throughput, 125))),
        ["GPSSD2 at its highest"] = Fast.With(PropertyMap.Of((Size, 256), (Iops, 128000), (Throughput, 1000))),
        ["GPSSD2 with all the IOPS that its size allows"] = Fast.With(PropertyMap.Of((Size, 10), (Iops, 5000))),
        ["GPSSD2 with all the throughput that its IOPS allow"] = Fast.With(PropertyMap.Of((Iops, 3000), (Throughput, 750))),
        ["GPSSD2 from a backup, without a size to hold the IOPS against"] = Fast.With(PropertyMap.Of((BackupId, "b"), (Iops, 128000))).Without(Size),
        ["ESSD2, whose limits no document gives"] = Inputs((VolumeType, "ESSD2"), (Iops, 1)),
        ["ten tags"] = Inputs((VolumeProperties.Tags, ManyTags(10))),
        ["a tag at its longest"] = Inputs((VolumeProperties.Tags, Given.Tags((new string('k', 36), new string('v', 43))))),
        ["an empty tag value"] = Inputs((VolumeProperties.Tags, Given.Tags(("a", "")))),
        ["Chinese tags"] = Inputs((VolumeProperties.Tags, Given.Tags(("团队", "一")))),
        ["all the characters of a tag"] = Inputs((VolumeProperties.Tags, Given.Tags(("aZ0_-", "aZ0_-.")))),
        ["no tags"] = Inputs((VolumeProperties.Tags, PropertyMap.Empty)),
        ["keys of the engine's own"] = Inputs(("__defaults", new PropertyValue.List([])), ("__internal", PropertyMap.Of(("x", 1)))),
        ["secrets"] = Inputs((Name, Secret("n")), (KmsKeyId, Secret(KeyId)), (Size, Secret(40)), (VolumeProperties.Tags, Secret(Given.Tags(("a", "b"))))),
        ["all unknown"] = PropertyMap.From(VolumeDeclaration.Declaration.Inputs.Select(input => KeyValuePair.Create(input.Name, Unknown))),
    };

    private static readonly Dictionary<string, (PropertyMap Inputs, string[] Failures)> Refused = new()
    {
        ["nothing at all"] = (
            PropertyMap.Empty,
            [
                "availabilityZone: is required, but is not set",
                "volumeType: is required, but is not set",
                "size: is required, but is not set; only a volume made from a backup can go without",
            ]),
        ["a null where a value is required"] = (
            PropertyMap.Of((AvailabilityZone, None), (VolumeType, Secret(None)), (Size, 40)),
            ["availabilityZone: is required, but is not set", "volumeType: is required, but is not set"]),
        ["an empty zone"] = (Inputs((AvailabilityZone, "")), ["availabilityZone: must not be empty"]),
        ["an empty type"] = (Inputs((VolumeType, "")), ["volumeType: must not be empty"]),
        ["a size that is too small"] = (Inputs((Size, 9)), ["size: must be from 10 to 32768 GiB for a data disk"]),
        ["a size that is too large"] = (Inputs((Size, 32769)), ["size: must be from 10 to 32768 GiB for a data disk"]),
        ["no size from a snapshot"] = (
            Inputs((SnapshotId, "s"), (Size, None)), ["size: is required, but is not set; only a volume made from a backup can go without"]),
        ["a size of nothing"] = (Inputs((Size, 0)), ["size: must be at least 1 GiB"]),
        ["a size below nothing, from an image"] = (Inputs((ImageId, "i"), (Size, -1)), ["size: must be at least 1 GiB"]),
        ["a fraction of a GiB"] = (Inputs((Size, 10.5)), ["size: must be a whole number, but is 10.5"]),
        ["a size as text"] = (Inputs((Size, "40")), ["size: must be a whole number, but is the string \"40\""]),
        ["a size that is no number"] = (Inputs((Size, double.NaN)), ["size: must be a whole number, but is NaN"]),
        ["a size without end"] = (Inputs((ImageId, "i"), (Size, double.PositiveInfinity)), ["size: is too large a number"]),
        ["a size beyond what integers of the SDKs hold"] = (Inputs((ImageId, "i"), (Size, 2147483648)), ["size: is too large a number"]),
        ["IOPS beyond what integers of the SDKs hold"] = (Inputs((VolumeType, "ESSD2"), (Iops, 1e15)), ["iops: is too large a number"]),
        ["a type as a number"] = (Inputs((VolumeType, 7)), ["volumeType: must be a string, but is 7"]),
        ["a flag as text"] = (Inputs((Multiattach, "true")), ["multiattach: must be true or false, but is the string \"true\""]),
        ["a name as a list"] = (Inputs((Name, new PropertyValue.List(["a"]))), ["name: must be a string, but is a list"]),
        ["tags as text"] = (Inputs((VolumeProperties.Tags, "a=b")), ["tags: must be an object, but is the string \"a=b\""]),
        ["a tag as a number"] = (Inputs((VolumeProperties.Tags, Given.Tags(("a.b", 1)))), ["tags[\"a.b\"]: must be a string, but is 1"]),
        ["an asset for a name"] = (Inputs((Name, new PropertyValue.Asset("h", "x", null, null))), ["name: must be a string, but is an asset"]),
        ["a name of 256 bytes"] = (Inputs((Name, new string('n', 256))), ["name: must be at most 255 bytes in UTF-8, but has 256"]),
        ["a name of 86 Chinese characters, 258 bytes"] = (
            Inputs((Name, new string('盘', 86))), ["name: must be at most 255 bytes in UTF-8, but has 258"]),
        ["a description of 256 bytes"] = (
            Inputs((Description, new string('é', 128))), ["description: must be at most 255 bytes in UTF-8, but has 256"]),
        ["a key id that is too short"] = (Inputs((KmsKeyId, KeyId[1..])), ["kmsKeyId: must be a key id of exactly 36 bytes, but has 35"]),
        ["a key id that is too long"] = (Inputs((KmsKeyId, KeyId + "0")), ["kmsKeyId: must be a key id of exactly 36 bytes, but has 37"]),
        ["a device type that is none"] = (Inputs((DeviceType, "scsi")), ["deviceType: must be one of VBD, SCSI, but is \"scsi\"; did you mean SCSI?"]),
        ["a device type that is like none"] = (Inputs((DeviceType, "floppy")), ["deviceType: must be one of VBD, SCSI, but is \"floppy\""]),
        ["another word for onShrink"] = (Inputs((OnShrink, "replaced")), ["onShrink: must be one of refuse, replace, but is \"replaced\"; did you mean replace?"]),
        ["an empty snapshot id"] = (Inputs((SnapshotId, "")), ["snapshotId: must not be empty"]),
        ["two sources"] = (
            Inputs((SnapshotId, "s"), (ImageId, "i")),
            ["imageId: a volume is made from one source at most, but snapshotId and imageId are set; keep one of them"]),
        ["three sources"] = (
            Inputs((SnapshotId, "s"), (ImageId, "i"), (BackupId, "b")),
            ["imageId: a volume is made from one source at most, but snapshotId and imageId and backupId are set; keep one of them"]),
        ["encryption with a snapshot"] = (
            Inputs((SnapshotId, "s"), (KmsKeyId, KeyId)),
            ["kmsKeyId: cannot be set with snapshotId: the volume is encrypted as its source is; remove kmsKeyId"]),
        ["encryption with an image"] = (
            Inputs((ImageId, "i"), (KmsKeyId, KeyId)),
            ["kmsKeyId: cannot be set with imageId: the volume is encrypted as its source is; remove kmsKeyId"]),
        ["SCSI with a snapshot"] = (
            Inputs((SnapshotId, "s"), (DeviceType, "SCSI")),
            ["deviceType: SCSI cannot be set with snapshotId: the device type comes from the source; remove deviceType"]),
        ["SCSI with an image"] = (
            Inputs((ImageId, "i"), (DeviceType, "SCSI")),
            ["deviceType: SCSI cannot be set with imageId: the device type comes from the source; remove deviceType"]),
        ["a linked clone of nothing"] = (
            Inputs((LinkedClone, true)), ["linkedClone: needs snapshotId: only a volume made from a snapshot can be a linked clone"]),
        ["a linked clone of an image"] = (
            Inputs((LinkedClone, true), (ImageId, "i")), ["linkedClone: needs snapshotId: only a volume made from a snapshot can be a linked clone"]),
        ["IOPS for a type that has none"] = (
            Inputs((Iops, 3000)), ["iops: cannot be set for volumes of type SSD; types that have it: GPSSD2, ESSD2"]),
        ["throughput for a type that has none"] = (
            Inputs((VolumeType, "ESSD2"), (Iops, 3000), (Throughput, 200)),
            ["throughput: cannot be set for volumes of type ESSD2; types that have it: GPSSD2"]),
        ["GPSSD2 without its figures"] = (
            Inputs((VolumeType, "GPSSD2")),
            ["iops: is required for volumes of type GPSSD2", "throughput: is required for volumes of type GPSSD2"]),
        ["ESSD2 without IOPS"] = (Inputs((VolumeType, "ESSD2")), ["iops: is required for volumes of type ESSD2"]),
        ["too few IOPS"] = (Fast.With(Iops, 2999), ["iops: must be from 3000 to 128000 for volumes of type GPSSD2"]),
        ["too many IOPS"] = (
            Fast.With(PropertyMap.Of((Iops, 128001), (Size, 1000))), ["iops: must be from 3000 to 128000 for volumes of type GPSSD2"]),
        ["more IOPS than the size allows"] = (
            Fast.With(PropertyMap.Of((Iops, 5001), (Size, 10))), ["iops: must be at most 5000 here (500 per GiB of size, and size is 10)"]),
        ["too little throughput"] = (Fast.With(Throughput, 124), ["throughput: must be from 125 to 1000 MiB/s for volumes of type GPSSD2"]),
        ["too much throughput"] = (
            Fast.With(PropertyMap.Of((Throughput, 1001), (Iops, 8000))), ["throughput: must be from 125 to 1000 MiB/s for volumes of type GPSSD2"]),
        ["more throughput than the IOPS allow"] = (
            Fast.With(PropertyMap.Of((Throughput, 751), (Iops, 3000))),
            ["throughput: must be at most 750 MiB/s here (0.25 per IOPS, and iops is 3000)"]),
        ["no IOPS"] = (Inputs((VolumeType, "ESSD2"), (Iops, 0)), ["iops: must be at least 1"]),
        ["eleven tags"] = (
            Inputs((VolumeProperties.Tags, ManyTags(11))),
            ["tags: a volume can have at most 10 tags, but there are 11 (tags from the provider's defaultTags count too)"]),
        ["an empty tag key"] = (
            Inputs((VolumeProperties.Tags, Given.Tags(("", "v")))),
            ["tags[\"\"]: tag key \"\" must have 1 to 36 characters: letters, digits, '_', '-' and Chinese characters"]),
        ["a tag key that is too long"] = (
            Inputs((VolumeProperties.Tags, Given.Tags((new string('k', 37), "v")))),
            [$"tags.{new string('k', 37)}: tag key \"{new string('k', 37)}\" must have 1 to 36 characters: letters, digits, '_', '-' and Chinese characters"]),
        ["a tag key with a character that is not allowed"] = (
            Inputs((VolumeProperties.Tags, Given.Tags(("a.b", "v")))),
            ["tags[\"a.b\"]: tag key \"a.b\" must have 1 to 36 characters: letters, digits, '_', '-' and Chinese characters"]),
        ["a tag value that is too long"] = (
            Inputs((VolumeProperties.Tags, Given.Tags(("a", new string('v', 44))))),
            [$"tags.a: value \"{new string('v', 44)}\" of tag \"a\" must have at most 43 characters: letters, digits, '_', '-', '.' and Chinese characters"]),
        ["a tag value with a character that is not allowed"] = (
            Inputs((VolumeProperties.Tags, Given.Tags(("a", "x/y")))),
            ["tags.a: value \"x/y\" of tag \"a\" must have at most 43 characters: letters, digits, '_', '-', '.' and Chinese characters"]),
        ["a mistyped property"] = (Inputs(("siez", 40)), ["siez: is not a property; did you mean size?"]),
        ["a property in another spelling"] = (Inputs(("kms_key_id", KeyId)), ["kms_key_id: is not a property; did you mean kmsKeyId?"]),
        ["a property that is like none"] = (
            Inputs(("iscsiInitiatorSecret", 1)),
            [
                "iscsiInitiatorSecret: is not a property; there are: availabilityZone, volumeType, size, name, description, snapshotId, imageId, backupId, "
                + "multiattach, deviceType, kmsKeyId, linkedClone, tags, enterpriseProjectId, iops, throughput, onShrink, deleteSnapshots",
            ]),
        ["a property with an odd name"] = (
            Inputs(("si.ze", 40)), ["[\"si.ze\"]: is not a property; did you mean size?"]),
        ["outputs"] = (
            Inputs((Status, "available"), (Attachments, new PropertyValue.List([]))),
            ["attachments: is an output: the cloud sets it, a program cannot", "status: is an output: the cloud sets it, a program cannot"]),
        ["many things at once"] = (
            Inputs(
                (AvailabilityZone, None), (Size, 5), (Name, new string('n', 300)), (DeviceType, "disk"), (SnapshotId, ""), (KmsKeyId, "k"),
                (VolumeProperties.Tags, Given.Tags(("a b", "ok"), ("c", "d e"))), ("color", "red"), (Iops, 100)),
            [
                "availabilityZone: is required, but is not set",
                "color: is not a property; there are: availabilityZone, volumeType, size, name, description, snapshotId, imageId, backupId, "
                + "multiattach, deviceType, kmsKeyId, linkedClone, tags, enterpriseProjectId, iops, throughput, onShrink, deleteSnapshots",
                "deviceType: must be one of VBD, SCSI, but is \"disk\"",
                "iops: cannot be set for volumes of type SSD; types that have it: GPSSD2, ESSD2",
                "kmsKeyId: must be a key id of exactly 36 bytes, but has 1",
                "name: must be at most 255 bytes in UTF-8, but has 300",
                "snapshotId: must not be empty",
                "tags.c: value \"d e\" of tag \"c\" must have at most 43 characters: letters, digits, '_', '-', '.' and Chinese characters",
                "tags[\"a b\"]: tag key \"a b\" must have 1 to 36 characters: letters, digits, '_', '-' and Chinese characters",
            ]),
    };

    public static TheoryData<string> AcceptedNames => [.. Accepted.Keys];

    public static TheoryData<string> RefusedNames => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(AcceptedNames))]
    public void Is_accepted(string name) => Check(Accepted[name]).Failures.Lines().ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void Is_refused_in_these_words(string name)
    {
        var (inputs, failures) = Refused[name];

        Check(inputs).Failures.Lines().ShouldBe(failures, ignoreOrder: true);
    }

    [Theory]
    [InlineData(SnapshotId)]
    [InlineData(ImageId)]
    [InlineData(BackupId)]
    [InlineData(Size)]
    [InlineData(VolumeType)]
    [InlineData(KmsKeyId)]
    [InlineData(Iops)]
    public void A_rule_is_not_asked_while_one_of_its_operands_is_unknown(string unknown)
    {
        // Breaks every rule over several properties at once.
        var broken = Inputs(
            (VolumeType, "GPSSD2"), (Size, 5), (SnapshotId, "s"), (ImageId, "i"), (KmsKeyId, KeyId), (DeviceType, "SCSI"), (Iops, 100_000), (Throughput, 1000));
        var rules = VolumeDeclaration.Declaration.Rules;
        var asked = rules.Where(rule => !rule.Operands.Contains(unknown)).Select(rule => rule.Problem(broken)).OfType<CheckFailure>();

        Check(broken.With(unknown, Unknown)).Failures.Lines().ShouldBe(asked.Lines(), ignoreOrder: true);
    }

    [Fact]
    public void A_property_that_is_broken_alone_breaks_no_rule_over_several() =>
        Check(Inputs((VolumeType, "GPSSD2"), (Iops, "many"), (Throughput, 200))).Failures.Lines()
            .ShouldBe(["iops: must be a whole number, but is the string \"many\""]);

    [Fact]
    public void An_unknown_tag_value_hides_no_problem_of_another() =>
        Check(Inputs((VolumeProperties.Tags, Given.Tags(("a", Unknown), ("b", "x y"))))).Failures.ShouldHaveSingleItem().Property.ShouldBe("tags.b");

    private static readonly Dictionary<string, (PropertyMap Inputs, string[] Failures)> Secrets = new()
    {
        ["a secret of the wrong type"] = (Inputs((Size, Secret("sesame"))), ["size: must be a whole number, but is a string"]),
        ["a secret number of the wrong type"] = (Inputs((Name, Secret(8154711))), ["name: must be a string, but is a number"]),
        ["a secret choice"] = (Inputs((DeviceType, Secret("sesame"))), ["deviceType: must be one of VBD, SCSI, but is a string"]),
        ["a secret tag value"] = (
            Inputs((VolumeProperties.Tags, Given.Tags(("a", Secret("sesame open"))))),
            ["tags.a: the value of tag \"a\" must have at most 43 characters: letters, digits, '_', '-', '.' and Chinese characters"]),
        ["a tag value in a secret map"] = (
            Inputs((VolumeProperties.Tags, Secret(Given.Tags(("a", "sesame open"))))),
            ["tags.a: the value of tag \"a\" must have at most 43 characters: letters, digits, '_', '-', '.' and Chinese characters"]),
        ["a tag of the wrong type in a secret map"] = (
            Inputs((VolumeProperties.Tags, Secret(Given.Tags(("a", 8154711))))), ["tags.a: must be a string, but is a number"]),
        ["a secret size in a rule"] = (
            Inputs((VolumeType, "GPSSD2"), (Size, Secret(11)), (Iops, 8154), (Throughput, 200)),
            ["iops: breaks the rule: `iops` lies within the type's limits."]),
        ["a secret type in a rule"] = (
            Inputs((VolumeType, Secret("GPSSD2"))),
            [
                "iops: breaks the rule: `iops` is for types whose IOPS can be set, and is required there.",
                "throughput: breaks the rule: `throughput` is for types whose throughput can be set, and is required there.",
            ]),
    };

    public static TheoryData<string> SecretNames => [.. Secrets.Keys];

    [Theory]
    [MemberData(nameof(SecretNames))]
    public void No_reason_shows_a_secret(string name)
    {
        var (inputs, failures) = Secrets[name];

        Check(inputs).Failures.Lines().ShouldBe(failures, ignoreOrder: true);
    }

    [Fact]
    public void The_inputs_come_back_in_the_programs_own_form()
    {
        var inputs = Inputs((Description, Secret("d")), (VolumeProperties.Tags, Given.Tags(("a", Unknown))), (Size, Unknown));

        Check(inputs).Inputs.ShouldMatch(inputs);
    }

    [Fact]
    public void Nulls_are_as_absent_as_absence_at_every_level()
    {
        var inputs = PropertyMap.From(Inputs().Append(KeyValuePair.Create(Description, None)).Append(KeyValuePair.Create(KmsKeyId, Secret(None)))
            .Append(KeyValuePair.Create(VolumeProperties.Tags, Given.Tags(("a", None), ("b", "c")))));

        var result = Check(inputs);

        result.Failures.ShouldBeEmpty();
        result.Inputs.ShouldMatch(Inputs((VolumeProperties.Tags, Given.Tags(("b", "c")))));
    }

    [Fact]
    public void Keys_of_the_engines_own_are_left_out() =>
        Check(Inputs(("__defaults", new PropertyValue.List(["name"])))).Inputs.ShouldMatch(Inputs());

    [Fact]
    public void No_default_of_the_clouds_is_filled_in() => Check(Inputs()).Inputs.ShouldMatch(Inputs());

    private static CheckResult Check(PropertyMap inputs) => VolumeCheck.Check(Given.Check(inputs), VolumeDefaults.None);

    private static PropertyValue ManyTags(int count) =>
        PropertyMap.From(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"k{i}", (PropertyValue)"v")));
}
