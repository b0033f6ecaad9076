using System.Collections.Immutable;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>Programs that show what snapshots and rollbacks are used for.</summary>
internal static class SnapshotExamples
{
    private static readonly ExampleStep.Resource Data = new(
        "data",
        VolumeDeclaration.Token,
        [(VolumeProperties.AvailabilityZone, "eu-de-01"), (VolumeProperties.VolumeType, "SSD"), (VolumeProperties.Size, 100)]);

    public static readonly ImmutableArray<ExampleDeclaration> All =
    [
        new(
            "A snapshot, and a disk made from it",
            [
                Data,
                new ExampleStep.Resource(
                    "before",
                    SnapshotDeclaration.Token,
                    [
                        (SnapshotProperties.VolumeId, new ExampleValue.Reference("data", VolumeProperties.VolumeId)),
                        (SnapshotProperties.Description, "Before the migration"),
                    ]),
                new ExampleStep.Resource(
                    "copy",
                    VolumeDeclaration.Token,
                    [
                        .. Data.Inputs,
                        (VolumeProperties.SnapshotId, new ExampleValue.Reference("before", SnapshotProperties.SnapshotId)),
                    ]),
                new ExampleStep.Output("copyId", new ExampleValue.Reference("copy", VolumeProperties.VolumeId)),
            ]),
    ];

    public static readonly ImmutableArray<ExampleDeclaration> OfRollback =
    [
        new(
            "Back to a snapshot, once for each ticket",
            [
                new ExampleStep.Resource(
                    "restore",
                    RollbackDeclaration.Token,
                    [
                        (RollbackDeclaration.VolumeId, "591ac654-26d8-41be-bb77-4f90699d2d41"),
                        (RollbackDeclaration.SnapshotId, "2bb856e1-b3d8-4432-a858-09e4ce939389"),
                        (RollbackDeclaration.Triggers, new ExampleValue.Map(("ticket", "OPS-4711"))),
                    ]),
            ]),
    ];
}
