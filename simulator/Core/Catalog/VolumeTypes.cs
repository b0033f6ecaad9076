using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace EvsSimulator.Core.Catalog;

/// <summary>A volume type on offer: its id and the zones that have it.</summary>
internal sealed record VolumeTypeOffer(string Name, string Id, ImmutableArray<string> Zones);

/// <summary>The bounds of what can be provisioned for a type; null where the reference gives none.</summary>
internal sealed record PerformanceRule(int MinIops, int MaxIops, int IopsPerGib, bool HasThroughput);

/// <summary>What is known of the volume types by name.</summary>
internal static class VolumeTypes
{
    public const int MinThroughput = 125;
    public const int MaxThroughput = 1000;

    /// <summary>Provisioned throughput may be at most this fraction of the IOPS.</summary>
    public const int IopsPerThroughput = 4;

    public static readonly ImmutableArray<string> All = ["SATA", "SAS", "GPSSD", "SSD", "ESSD", "GPSSD2", "ESSD2"];

    /// <summary>
    /// The types whose performance is provisioned. The bounds of GPSSD2 are documented; for ESSD2 the reference says only
    /// that IOPS are required.
    /// </summary>
    private static readonly FrozenDictionary<string, PerformanceRule> Provisioned = new Dictionary<string, PerformanceRule>
    {
        ["GPSSD2"] = new(3000, 128000, 500, HasThroughput: true),
        ["ESSD2"] = new(1, int.MaxValue, int.MaxValue, HasThroughput: false),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The documented steps of a type change: up or across, never from SSD back to SAS.</summary>
    private static readonly FrozenDictionary<string, FrozenSet<string>> RetypeTargets = new Dictionary<string, string[]>
    {
        ["ESSD"] = ["SSD", "GPSSD"],
        ["SSD"] = ["ESSD", "GPSSD"],
        ["GPSSD"] = ["ESSD", "SSD"],
        ["SAS"] = ["ESSD", "SSD", "GPSSD"],
        ["SATA"] = ["ESSD", "SSD", "GPSSD", "SAS"],
    }.ToFrozenDictionary(row => row.Key, row => row.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The id of a type: a UUID that follows from the name.</summary>
    public static string IdOf(string type) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(type)).AsSpan(0, 16), bigEndian: true).ToString("D");

    public static PerformanceRule? PerformanceOf(string type) => Provisioned.GetValueOrDefault(type);

    /// <summary>
    /// Whether a volume can change from one type to the other. The types with provisioned performance are documented as
    /// targets only where a cloud has them, without a matrix; here every type of the matrix may change to them.
    /// </summary>
    public static bool CanRetype(string from, string to) =>
        RetypeTargets.TryGetValue(from, out var targets) && (targets.Contains(to) || Provisioned.ContainsKey(to));
}
