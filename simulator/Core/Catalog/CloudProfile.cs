using System.Collections.Frozen;

namespace EvsSimulator.Core.Catalog;

/// <summary>A part of the API that not every cloud has.</summary>
internal enum Feature
{
    /// <summary>What every cloud has.</summary>
    Base,

    /// <summary>The v2.1 paths: create with a client token and prepaid orders, extend.</summary>
    V21,

    /// <summary>The v5 paths: change of IOPS and throughput.</summary>
    V5,

    /// <summary>Change of the volume type.</summary>
    Retype,
}

/// <summary>What one vendor's cloud offers of the API (EVS API references of the vendors).</summary>
internal sealed record CloudProfile(string Name, FrozenSet<Feature> Features, FrozenSet<string> VolumeTypes)
{
    private static readonly string[] CommonTypes = ["SATA", "SAS", "SSD"];

    public static readonly IReadOnlyList<CloudProfile> All =
    [
        new(
            "huaweicloud",
            Set(Feature.Base, Feature.V21, Feature.V5, Feature.Retype),
            Types("GPSSD", "ESSD", "GPSSD2", "ESSD2")),
        new("opentelekomcloud", Set(Feature.Base, Feature.Retype), Types("GPSSD", "ESSD")),
        new("opentelekomcloud-swiss", Set(Feature.Base, Feature.Retype), Types("GPSSD", "ESSD")),
        new("flexibleengine", Set(Feature.Base), Types("GPSSD", "ESSD")),
    ];

    public static CloudProfile Default => All[0];

    public static CloudProfile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);

    public bool Has(Feature feature) => Features.Contains(feature);

    private static FrozenSet<Feature> Set(params Feature[] features) => features.ToFrozenSet();

    private static FrozenSet<string> Types(params string[] more) => CommonTypes.Concat(more).ToFrozenSet(StringComparer.Ordinal);
}
