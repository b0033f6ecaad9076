using System.Collections.Immutable;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Unit.Resources.Support;

/// <summary>Comparisons whose messages show the values as a program would write them.</summary>
internal static class PropertyAssertions
{
    /// <summary>Equal by content; the order of entries means nothing.</summary>
    public static void ShouldMatch(this PropertyMap? actual, PropertyMap expected) => ((PropertyValue)actual.ShouldNotBeNull()).ShouldBe(expected);

    /// <summary>Has these entries, whatever others it has.</summary>
    public static void ShouldInclude(this PropertyMap actual, PropertyMap expected)
    {
        foreach (var (key, value) in expected)
        {
            actual[key].ShouldBe(value, $"{key} of {actual}");
        }
    }

    /// <summary>Each failure as <c>path: reason</c>.</summary>
    public static string[] Lines(this IEnumerable<CheckFailure> failures) =>
        [.. failures.Select(failure => failure.Property.Length == 0 ? failure.Reason : $"{failure.Property}: {failure.Reason}")];

    /// <summary>Each change as <c>+ path</c>, <c>- path</c> or <c>~ path</c>, doubled where it replaces, in order of path.</summary>
    public static string[] Lines(this ImmutableArray<PropertyChange> changes) =>
        [.. changes.Select(Line).Order(StringComparer.Ordinal)];

    private static string Line(PropertyChange change)
    {
        var sign = change.Kind switch
        {
            ChangeKind.Add => "+",
            ChangeKind.Delete => "-",
            _ => "~",
        };
        return $"{sign}{(change.Replaces ? sign : "")} {change.Path}";
    }
}
