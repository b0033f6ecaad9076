using System.Collections.Immutable;
using System.Text.RegularExpressions;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Core.Volumes;

/// <summary>What tags may look like.</summary>
internal static partial class TagRules
{
    public const int MaxTags = 10;

    /// <summary>Checks a whole set of tags, as a volume would carry it.</summary>
    public static Refusal? Check(ImmutableSortedDictionary<string, string> tags, CloudProfile cloud) =>
        tags.Count > MaxTags ? Refusal.Of("EVS.1061")
        : tags.Any(tag => !IsKey(tag.Key, cloud) || !IsValue(tag.Value, cloud)) ? Refusal.Of("EVS.1062")
        : null;

    private static bool IsKey(string key, CloudProfile cloud) =>
        cloud == CloudProfile.Default ? WideKey().IsMatch(key) : NarrowKey().IsMatch(key);

    private static bool IsValue(string value, CloudProfile cloud) =>
        cloud == CloudProfile.Default ? WideValue().IsMatch(value) : NarrowValue().IsMatch(value);

    [GeneratedRegex(@"^[A-Za-z0-9_\u4E00-\u9FFF-]{1,36}\z")]
    private static partial Regex WideKey();

    [GeneratedRegex(@"^[A-Za-z0-9_.\u4E00-\u9FFF-]{0,43}\z")]
    private static partial Regex WideValue();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,36}\z")]
    private static partial Regex NarrowKey();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{0,43}\z")]
    private static partial Regex NarrowValue();
}
