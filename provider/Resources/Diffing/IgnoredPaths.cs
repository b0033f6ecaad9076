using System.Collections.Immutable;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Diffing;

/// <summary>
/// The paths of a user's <c>ignoreChanges</c>. The engine resets most of them itself before a provider is asked, but nested and
/// <c>*</c> paths can be left to it (protocol B5).
/// </summary>
internal static class IgnoredPaths
{
    private const string Any = "*";

    /// <summary><paramref name="new"/> with what lies at the ignored paths as it is in <paramref name="old"/>.</summary>
    public static PropertyMap Reset(ImmutableArray<string> ignored, PropertyMap old, PropertyMap @new)
    {
        foreach (var path in ignored)
        {
            @new = Reset(PropertyPath.Segments(path).AsSpan(), old, @new);
        }

        return @new;
    }

    private static PropertyMap Reset(ReadOnlySpan<string> path, PropertyMap old, PropertyMap @new)
    {
        if (path.IsEmpty)
        {
            return @new;
        }

        string[] keys = path[0] == Any ? [.. old.Keys.Union(@new.Keys)] : [path[0]];
        foreach (var key in keys)
        {
            var (before, after) = (old[key], @new[key]);
            if (path.Length == 1)
            {
                @new = before.IsAbsent ? @new.Without(key) : @new.With(key, before);
            }
            else if (after.Bare is PropertyValue.Map { Entries: var entries })
            {
                var known = before.Bare is PropertyValue.Map { Entries: var oldEntries } ? oldEntries : PropertyMap.Empty;
                PropertyValue reset = Reset(path[1..], known, entries);
                @new = @new.With(key, after.IsSecret ? reset.AsSecret() : reset);
            }
        }

        return @new;
    }
}
