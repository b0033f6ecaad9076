using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Previews;

/// <summary>
/// Whether the cloud has what a plan names: the zone, and the type in it. Where the cloud does not say which zones have a type, nothing
/// is objected to; some clouds do not, and some types have several entries with different zones.
/// </summary>
internal static class OfferCheck
{
    /// <param name="zones">All zones; null when they could not be read.</param>
    /// <param name="types">All types; null when they could not be read.</param>
    public static IEnumerable<string> Objections(
        PreflightPlan plan, IReadOnlyList<AvailabilityZone>? zones, IReadOnlyList<VolumeType>? types)
    {
        if (ZoneObjection(plan.AvailabilityZone, zones, types ?? []) is { } wrongZone)
        {
            yield return wrongZone;
        }
        else if (TypeObjection(plan.VolumeType, plan.AvailabilityZone, types) is { } wrongType)
        {
            yield return wrongType;
        }
    }

    private static string? ZoneObjection(string? wished, IReadOnlyList<AvailabilityZone>? zones, IReadOnlyList<VolumeType> types)
    {
        if (wished is null || zones is not { Count: > 0 })
        {
            return null;
        }

        var usable = zones.Where(zone => zone.Available is not false).Select(zone => zone.Name).Order(StringComparer.Ordinal).ToArray();
        return zones.FirstOrDefault(zone => zone.Name == wished) switch
        {
            { Available: false } => $"{VolumeProperties.AvailabilityZone} \"{wished}\" takes no new disks at the moment; available: {List(usable)}",

            // A zone that only the types know of is one all the same.
            null when !types.Any(type => type.AvailabilityZones?.Contains(wished) is true) =>
                $"{VolumeProperties.AvailabilityZone} \"{wished}\" is no zone of this region; "
                + (Suggestion.For(wished, usable) is { } near ? $"did you mean {near}? There are {List(usable)}" : $"there are {List(usable)}"),
            _ => null,
        };
    }

    private static string? TypeObjection(string? wished, string? zone, IReadOnlyList<VolumeType>? types)
    {
        if (wished is null || types is not { Count: > 0 })
        {
            return null;
        }

        var offers = types.Where(type => type.Name == wished).ToArray();
        if (offers.Length == 0)
        {
            return $"{VolumeProperties.VolumeType} \"{wished}\" is not offered in this region; there are {List(Names(types))}";
        }

        if (zone is null || offers.Any(offer => offer.AvailabilityZones is null || IsUsable(offer, zone)))
        {
            return null;
        }

        var others = offers.SelectMany(UsableZones).Distinct().Order(StringComparer.Ordinal).ToArray();
        var alternatives = List(Names(types.Where(type => IsUsable(type, zone))));
        return $"{VolumeProperties.VolumeType} \"{wished}\" is {(offers.Any(offer => offer.SoldOutAvailabilityZones.Contains(zone)) ? "sold out" : "not offered")} in {zone}"
            + (others.Length > 0 ? $"; zones that have it: {List(others)}" : "; no zone of this region has it now")
            + (alternatives.Length > 0 ? $"; types that {zone} has: {alternatives}" : "");
    }

    private static bool IsUsable(VolumeType type, string zone) => UsableZones(type).Contains(zone);

    private static IEnumerable<string> UsableZones(VolumeType type) => (type.AvailabilityZones ?? []).Except(type.SoldOutAvailabilityZones);

    private static IEnumerable<string> Names(IEnumerable<VolumeType> types) =>
        types.Select(type => type.Name).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    private static string List(IEnumerable<string> names) => string.Join(", ", names);
}
