using System.Collections.Immutable;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Provider;

/// <summary>
/// Compares two provider configurations. Only what certainly makes the disks of the old one unreachable replaces it, because the
/// engine then replaces every disk too; new keys and tokens never do.
/// </summary>
internal static class ConfigDiffer
{
    public static DiffResult Diff(DiffRequest request)
    {
        var ignored = new List<CheckFailure>();
        var old = ConfigChecker.Decode(request.OldInputs ?? request.OldOutputs, ignored);
        var @new = ConfigChecker.Decode(request.NewInputs, ignored);
        var changes = ImmutableArray.CreateBuilder<PropertyChange>();
        foreach (var property in ProviderDeclaration.Properties)
        {
            var (before, after) = (old[property.Name].Unmarked(), @new[property.Name].Unmarked());
            if (!after.HasUnknown && before.Equals(after))
            {
                continue;
            }

            var kind = before.IsAbsent ? ChangeKind.Add : after.IsAbsent ? ChangeKind.Delete : ChangeKind.Update;
            changes.Add(new PropertyChange(property.Name, kind, Replaces: Moves(property.Name, old, @new)));
        }

        return new DiffResult(changes.ToImmutable(), DeleteBeforeReplace: false, []);
    }

    /// <summary>Whether a property that has changed means another place for disks.</summary>
    private static bool Moves(string property, PropertyMap old, PropertyMap @new)
    {
        switch (property)
        {
            case ProviderDeclaration.Cloud:
                // Where the configuration has an address of its own, the table of clouds gives none.
                return !Keeps(ProviderDeclaration.Endpoint) && CloudOf(old) is { } from && CloudOf(@new) is { } to && from != to;
            case ProviderDeclaration.Region:
                // Besides the address, it decides in which project the disks are.
                return !(Keeps(ProviderDeclaration.Endpoint) && Keeps(ProviderDeclaration.ProjectId))
                    && RegionOf(old) is { } there && RegionOf(@new) is { } here && there != here;
            case ProviderDeclaration.ProjectName:
                return !Keeps(ProviderDeclaration.ProjectId) && IsAnother(property);
            case ProviderDeclaration.ProjectId or ProviderDeclaration.Endpoint:
                return IsAnother(property);
            default:
                return false;
        }

        bool Keeps(string name) => TextOf(old, name) is { } before && before == TextOf(@new, name);

        // Naming what the environment gave before, or the reverse, leaves the disks where they are.
        bool IsAnother(string name) => TextOf(old, name) is { } before && TextOf(@new, name) is { } after && before != after;
    }

    /// <summary>The cloud by name. Nothing but its default stands in for one that is not given.</summary>
    private static string? CloudOf(PropertyMap configuration) =>
        configuration[ProviderDeclaration.Cloud].IsAbsent ? KnownClouds.Default : TextOf(configuration, ProviderDeclaration.Cloud);

    /// <summary>The region; where none is given, that of the cloud that has one of its own.</summary>
    private static string? RegionOf(PropertyMap configuration) => configuration[ProviderDeclaration.Region].IsAbsent
        ? CloudOf(configuration) is { } name && KnownClouds.TryFind(name, out var cloud) ? cloud.DefaultRegion : null
        : TextOf(configuration, ProviderDeclaration.Region);

    /// <summary>Null when it is not given, or not known yet. Two spellings of one address are the same.</summary>
    private static string? TextOf(PropertyMap configuration, string name) => configuration[name].Bare is not PropertyValue.Text { Value: var text }
        ? null
        : name == ProviderDeclaration.Endpoint && EndpointAddress.TryParse(text, allowVersion: false, out var address, out _) ? address.AbsoluteUri : text;
}
