using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Volumes.VolumeProperties;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// What an answer of the cloud says about a disk, in the words of the inputs. A property that the answer does not tell is
/// absent; so is an empty text or map, except the name. System metadata is read, never shown.
/// </summary>
internal static class VolumeFacts
{
    private const string ImageIdMetadata = "image_id";

    public static PropertyMap Of(Volume volume) => new PropertyMap.Builder(20)
        .SetIfPresent(VolumeProperties.AvailabilityZone, Text(volume.AvailabilityZone))
        .SetIfPresent(VolumeProperties.VolumeType, Text(volume.VolumeType))
        .SetIfPresent(Size, Number(volume.Size))
        .SetIfPresent(Name, volume.Name)
        .SetIfPresent(Description, Text(volume.Description))
        .SetIfPresent(SnapshotId, Text(volume.SnapshotId))
        .SetIfPresent(ImageId, Text(volume.VolumeImageMetadata.GetValueOrDefault(ImageIdMetadata)))
        .SetIfPresent(BackupId, Text(volume.BackupId))
        .SetIfPresent(Multiattach, (volume.Multiattach ?? volume.Shareable) is { } shared ? shared : null)
        .SetIfPresent(DeviceType, Device(volume.Metadata.GetValueOrDefault(VolumeMetadata.Passthrough)))
        .SetIfPresent(KmsKeyId, Text(volume.Metadata.GetValueOrDefault(VolumeMetadata.KmsKeyId)))
        .SetIfPresent(LinkedClone, volume.Metadata.GetValueOrDefault(VolumeMetadata.FullClone) is "0" ? true : null)
        .SetIfPresent(Tags, TagMap(volume))
        .SetIfPresent(EnterpriseProjectId, Text(volume.EnterpriseProjectId))
        .SetIfPresent(Iops, Number(volume.Iops?.TotalVal))
        .SetIfPresent(Throughput, Number(volume.Throughput?.TotalVal))
        .Build();

    public static bool IsMarkedEncrypted(Volume volume) => volume.Metadata.GetValueOrDefault(VolumeMetadata.Encrypted) is "1";

    /// <summary>A non-empty order id in the metadata marks a disk that is paid for in advance (facts of live volumes).</summary>
    public static bool IsPrepaid(Volume volume) => !string.IsNullOrEmpty(volume.Metadata.GetValueOrDefault(VolumeMetadata.OrderId));

    /// <summary>Without the key nothing is said: taking that for VBD would let an answer that lacks it look like a changed disk.</summary>
    private static PropertyValue? Device(string? passthrough) => passthrough switch
    {
        null => null,
        _ => string.Equals(passthrough, "true", StringComparison.OrdinalIgnoreCase) ? "SCSI" : "VBD",
    };

    private static PropertyValue? TagMap(Volume volume) => volume.Tags.Count == 0
        ? null
        : (PropertyValue)PropertyMap.From(volume.Tags.Select(tag => KeyValuePair.Create(tag.Key, (PropertyValue)tag.Value)));

    private static PropertyValue? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static PropertyValue? Number(int? number) => number is { } value ? (double)value : null;
}
