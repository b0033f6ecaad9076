using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Core.Volumes;

/// <summary>Which IOPS and throughput can be provisioned for a type and size.</summary>
internal static class PerformanceRules
{
    /// <summary>The reference names no code for these; the general one for a bad volume is used.</summary>
    private const string Code = "EVS.1009";

    public static Refusal? Check(string type, int size, int? iops, int? throughput)
    {
        if (VolumeTypes.PerformanceOf(type) is not { } rule)
        {
            return iops is null && throughput is null
                ? null
                : Bad($"iops and throughput are not supported by volume type [{type}]");
        }

        if (iops is not { } perSecond)
        {
            return Bad($"iops is required by volume type [{type}]");
        }

        if (perSecond < rule.MinIops || perSecond > rule.MaxIops || perSecond > (long)rule.IopsPerGib * size)
        {
            return Bad($"iops [{perSecond}] is out of range for volume type [{type}] and size [{size}]");
        }

        if (!rule.HasThroughput)
        {
            return throughput is null ? null : Bad($"throughput is not supported by volume type [{type}]");
        }

        return throughput switch
        {
            null => Bad($"throughput is required by volume type [{type}]"),
            < VolumeTypes.MinThroughput or > VolumeTypes.MaxThroughput => Bad($"throughput [{throughput}] is out of range"),
            _ when throughput > perSecond / VolumeTypes.IopsPerThroughput => Bad($"throughput [{throughput}] is too high for iops [{perSecond}]"),
            _ => null,
        };
    }

    private static Refusal Bad(string detail) => Refusal.WithText(Code, $"invalid volumeForCreate! {detail}");
}
