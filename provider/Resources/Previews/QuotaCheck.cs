using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Previews;

/// <summary>Whether what a preview plans fits into the project's quotas.</summary>
internal static class QuotaCheck
{
    /// <param name="demand">What the plan by itself adds.</param>
    /// <param name="sum">What the preview plans up to and with it.</param>
    public static IEnumerable<string> Objections(PreflightPlan plan, QuotaDemand demand, QuotaDemand sum, QuotaSet quotas)
    {
        if (plan.Size is { } size
            && quotas.Quotas.GetValueOrDefault(QuotaDemand.PerVolumeGigabytes) is { Limit: >= 0 and var largest } && size > largest)
        {
            yield return $"{VolumeProperties.Size} {size} GiB is more than the quota \"{QuotaDemand.PerVolumeGigabytes}\" allows one disk to have: {largest} GiB";
        }

        foreach (var (name, planned) in sum.Amounts)
        {
            // A resource that adds nothing to a quota is not what exceeds it.
            if (demand.Amounts.ContainsKey(name)
                && quotas.Quotas.GetValueOrDefault(name) is { Limit: >= 0 } quota && planned > Left(quota))
            {
                yield return Exceeded(plan.Noun, name, planned, quota);
            }
        }
    }

    private static string Exceeded(string noun, string name, long planned, Quota quota)
    {
        var (more, unit) = name.Split('_')[0] switch
        {
            QuotaDemand.Volumes => (planned == 1 ? "1 new disk" : $"{planned} new disks", ""),
            QuotaDemand.Snapshots => (planned == 1 ? "1 new snapshot" : $"{planned} new snapshots", ""),
            _ => ($"{planned} GiB more", " GiB"),
        };
        var left = Math.Max(0, Left(quota));
        return $"the quota \"{name}\" is exceeded: with this {noun} the preview plans {more}, but {left}{unit} {(left == 1 ? "is" : "are")} left "
            + $"(limit {quota.Limit}{unit}, in use {quota.InUse}{unit}{(quota.Reserved > 0 ? $", reserved {quota.Reserved}{unit}" : "")}); "
            + "plan less, delete what is not needed, or have the quota raised";
    }

    private static long Left(Quota quota) => quota.Limit - quota.InUse - quota.Reserved;
}
