using System.Globalization;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// The names of equal disks: the name asked for with <c>-0001</c>, <c>-0002</c> and so on, as the service gives them to the disks of
/// one request (EVS API reference, creating disks: count).
/// </summary>
internal static class NumberedName
{
    /// <summary>How many bytes the number adds to a name.</summary>
    public const int SuffixBytes = 5;

    public static string Of(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}-{number:0000}");

    /// <summary>A name and its number; null when the text does not end with one.</summary>
    public static (string Name, int Number)? Split(string? text) =>
        text is { Length: > SuffixBytes }
        && text[^SuffixBytes] == '-'
        && text.AsSpan(text.Length - SuffixBytes + 1) is var digits
        && !digits.ContainsAnyExceptInRange('0', '9')
        && int.Parse(digits, CultureInfo.InvariantCulture) is > 0 and var number
            ? (text[..^SuffixBytes], number)
            : null;
}
