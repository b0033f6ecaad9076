using System.Globalization;
using System.Text.RegularExpressions;

namespace PulumiEvs.Evs.Http;

/// <summary>
/// The limit that a gateway names when it refuses: "policy user over ratelimit,limit:100,time:1 second" (API signing guide,
/// APIGW.0308).
/// </summary>
internal static partial class NamedLimit
{
    /// <returns>Requests a second; null when the text names none.</returns>
    public static double? Read(string? text)
    {
        if (text is null
            || Form().Match(text) is not { Success: true } match
            || !double.TryParse(match.Groups["limit"].ValueSpan, CultureInfo.InvariantCulture, out var limit)
            || !double.TryParse(match.Groups["time"].ValueSpan, CultureInfo.InvariantCulture, out var time))
        {
            return null;
        }

        var seconds = time * match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "second" => 1,
            "minute" => 60,
            "hour" => 3600,
            _ => 86400,
        };
        return limit > 0 && seconds > 0 ? limit / seconds : null;
    }

    [GeneratedRegex(@"limit:\s*(?<limit>\d+(\.\d+)?)\s*,\s*time:\s*(?<time>\d+)\s*(?<unit>second|minute|hour|day)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
