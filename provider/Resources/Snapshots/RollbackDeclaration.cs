using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>What a rollback is: an action that is a resource, so that a program can say when it is to happen, and once only.</summary>
internal static class RollbackDeclaration
{
    public const string Token = "evs:index:SnapshotRollback";

    public const string VolumeId = "volumeId";
    public const string SnapshotId = "snapshotId";
    public const string Triggers = "triggers";
    public const string Requested = "requestedAt";

    private static readonly ChangeEffect RunsAgain =
        new("Changing it runs the rollback again (shown as a replacement).", _ => ChangeVerdict.Replace) { AlwaysReplaces = true };

    public static readonly ResourceDeclaration Declaration = new()
    {
        Token = Token,
        Noun = "rollback",
        Description =
            "Rolls a disk back to one of its snapshots, **which overwrites all that was written to the disk since**. This is an action, not a thing in the "
            + "cloud: creating the resource rolls back and waits until the disk is usable again; it runs again only when one of its inputs changes. "
            + "Nothing else makes it run: not a refresh, and not a change of the disk or the snapshot outside. Deleting the resource does nothing to the cloud: "
            + "the disk stays as it is.\n\n"
            + "Before anything is asked for, the disk and the snapshot are looked at: the disk must be `available` (not attached) or in `error_rollbacking`, "
            + "and the snapshot must be one of the disk's own and `available`. Otherwise the resource is not created, and the disk is not touched.",
        ImportIdExample = null,
        Examples = SnapshotExamples.OfRollback,
        Timeouts = SnapshotTimeouts.DeclaredOfRollback,
        Properties =
        [
            new PropertyDeclaration
            {
                Name = VolumeId,
                Type = PropertyType.String,
                Description = "ID of the disk to roll back.",
                Required = true,
                AlwaysReturned = true,
                Rules = [ValueRules.NotEmpty],
                Change = RunsAgain,
            },
            new PropertyDeclaration
            {
                Name = SnapshotId,
                Type = PropertyType.String,
                Description = "ID of the snapshot to roll back to. It must have been made of that disk.",
                Required = true,
                AlwaysReturned = true,
                Rules = [ValueRules.NotEmpty],
                Change = RunsAgain,
            },
            new PropertyDeclaration
            {
                Name = Triggers,
                Type = PropertyType.StringMap,
                Description = "Values of your own that make the rollback run again when they change, such as a date or a release number.",
                Change = RunsAgain,
            },
            new PropertyDeclaration
            {
                Name = Requested,
                Type = PropertyType.String,
                Description = "When the rollback was asked for: UTC, `YYYY-MM-DDTHH:MM:SSZ`.",
                Role = PropertyRole.Output,
                Stable = true,
                AlwaysReturned = true,
            },
        ],
    };
}
