using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Checking;

/// <summary>
/// The rules for tags (EVS API, disk creation): at most 10; key 1-36 characters of letters, digits, underscore, hyphen and
/// U+4E00-U+9FFF; value 0-43 characters of the same and the full stop.
/// </summary>
internal static class TagRules
{
    public const int MaxCount = 10;
    private const int MaxKeyLength = 36;
    private const int MaxValueLength = 43;

    public static readonly string Statement =
        $"At most {MaxCount} tags. A key has 1 to {MaxKeyLength} characters: letters, digits, `_`, `-` and Chinese characters. "
        + $"A value has 0 to {MaxValueLength} characters: the same and `.`.";

    /// <summary>Every problem of the tags in <paramref name="tags"/> of a volume, each under its own path.</summary>
    public static IEnumerable<CheckFailure> Problems(string property, PropertyMap tags) =>
        Problems(property, tags, "volume", " (tags from the provider's defaultTags count too)");

    /// <summary>The same of a snapshot, which gets no default tags.</summary>
    public static IEnumerable<CheckFailure> SnapshotProblems(string property, PropertyMap tags) => Problems(property, tags, "snapshot", "");

    private static IEnumerable<CheckFailure> Problems(string property, PropertyMap tags, string what, string note)
    {
        if (tags.Count > MaxCount)
        {
            yield return new CheckFailure(
                property, $"a {what} can have at most {MaxCount} tags, but there are {tags.Count}{note}");
        }

        foreach (var (key, value) in tags)
        {
            var path = PropertyPath.Child(property, key);
            if (key.Length is 0 or > MaxKeyLength || key.Any(c => !IsAllowed(c)))
            {
                yield return new CheckFailure(
                    path, $"tag key \"{key}\" must have 1 to {MaxKeyLength} characters: letters, digits, '_', '-' and Chinese characters");
            }

            if (value.Bare is PropertyValue.Text { Value: var text } && (text.Length > MaxValueLength || text.Any(c => !IsAllowed(c) && c != '.')))
            {
                var given = value.IsSecret ? "the value" : $"value \"{text}\"";
                yield return new CheckFailure(
                    path, $"{given} of tag \"{key}\" must have at most {MaxValueLength} characters: letters, digits, '_', '-', '.' and Chinese characters");
            }
        }
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or (>= '\u4E00' and <= '\u9FFF');
}
