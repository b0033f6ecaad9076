using System.Collections.Immutable;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.Diffing;

/// <summary>
/// The paths of a user's <c>ignoreChanges</c>. The engine resets most of them itself before Diff is called, but nested and
/// <c>*</c> paths can be left to the provider (protocol B5).
/// </summary>
internal static class IgnoredPaths
{
    /// <summary>True when <paramref name="path"/> is one of the ignored paths or lies within one.</summary>
    public static bool Covers(ImmutableArray<string> ignored, string path) => ignored.Any(candidate => Covers(candidate, path));

    private static bool Covers(string ignored, string path)
    {
        var pattern = PropertyPath.Segments(ignored);
        var segments = PropertyPath.Segments(path);
        if (pattern.Length == 0 || pattern.Length > segments.Length)
        {
            return false;
        }

        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != "*" && pattern[i] != segments[i])
            {
                return false;
            }
        }

        return true;
    }
}
