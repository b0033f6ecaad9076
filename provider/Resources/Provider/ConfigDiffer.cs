using System.Collections.Immutable;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.Provider;

/// <summary>
/// Compares two provider configurations. Only what makes the disks of the old one unreachable replaces it; new keys and
/// tokens never do.
/// </summary>
internal static class ConfigDiffer
{
    private static readonly string[] Locating = [ProviderDeclaration.Cloud, ProviderDeclaration.Region, ProviderDeclaration.ProjectId, ProviderDeclaration.ProjectName, ProviderDeclaration.Endpoint];

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

            // Naming what the environment or a default gave before, or the reverse, leaves the disks where they are.
            changes.Add(new PropertyChange(property.Name, kind, Replaces: kind == ChangeKind.Update && Locating.Contains(property.Name) && !after.HasUnknown));
        }

        return new DiffResult(changes.ToImmutable(), DeleteBeforeReplace: false, []);
    }
}
