using System.Collections.Immutable;
using PulumiEvs.Resources.Declarations;
using static PulumiEvs.Resources.Volumes.VolumeProperties;

namespace PulumiEvs.Resources.Volumes;

/// <summary>Programs that show what a volume is used for.</summary>
internal static class VolumeExamples
{
    public static readonly ImmutableArray<ExampleDeclaration> All =
    [
        new(
            "A disk",
            [
                new ExampleStep.Resource(
                    "data",
                    VolumeDeclaration.Token,
                    [
                        (AvailabilityZone, "eu-de-01"),
                        (VolumeType, "SSD"),
                        (Size, 100),
                        (Tags, new ExampleValue.Map(("team", "storage"), ("stage", "test"))),
                    ]),
                new ExampleStep.Output("volumeId", new ExampleValue.Reference("data", VolumeId)),
                new ExampleStep.Output("status", new ExampleValue.Reference("data", Status)),
            ]),
        new(
            "An encrypted disk that no mistake deletes",
            [
                new ExampleStep.Resource(
                    "ledger",
                    VolumeDeclaration.Token,
                    [
                        (AvailabilityZone, "eu-de-01"),
                        (VolumeType, "SSD"),
                        (Size, 500),
                        (DeviceType, "SCSI"),
                        (KmsKeyId, "81c7bd8b-4b2b-4a51-9a2c-0f2d4a4a0f6e"),
                    ])
                {
                    Protect = true,
                },
                new ExampleStep.Output("wwn", new ExampleValue.Reference("ledger", Wwn)),
            ]),
        new(
            "A disk with performance of its own",
            [
                new ExampleStep.Resource(
                    "fast",
                    VolumeDeclaration.Token,
                    [(AvailabilityZone, "cn-north-4a"), (VolumeType, "GPSSD2"), (Size, 200), (Iops, 6000), (Throughput, 500)]),
            ]),
        new(
            "A disk from a snapshot",
            [
                new ExampleStep.Resource(
                    "restored",
                    VolumeDeclaration.Token,
                    [
                        (AvailabilityZone, "eu-de-01"),
                        (VolumeType, "SSD"),
                        (Size, 120),
                        (SnapshotId, "b836dc3d-4e10-4ea4-a34c-8f6b0460a583"),
                    ]),
            ]),
    ];
}
