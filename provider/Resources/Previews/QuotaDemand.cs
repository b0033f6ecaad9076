using System.Collections.Immutable;

namespace PulumiEvs.Resources.Previews;

/// <summary>What something asks of the project's quotas: amounts by the names of the quota query (EVS API reference, querying quotas).</summary>
internal sealed class QuotaDemand
{
    public const string Volumes = "volumes";
    public const string Gigabytes = "gigabytes";
    public const string Snapshots = "snapshots";

    /// <summary>The quota that bounds each disk by itself and sums nothing.</summary>
    public const string PerVolumeGigabytes = "per_volume_gigabytes";

    public static readonly QuotaDemand None = new(ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal));

    private QuotaDemand(ImmutableSortedDictionary<string, long> amounts) => Amounts = amounts;

    /// <summary>Amounts above 0, by quota.</summary>
    public ImmutableSortedDictionary<string, long> Amounts { get; }

    /// <summary>New disks; what is not known of them is not counted.</summary>
    /// <param name="type">Of each; null when not known.</param>
    /// <param name="size">Of each, in GiB; null when not known.</param>
    public static QuotaDemand Disks(string? type, int? size, int count = 1) =>
        Of(Volumes, type, count).Plus(Growth(type, size ?? 0, count));

    /// <summary>Disks that grow by so many GiB each.</summary>
    public static QuotaDemand Growth(string? type, int by, int count = 1) => Of(Gigabytes, type, (long)by * count);

    /// <summary>
    /// Disks that become another type, of the size that they have before. They count for the new type; that they leave the old one
    /// frees nothing before the job, which can take hours, is done.
    /// </summary>
    public static QuotaDemand Retype(string type, int size, int count = 1) =>
        None.With(OfType(Volumes, type), count).With(OfType(Gigabytes, type), (long)size * count);

    public static QuotaDemand SnapshotsOf(int count) => Of(Snapshots, null, count);

    public QuotaDemand Plus(QuotaDemand other) => other.Amounts.Aggregate(this, (sum, amount) => sum.With(amount.Key, amount.Value));

    /// <summary>This without the other, and never below nothing.</summary>
    public QuotaDemand Less(QuotaDemand other) => other.Amounts.Aggregate(this, (rest, amount) => rest.With(amount.Key, -amount.Value));

    /// <summary>The quota of one type alone.</summary>
    private static string OfType(string quota, string type) => $"{quota}_{type}";

    private static QuotaDemand Of(string quota, string? type, long amount)
    {
        var demand = None.With(quota, amount);
        return type is null ? demand : demand.With(OfType(quota, type), amount);
    }

    private QuotaDemand With(string quota, long more) =>
        new(Amounts.GetValueOrDefault(quota) + more is > 0 and var sum ? Amounts.SetItem(quota, sum) : Amounts.Remove(quota));
}
