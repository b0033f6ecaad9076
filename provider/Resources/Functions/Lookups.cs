using System.Collections.Immutable;

namespace PulumiEvs.Resources.Functions;

/// <summary>All look-up functions of the package.</summary>
internal static class Lookups
{
    public static readonly ImmutableArray<Lookup> All =
    [
        AvailabilityZonesLookup.Lookup,
        JobLookup.Lookup,
        QuotasLookup.Lookup,
        SnapshotsLookup.Lookup,
        TagsLookup.Lookup,
        VolumeLookup.Lookup,
        VolumeTypesLookup.Lookup,
        VolumesLookup.Lookup,
    ];
}
