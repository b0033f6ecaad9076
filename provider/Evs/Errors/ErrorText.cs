using System.Globalization;
using System.Text;

namespace PulumiEvs.Evs.Errors;

/// <summary>The one place where the text of an error is put together.</summary>
internal static class ErrorText
{
    public static string Compose(ErrorFacts facts)
    {
        var text = new StringBuilder();
        text.Append(facts.Operation).Append(" failed: ");
        text.Append(Cause(facts));
        if (facts.EarlierAttemptUnknown && facts.Knowledge != Knowledge.Unknown)
        {
            text.Append(" An earlier attempt had no clear answer and may have been acted on.");
        }
        else if (facts.Knowledge == Knowledge.Unknown && facts.Method is { } method && method is not ("GET" or "HEAD"))
        {
            text.Append(" It is not known whether the service acted on it.");
        }

        if (facts.Hint is { } hint)
        {
            text.Append(' ').Append(hint);
        }

        if (Where(facts) is { Length: > 0 } where)
        {
            text.Append(" [").Append(where).Append(']');
        }

        return text.ToString();
    }

    /// <summary>Code, status and the service's message, as a sentence.</summary>
    public static string Cause(ErrorFacts facts)
    {
        var message = Sentence(facts.ServiceMessage);
        var code = facts.Code switch
        {
            null => null,

            // Some services give the status once more as the code.
            var status when status == facts.HttpStatus?.ToString(CultureInfo.InvariantCulture) => null,
            _ when facts.OuterCode is { } outer && outer != facts.Code => $"{facts.Code} (inside {outer})",
            _ => facts.Code,
        };
        var prefix = (code, facts.HttpStatus) switch
        {
            ({ } known, { } status) => $"{known} (HTTP {status})",
            ({ } known, null) => known,
            (null, { } status) => $"HTTP {status}",
            (null, null) => null,
        };
        return (prefix, message) switch
        {
            ({ } what, { } why) => $"{what}: {why}",
            ({ } what, null) => what + ".",
            (null, { } why) => why,
            (null, null) => "no cause was given.",
        };
    }

    /// <summary>The request, its id and how often it was sent; empty when nothing was sent.</summary>
    public static string Where(ErrorFacts facts)
    {
        var parts = new List<string>(3);
        if (facts.Method is { } method)
        {
            parts.Add($"{method} {facts.Host}{facts.Path}");
        }

        if (facts.RequestId is { } id)
        {
            parts.Add($"request id {id}");
        }

        if (facts.Attempts > 1)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{facts.Attempts} attempts"));
        }

        return string.Join(", ", parts);
    }

    private static string? Sentence(string? message)
    {
        var trimmed = message?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : trimmed[^1] is '.' or '!' or '?' ? trimmed : trimmed + ".";
    }
}
