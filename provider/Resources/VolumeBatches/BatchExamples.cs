using System.Collections.Immutable;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>Programs that show what a batch is used for.</summary>
internal static class BatchExamples
{
    public static readonly ImmutableArray<ExampleDeclaration> All =
    [
        new(
            "Twenty equal disks by one request",
            [
                new ExampleStep.Resource(
                    "workers",
                    BatchDeclaration.Token,
                    [
                        (BatchProperties.Count, 20),
                        (VolumeProperties.AvailabilityZone, "eu-de-01"),
                        (VolumeProperties.VolumeType, "GPSSD"),
                        (VolumeProperties.Size, 40),
                        (VolumeProperties.Name, "worker"),
                        (VolumeProperties.Tags, new ExampleValue.Map(("fleet", "workers"))),
                    ]),
                new ExampleStep.Output("ids", new ExampleValue.Reference("workers", BatchProperties.VolumeIds)),
            ]),
    ];
}
