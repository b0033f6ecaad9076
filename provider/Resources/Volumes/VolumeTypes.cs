using System.Collections.Immutable;
using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Resources.Volumes;

/// <summary>Limits of a performance figure that the user sets per disk.</summary>
/// <param name="Min">Lowest value, null where the documents give none.</param>
/// <param name="MaxPerUnit">Highest value per unit of <paramref name="PerUnit"/>, such as 500 IOPS per GiB.</param>
internal sealed record PerformanceLimits(int? Min, int? Max, double? MaxPerUnit, string? PerUnit);

/// <param name="Name">The API's name.</param>
/// <param name="Iops">Null: IOPS follow from the size and cannot be set.</param>
/// <param name="Throughput">Null: throughput cannot be set.</param>
/// <param name="RetypesTo">The types that a disk of this type can become in place.</param>
internal sealed record VolumeTypeFacts(
    string Name, string Member, string Description, PerformanceLimits? Iops, PerformanceLimits? Throughput, ImmutableArray<string> RetypesTo);

/// <summary>
/// The volume types and what is documented of each: performance that can be set (product description, disk types; creation of
/// disks v2.1) and the retype matrix (user guide, changing the disk type). A type not in here is left to the cloud to judge.
/// </summary>
internal static class VolumeTypes
{
    public static readonly ImmutableArray<VolumeTypeFacts> All =
    [
        new("SATA", "SATA", "Common I/O: up to 1,000 IOPS, 40 MiB/s. At its end of sale in most regions.", null, null, ["ESSD", "SSD", "GPSSD", "SAS", "GPSSD2", "ESSD2"]),
        new("SAS", "SAS", "High I/O: up to 5,000 IOPS, 150 MiB/s.", null, null, ["ESSD", "SSD", "GPSSD", "GPSSD2", "ESSD2"]),
        new("GPSSD", "GPSSD", "General purpose SSD: up to 20,000 IOPS, 250 MiB/s.", null, null, ["ESSD", "SSD", "GPSSD2", "ESSD2"]),
        new("SSD", "SSD", "Ultra-high I/O: up to 50,000 IOPS, 350 MiB/s.", null, null, ["ESSD", "GPSSD", "GPSSD2", "ESSD2"]),
        new("ESSD", "ESSD", "Extreme SSD: up to 128,000 IOPS, 1,000 MiB/s.", null, null, ["SSD", "GPSSD", "GPSSD2", "ESSD2"]),
        new(
            "GPSSD2",
            "GPSSD2",
            "General purpose SSD V2: `iops` and `throughput` are set per disk. Some zones of Huawei Cloud only.",
            new PerformanceLimits(3000, 128000, 500, "GiB of size"),
            new PerformanceLimits(125, 1000, 0.25, "IOPS"),
            ["ESSD2"]),
        new(
            "ESSD2",
            "ESSD2",
            "Extreme SSD V2: `iops` is set per disk. Some zones of Huawei Cloud only.",
            new PerformanceLimits(null, null, null, null),
            null,
            ["GPSSD2"]),
    ];

    public static readonly EnumDeclaration Enum = new(
        "evs:index:VolumeType",
        "The type of a volume. Which types a zone offers differs; the list is open, other strings are passed on to the cloud.",
        [.. All.Select(type => new EnumMember(type.Member, type.Name, type.Description))]);

    /// <summary>What is known of a type, or null when it is not in the table.</summary>
    public static VolumeTypeFacts? Find(string name) => All.FirstOrDefault(type => type.Name == name);

    /// <summary>
    /// Whether a disk can become another type in place: the matrix of the user guide, and the V2 types that the retype request
    /// documents as targets. Where a cloud refuses such a retype it says so and the disk stays; guessing "replace" would cost data.
    /// </summary>
    public static bool CanRetype(string from, string to) => Find(from)?.RetypesTo.Contains(to) ?? false;
}
