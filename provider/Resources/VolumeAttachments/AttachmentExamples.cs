using System.Collections.Immutable;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeAttachments;

/// <summary>Programs that show what an attachment is used for.</summary>
internal static class AttachmentExamples
{
    public static readonly ImmutableArray<ExampleDeclaration> All =
    [
        new(
            "A new disk for a server",
            [
                new ExampleStep.Resource(
                    "data",
                    VolumeDeclaration.Token,
                    [(VolumeProperties.AvailabilityZone, "eu-de-01"), (VolumeProperties.VolumeType, "SSD"), (VolumeProperties.Size, 100)]),
                new ExampleStep.Resource(
                    "attached",
                    AttachmentDeclaration.Token,
                    [
                        (AttachmentDeclaration.VolumeId, new ExampleValue.Reference("data", VolumeProperties.VolumeId)),
                        (AttachmentDeclaration.ServerId, "d43f9c7e-1d1c-4a3b-9a6e-3d6f0a5c7b21"),
                    ]),
                new ExampleStep.Output("device", new ExampleValue.Reference("attached", AttachmentDeclaration.Device)),
            ]),
    ];
}
