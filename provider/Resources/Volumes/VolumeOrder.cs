using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Volumes.VolumeProperties;

namespace PulumiEvs.Resources.Volumes;

/// <summary>Checked inputs as the body of a create request (EVS API reference, creating disks).</summary>
internal static class VolumeOrder
{
    public static CreateVolume From(PropertyMap inputs)
    {
        var tags = InputReader.Map(inputs[Tags]);
        return new CreateVolume
        {
            AvailabilityZone = InputReader.Text(inputs[VolumeProperties.AvailabilityZone]) ?? "",
            VolumeType = InputReader.Text(inputs[VolumeProperties.VolumeType]) ?? "",
            Size = InputReader.Int(inputs[Size]),
            Name = InputReader.Text(inputs[Name]),
            Description = InputReader.Text(inputs[Description]),
            SnapshotId = InputReader.Text(inputs[SnapshotId]),
            ImageId = InputReader.Text(inputs[ImageId]),
            BackupId = InputReader.Text(inputs[BackupId]),
            Multiattach = InputReader.Bool(inputs[Multiattach]),
            Metadata = Metadata(inputs),
            Tags = tags.Count == 0 ? null : tags,
            EnterpriseProjectId = InputReader.Text(inputs[EnterpriseProjectId]),
            Iops = InputReader.Int(inputs[Iops]),
            Throughput = InputReader.Int(inputs[Throughput]),
        };
    }

    /// <summary>The documented metadata keys; what a source passes on must not be sent (EVS.1043).</summary>
    private static Dictionary<string, string>? Metadata(PropertyMap inputs)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        if (InputReader.Text(inputs[KmsKeyId]) is { } key)
        {
            metadata[VolumeMetadata.Encrypted] = "1";
            metadata[VolumeMetadata.KmsKeyId] = key;
        }

        var inherits = !inputs[SnapshotId].IsAbsent || !inputs[ImageId].IsAbsent;
        if (InputReader.Text(inputs[DeviceType]) is { } device && !inherits)
        {
            metadata[VolumeMetadata.Passthrough] = device == "SCSI" ? "true" : "false";
        }

        if (InputReader.Bool(inputs[LinkedClone]) is true)
        {
            metadata[VolumeMetadata.FullClone] = "0";
        }

        return metadata.Count == 0 ? null : metadata;
    }
}
