using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Core.Volumes;

/// <summary>Whether something more still fits into a project's quota.</summary>
internal static class QuotaRules
{
    public static Refusal? CheckVolumes(Settings settings, QuotaUsage usage, string type, int count) =>
        Fits(settings, usage, QuotaUsage.Volumes, type, count) ? null : Refusal.Of("EVS.1034");

    /// <summary>Checks so many GiB more, for volumes of so many GiB each.</summary>
    public static Refusal? CheckGigabytes(Settings settings, QuotaUsage usage, string type, int more, int volumeSize) =>
        Fits(settings, usage, QuotaUsage.Gigabytes, type, more)
        && (Limit(settings, QuotaUsage.PerVolumeGigabytes) is not { } largest || volumeSize <= largest)
            ? null
            : Refusal.Of("EVS.1042");

    public static bool SnapshotFits(Settings settings, QuotaUsage usage, string type) =>
        Fits(settings, usage, QuotaUsage.Snapshots, type, 1);

    private static bool Fits(Settings settings, QuotaUsage usage, string key, string type, long more) =>
        FitsKey(settings, usage, key, more) && FitsKey(settings, usage, QuotaUsage.OfType(key, type), more);

    private static bool FitsKey(Settings settings, QuotaUsage usage, string key, long more) =>
        Limit(settings, key) is not { } limit || usage[key] + more <= limit;

    /// <summary>The limit of a key, or null when there is none, which the API writes as -1.</summary>
    private static long? Limit(Settings settings, string key) =>
        settings.Quotas.TryGetValue(key, out var limit) && limit >= 0 ? limit : null;
}
