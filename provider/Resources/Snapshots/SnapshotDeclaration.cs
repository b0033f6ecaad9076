using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Snapshots.SnapshotProperties;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>
/// What a snapshot is: the one place where its properties are declared. Sources: EVS API reference, creating, updating and
/// querying snapshots, tags of an EVS resource.
/// </summary>
internal static class SnapshotDeclaration
{
    public const string Token = "evs:index:Snapshot";

    public const int MaxNameBytes = 255;

    /// <summary>Snapshots with this prefix are made for backups; the service does not let them be used as others (creating snapshots).</summary>
    public const string BackupPrefix = "autobk_snapshot_";

    private static readonly ValueRule NotBackupName = new(
        $"Must not begin with `{BackupPrefix}`.",
        value => value is PropertyValue.Text { Value: var name } && name.StartsWith(BackupPrefix, StringComparison.Ordinal)
            ? $"must not begin with {BackupPrefix}: the service keeps such names for the snapshots of backups"
            : null);

    public static readonly ResourceDeclaration Declaration = new()
    {
        Token = Token,
        Noun = "snapshot",
        Description =
            "A snapshot of a disk: its data at one moment, from which new disks can be made (`snapshotId` of a volume) and to which the disk "
            + "can be rolled back (`SnapshotRollback`). Creating and deleting it returns when the service is done with it.",
        ImportIdExample = "2bb856e1-b3d8-4432-a858-09e4ce939389",
        Examples = SnapshotExamples.All,
        Timeouts = SnapshotTimeouts.Declared,
        Properties =
        [
            new PropertyDeclaration
            {
                Name = VolumeId,
                Type = PropertyType.String,
                Description = "ID of the disk to make the snapshot of.",
                Required = true,
                AlwaysReturned = true,
                Rules = [ValueRules.NotEmpty],
                Change = ChangeEffect.Replaces("snapshot"),
            },
            new PropertyDeclaration
            {
                Name = Name,
                Type = PropertyType.String,
                Description = "Name of the snapshot. Made from the resource's name and random digits when not given; an empty string means no name.",
                Rules = [ValueRules.MaxBytes(MaxNameBytes), NotBackupName],
                Change = ChangeEffect.InPlace("snapshot update"),
            },
            new PropertyDeclaration
            {
                Name = Description,
                Type = PropertyType.String,
                Description = "Description of the snapshot.",
                Rules = [ValueRules.MaxBytes(255)],
                ImpliedValue = "",
                Change = ChangeEffect.InPlace("snapshot update"),
            },
            new PropertyDeclaration
            {
                Name = Force,
                Type = PropertyType.Bool,
                Description =
                    "Whether the snapshot may be made while the disk is attached (`in-use` or `attaching`). What servers have not written to the disk "
                    + "yet is not in the snapshot. It matters at creation only.",
                ImpliedValue = false,
                ReadBack = false,
                Change = ChangeEffect.Local(),
            },
            new PropertyDeclaration
            {
                Name = Tags,
                Type = PropertyType.StringMap,
                Description =
                    "Tags of the snapshot. " + TagRules.Statement + " Only on clouds that have tags of snapshots: Open Telekom Cloud and Flexible Engine.",
                EntryRule = TagRules.SnapshotProblems,
                Change = ChangeEffect.InPlace("the set of tags is replaced"),
            },
            Output(SnapshotId, PropertyType.String, "ID of the snapshot; equal to the resource's id.") with { Stable = true, AlwaysReturned = true },
            Output(Status, PropertyType.String, "Status of the snapshot when last read, such as `available` or `creating`.") with { AlwaysReturned = true },
            Output(Size, PropertyType.Int, "Size in GiB that the disk had when the snapshot was made.") with { Stable = true },
            Output(CreatedAt, PropertyType.String, "When the snapshot was made: UTC, `YYYY-MM-DDTHH:MM:SS.ffffff`.") with { Stable = true },
            Output(UpdatedAt, PropertyType.String, "When the snapshot was last changed: UTC, `YYYY-MM-DDTHH:MM:SS.ffffff`."),
        ],
    };

    private static PropertyDeclaration Output(string name, PropertyType type, string description) =>
        new() { Name = name, Type = type, Description = description, Role = PropertyRole.Output };
}
