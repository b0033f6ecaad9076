using System.Collections.Immutable;
using EvsSimulator.Core.Jobs;

namespace EvsSimulator.Core.Catalog;

/// <summary>How the <c>name</c> filter of a list compares; the API reference leaves it open.</summary>
internal enum NameFilter
{
    Exact,
    Fuzzy,
}

/// <summary>So many requests a second, with a bucket of so many; beyond it the gateway answers 429.</summary>
internal sealed record RateLimit(double PerSecond, double Burst, int? RetryAfterSeconds);

/// <summary>How this cloud is set up. Replaced as a whole when the set-up changes.</summary>
internal sealed record Settings
{
    public CloudProfile Cloud { get; init; } = CloudProfile.Default;

    public string Region { get; init; } = "local-1";

    public ImmutableArray<string> Zones { get; init; } = [];

    public ImmutableArray<VolumeTypeOffer> Types { get; init; } = [];

    /// <summary>Volume type to the zones where it is sold out.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> SoldOut { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>Limits by quota key (<c>volumes</c>, <c>gigabytes</c>, <c>volumes_SSD</c> ...); what is not named has none.</summary>
    public ImmutableSortedDictionary<string, long> Quotas { get; init; } =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, DurationSpec> Durations { get; init; } = JobTypes.DefaultDurations;

    /// <summary>Everything that takes time takes this many times less.</summary>
    public double TimeScale { get; init; } = 1;

    public NameFilter NameFilter { get; init; } = NameFilter.Exact;

    public RateLimit? RateLimit { get; init; }

    /// <summary>By how much the cloud's clock is ahead of this machine's.</summary>
    public TimeSpan ClockOffset { get; init; }

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The HTTP status that a token which is not (or no longer) valid is answered with: 401 or 400.</summary>
    public int InvalidTokenStatus { get; init; } = 401;

    public Sources Sources { get; init; } = new();

    /// <summary>A set-up with the zones and types that follow from a region.</summary>
    public static Settings ForRegion(string region, CloudProfile cloud) =>
        new Settings { Cloud = cloud, Region = region }.WithZones(ZonesOf(region));

    /// <summary>Zones as the clouds name them: cn-north-4 has cn-north-4a, but eu-de has eu-de-01.</summary>
    private static ImmutableArray<string> ZonesOf(string region) => region.Length > 0 && char.IsAsciiDigit(region[^1])
        ? [region + "a", region + "b", region + "c"]
        : [region + "-01", region + "-02", region + "-03"];

    /// <summary>The same with other zones, where the types of the cloud are in all zones, those of provisioned performance in two.</summary>
    public Settings WithZones(ImmutableArray<string> zones) => this with
    {
        Zones = zones,
        Types =
        [
            .. VolumeTypes.All.Where(Cloud.VolumeTypes.Contains).Select(name => new VolumeTypeOffer(
                name, VolumeTypes.IdOf(name), VolumeTypes.PerformanceOf(name) is null ? zones : [.. zones.Take(2)])),
        ],
    };

    public VolumeTypeOffer? Type(string name) => Types.FirstOrDefault(offer => offer.Name == name);

    public bool IsSoldOut(string type, string zone) => SoldOut.TryGetValue(type, out var zones) && zones.Contains(zone);

    /// <summary>Draws how long something of a kind takes.</summary>
    public TimeSpan DrawDuration(string kind, Draws draws) => Durations[kind].Draw(draws) / TimeScale;
}
