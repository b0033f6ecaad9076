using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Declarations;
using static PulumiEvs.Resources.Volumes.VolumeProperties;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// What a volume is: the one place where its properties are declared. Sources: EVS API reference, disk creation v3 and v2.1,
/// disk details, disk type change, disk QoS.
/// </summary>
internal static class VolumeDeclaration
{
    public const string Token = "evs:index:Volume";

    public const int MaxNameBytes = 255;

    public const int MinDataDiskGiB = 10;

    public const int MaxDataDiskGiB = 32768;

    public static readonly EnumDeclaration DeviceTypes = new(
        "evs:index:DeviceType",
        "How servers see the disk.",
        [
            new EnumMember("VBD", "VBD", "Virtual block device: simple SCSI read and write commands only."),
            new EnumMember("SCSI", "SCSI", "SCSI commands pass through to the storage, persistent reservations included."),
        ]);

    public static readonly EnumDeclaration ShrinkChoices = new(
        "evs:index:OnShrink",
        "What to do when `size` becomes smaller, which no disk can do in place.",
        [
            new EnumMember("Refuse", "refuse", "Refuse the change before anything happens."),
            new EnumMember("Replace", "replace", "Make a new, smaller disk and delete the old one **with its data**."),
        ]);

    public static readonly ObjectDeclaration Attachment = new(
        "evs:index:VolumeAttachmentInfo",
        "One attachment of a volume to a server.",
        [
            Output("serverId", PropertyType.String, "ID of the server.") with { AlwaysReturned = true },
            Output("attachmentId", PropertyType.String, "ID of the attachment itself."),
            Output("device", PropertyType.String, "Device name on the server, such as `/dev/vdb`."),
            Output("attachedAt", PropertyType.String, "When it was attached: UTC, `YYYY-MM-DDTHH:MM:SS.ffffff`."),
        ]);

    private static readonly ChangeEffect Replaces = ChangeEffect.Replaces("volume");

