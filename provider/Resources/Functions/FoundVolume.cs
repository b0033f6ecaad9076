using System.Collections.Frozen;
using System.Collections.Immutable;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using static PulumiEvs.Resources.Functions.LookupProperty;

namespace PulumiEvs.Resources.Functions;

/// <summary>
/// A disk as functions give it. It has the outputs of the resource with the same names and types; what only a program can know
/// (its consents, the job) is left out, and the descriptions say what a disk has, not what a program may ask for.
/// </summary>
internal static class FoundVolume
{
    private static readonly FrozenDictionary<string, string> Descriptions = new Dictionary<string, string>
    {
        [VolumeProperties.AvailabilityZone] = "Availability zone of the disk.",
        [VolumeProperties.VolumeType] = "Type of the disk. Not there for some disks that were restored.",
        [VolumeProperties.Size] = "Size in GiB.",
        [VolumeProperties.Name] = "Name of the disk.",
        [VolumeProperties.Description] = "Description of the disk.",
        [VolumeProperties.SnapshotId] = "ID of the snapshot that the disk was made from.",
        [VolumeProperties.ImageId] = "ID of the image that the disk was made from.",
        [VolumeProperties.BackupId] = "ID of the backup that the disk was made from, where the cloud tells it.",
        [VolumeProperties.Multiattach] = "Whether several servers may attach the disk at once (a shared disk).",
        [VolumeProperties.DeviceType] = "Device type of the disk.",
        [VolumeProperties.KmsKeyId] = "ID of the KMS key that the disk is encrypted with.",
        [VolumeProperties.LinkedClone] = "Whether the disk is a linked clone of its snapshot.",
        [VolumeProperties.Tags] = "Tags of the disk.",
        [VolumeProperties.EnterpriseProjectId] = "ID of the enterprise project that the disk belongs to; `0` is the default one.",
        [VolumeProperties.Iops] = "IOPS of the disk, where they can be set.",
        [VolumeProperties.Throughput] = "Throughput of the disk in MiB/s, where it can be set.",
    }.ToFrozenDictionary();

    private static readonly string[] NotFound = [VolumeProperties.OnShrink, VolumeProperties.DeleteSnapshots, VolumeProperties.JobId];

    public static readonly ImmutableArray<PropertyDeclaration> Properties =
    [
        .. VolumeDeclaration.Declaration.Properties
            .Where(property => property.IsOutput && !NotFound.Contains(property.Name))
            .Select(property => new PropertyDeclaration
            {
                Name = property.Name,
                Type = property.Type,
                Description = Descriptions.GetValueOrDefault(property.Name, property.Description),
                Role = PropertyRole.Output,
                AlwaysReturned = property.AlwaysReturned,
            }),
    ];

    public static readonly PropertyType List = ListOf(new ObjectDeclaration("evs:index:VolumeInfo", "A disk as it was found.", Properties));

    public static PropertyMap Of(Volume volume) => VolumeOutputs.Of(volume, PropertyMap.Empty, PropertyValue.Null.Instance);
}
