using System.Globalization;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Resources.Volumes;

/// <summary>What a new disk can be recognised by, when nothing but the request for it is known.</summary>
internal sealed record VolumeLooks(string Name, int? Size, string VolumeType, string AvailabilityZone)
{
    /// <summary>The inputs that give a disk its looks.</summary>
    public static readonly string[] Inputs = [VolumeProperties.Name, VolumeProperties.Size, VolumeProperties.VolumeType, VolumeProperties.AvailabilityZone];

    public static VolumeLooks Of(CreateVolume order) => new(order.Name ?? "", order.Size, order.VolumeType, order.AvailabilityZone);

    /// <summary>The looks of each disk that the order asks for.</summary>
    public static IEnumerable<VolumeLooks> Each(CreateVolume order) => order.Count is > 1 and var count
        ? Enumerable.Range(1, count).Select(number => Of(order) with { Name = NumberedName.Of(order.Name ?? "", number) })
        : [Of(order)];

    /// <summary>True when the disk may be the one asked for: equal in all that both tell, and not older than the request.</summary>
    /// <param name="notBefore">The moment of the request by the service's clock, less a tolerance.</param>
    public bool Fit(Volume volume, DateTimeOffset notBefore) =>
        (volume.Name ?? "") == Name
        && (Size is null || volume.Size is null || volume.Size == Size)
        && (volume.VolumeType is null || volume.VolumeType == VolumeType)
        && (volume.AvailabilityZone is null || volume.AvailabilityZone == AvailabilityZone)
        && (CreatedAt(volume) is not { } created || created >= notBefore);

    /// <summary>UTC without a zone letter (EVS API reference, disk details).</summary>
    private static DateTimeOffset? CreatedAt(Volume volume) =>
        DateTimeOffset.TryParse(
            volume.CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var created)
            ? created
            : null;
}