    public static readonly ResourceDeclaration Declaration = new()
    {
        Token = Token,
        Noun = "volume",
        Description =
            "A disk of the Elastic Volume Service (EVS). Creating it submits a job and waits until the job has ended; "
            + "the outputs are the disk's live properties.",
        ImportIdExample = "591ac654-26d8-41be-bb77-4f90699d2d41",
        Examples = VolumeExamples.All,
        Timeouts = VolumeTimeouts.Declared,
        Rules = VolumeRules.All,
        Properties =
        [
            new PropertyDeclaration
            {
                Name = AvailabilityZone,
                Type = PropertyType.String,
                Description = "Availability zone of the disk, such as `eu-de-01`. A server can attach disks of its own zone only.",
                Required = true,
                AlwaysReturned = true,
                Rules = [ValueRules.NotEmpty],
                Change = Replaces,
            },
            new PropertyDeclaration
            {
                Name = VolumeProperties.VolumeType,
                Type = new PropertyType.Choice(VolumeTypes.Enum, IsOpen: true),
                Description = "Type of the disk: what it is made of and how fast it is. A disk made from a snapshot has its source's type.",
                Required = true,
                Rules = [ValueRules.NotEmpty],
                Change = VolumeChanges.VolumeType,
            },
            new PropertyDeclaration
            {
                Name = Size,
                Type = PropertyType.Int,
                Description =
                    $"Size in GiB: {MinDataDiskGiB} to {MaxDataDiskGiB} for a data disk. Required unless `backupId` is given (then the backup's "
                    + "size is the default). From a snapshot or image: at least as large as that.",
                Rules = [ValueRules.AtLeast(1, "GiB")],
                Change = VolumeChanges.Size,
            },
            new PropertyDeclaration
            {
                Name = Name,
                Type = PropertyType.String,
                Description = "Name of the disk. Made from the resource's name and random digits when not given; an empty string means no name.",
                Rules = [ValueRules.MaxBytes(MaxNameBytes)],
                Change = ChangeEffect.InPlace("disk update"),
            },
            new PropertyDeclaration
            {
                Name = Description,
                Type = PropertyType.String,
                Description = "Description of the disk.",
                Rules = [ValueRules.MaxBytes(255)],
                ImpliedValue = "",
                Change = ChangeEffect.InPlace("disk update"),
            },
            new PropertyDeclaration
            {
                Name = SnapshotId,
                Type = PropertyType.String,
                Description = "ID of the snapshot to make the disk from. Encryption and device type are then the snapshot's.",
                Rules = [ValueRules.NotEmpty],
                Change = Replaces,
            },
            new PropertyDeclaration
            {
                Name = ImageId,
                Type = PropertyType.String,
                Description = "ID of the image to make the disk from (`imageRef` of the API). Encryption is then the image's.",
                Rules = [ValueRules.NotEmpty],
                Change = Replaces,
            },
            new PropertyDeclaration
            {
                Name = BackupId,
                Type = PropertyType.String,
                Description = "ID of the backup to make the disk from.",
                Rules = [ValueRules.NotEmpty],
                ReadBack = false,
                Change = Replaces,
            },
            new PropertyDeclaration
            {
                Name = Multiattach,
                Type = PropertyType.Bool,
                Description = "Whether several servers may attach the disk at once (a shared disk).",
                AlwaysReturned = true,
                ImpliedValue = false,
                Change = Replaces,
            },
            new PropertyDeclaration
            {
                Name = DeviceType,
                Type = new PropertyType.Choice(DeviceTypes, IsOpen: false),
                Description = "Device type: `VBD` (the default) or `SCSI` (`hw:passthrough` of the API). Not with `snapshotId` or `imageId`: inherited.",
                AlwaysReturned = true,
                ImpliedValue = "VBD",
                Change = Replaces,
            },
            new PropertyDeclaration
            {
                Name = KmsKeyId,
                Type = PropertyType.String,
                Description =
                    "ID of the KMS key to encrypt the disk with (`__system__cmkid` of the API); giving it turns encryption on. "
                    + "EVS needs an agency that lets it use KMS. Not with `snapshotId` or `imageId`: inherited.",
                Rules = [ValueRules.ExactBytes(36, "a key id")],
                Change = Replaces,
            },
            new PropertyDeclaration
            {
                Name = LinkedClone,
                Type = PropertyType.Bool,
                Description = "Whether a disk made from a snapshot is a linked clone (`full_clone` = 0 of the API): sooner there, tied to the snapshot.",
                ImpliedValue = false,
                Change = Replaces,
            },
            new PropertyDeclaration
            {
                Name = Tags,
                Type = PropertyType.StringMap,
                Description = "Tags of the disk. " + TagRules.Statement + " The provider's `defaultTags` are merged in; a tag given here wins.",
                EntryRule = TagRules.Problems,
                Change = ChangeEffect.InPlace("only the tags that differ are added or deleted"),
            },
            new PropertyDeclaration
            {
                Name = EnterpriseProjectId,
                Type = PropertyType.String,
                Description = "ID of the enterprise project that the disk belongs to; `0` is the default one.",
                Rules = [ValueRules.NotEmpty],
                ImpliedValue = "0",
                Change = Replaces,
            },
            new PropertyDeclaration
            {
                Name = Iops,
                Type = PropertyType.Int,
                Description = "IOPS of the disk. Required for `GPSSD2` (3,000 to 128,000, at most 500 per GiB) and `ESSD2`; not for other types.",
                Rules = [ValueRules.AtLeast(1, "")],
                Change = ChangeEffect.InPlace("QoS job"),
            },
            new PropertyDeclaration
            {
                Name = Throughput,
                Type = PropertyType.Int,
                Description = "Throughput of the disk in MiB/s. Required for `GPSSD2` (125 to 1,000, at most a quarter of `iops`); not for other types.",
                Rules = [ValueRules.AtLeast(1, "MiB/s")],
                Change = ChangeEffect.InPlace("QoS job"),
            },
            new PropertyDeclaration
            {
                Name = OnShrink,
                Type = new PropertyType.Choice(ShrinkChoices, IsOpen: false),
                Description = "What a smaller `size` does: `refuse` (the default), or `replace`, your consent to lose the disk's data.",
                ImpliedValue = "refuse",
                ReadBack = false,
                Change = ChangeEffect.Local(),
            },
            new PropertyDeclaration
            {
                Name = DeleteSnapshots,
                Type = PropertyType.Bool,
                Description = "Whether deleting the disk may delete its snapshots too. Without it a disk that has snapshots is not deleted.",
                ImpliedValue = false,
                ReadBack = false,
                Change = ChangeEffect.Local(),
            },
            Output(VolumeId, PropertyType.String, "ID of the disk; equal to the resource's id.") with { Stable = true, AlwaysReturned = true },
            Output(JobId, PropertyType.String, "ID of the job that created the disk; not known of imported disks.") with { Stable = true },
            Output(Status, PropertyType.String, "Status of the disk when last read, such as `available` or `in-use`.") with { AlwaysReturned = true },
            Output(Bootable, PropertyType.Bool, "Whether a server can boot from the disk."),
            Output(Encrypted, PropertyType.Bool, "Whether the disk is encrypted.") with { Stable = true, AlwaysReturned = true },
            Output(Wwn, PropertyType.String, "World wide name of the disk, by which a server can find a SCSI device.") with { Stable = true },
            Output(SerialNumber, PropertyType.String, "Serial number of the disk; SCSI disks only.") with { Stable = true },
            Output(CreatedAt, PropertyType.String, "When the disk was created: UTC, `YYYY-MM-DDTHH:MM:SS.ffffff`.") with { Stable = true },
            Output(UpdatedAt, PropertyType.String, "When the disk was last changed: UTC, `YYYY-MM-DDTHH:MM:SS.ffffff`."),
            Output(Attachments, new PropertyType.List(new PropertyType.Object(Attachment)), "The servers that the disk is attached to.")
                with
            { AlwaysReturned = true },
        ],
    };

    private static PropertyDeclaration Output(string name, PropertyType type, string description) =>
        new() { Name = name, Type = type, Description = description, Role = PropertyRole.Output };
}
