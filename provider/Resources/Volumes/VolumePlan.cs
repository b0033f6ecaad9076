using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Volumes.VolumeProperties;

namespace PulumiEvs.Resources.Volumes;

/// <summary>What a preview knows that disks will ask of the cloud.</summary>
internal static class VolumePlan
{
    /// <summary>New disks.</summary>
    /// <param name="inputs">Checked inputs, of each of them; what is not known yet is left out.</param>
    public static PreflightPlan New(PropertyMap inputs, int count = 1)
    {
        var (type, size) = (Text(inputs, VolumeProperties.VolumeType), Number(inputs, Size));
        return new PreflightPlan
        {
            AvailabilityZone = Text(inputs, VolumeProperties.AvailabilityZone),
            VolumeType = type,
            Size = size,
            SnapshotId = Text(inputs, SnapshotId),
            ImageId = Text(inputs, ImageId),
            BackupId = Text(inputs, BackupId),
            KmsKeyId = Text(inputs, KmsKeyId),
            Demand = QuotaDemand.Disks(type, size, count),
        };
    }

    /// <summary>A disk, or several alike, that change in place: only what is to become different is asked for.</summary>
    /// <param name="before">The outputs of the state.</param>
    public static PreflightPlan Change(PropertyMap before, PropertyMap inputs, int count = 1)
    {
        var (oldType, type) = (Text(before, VolumeProperties.VolumeType), Text(inputs, VolumeProperties.VolumeType));
        var (oldSize, size) = (Number(before, Size), Number(inputs, Size));
        var growth = size > oldSize ? size - oldSize : null;
        var becomes = oldType is not null && type != oldType ? type : null;
        var demand = growth is { } by ? QuotaDemand.Growth(type ?? oldType, by, count) : QuotaDemand.None;
        return new PreflightPlan
        {
            AvailabilityZone = becomes is null ? null : Text(before, VolumeProperties.AvailabilityZone),
            VolumeType = becomes,
            Size = growth is null ? null : size,
            Demand = becomes is null ? demand : demand.Plus(QuotaDemand.Retype(becomes, oldSize ?? 0, count)),
        };
    }

    /// <summary>What the quotas get back when a disk is deleted.</summary>
    public static QuotaDemand Freed(PropertyMap outputs) =>
        QuotaDemand.Disks(Text(outputs, VolumeProperties.VolumeType), Number(outputs, Size));

    private static string? Text(PropertyMap properties, string name) => (properties[name].Bare as PropertyValue.Text)?.Value;

    /// <summary>A secret number cannot be kept out of a message that has a sum with it, so it is not looked at.</summary>
    private static int? Number(PropertyMap properties, string name) =>
        properties[name] is { IsSecret: false, Bare: PropertyValue.Number { Value: var number } } ? (int)number : null;
}
