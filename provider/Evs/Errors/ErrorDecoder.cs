using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PulumiEvs.Evs.Errors;

/// <summary>Reads every documented shape of an error answer, and makes the best of any other.</summary>
internal static partial class ErrorDecoder
{
    private const int LongestMessage = 2000;
    private const int DeepestWrapping = 4;
    private const int LongestErrorAlone = 16 * 1024;

    private static readonly (string Code, string Message)[] FlatForms =
    [
        ("error_code", "error_msg"),
        ("errorCode", "errorMsg"),
        ("code", "message"),
        ("error_code", "error_message"),
    ];

    public static DecodedError Decode(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body).Trim('\uFEFF', ' ', '\t', '\r', '\n', '\0');
        if (text.Length == 0)
        {
            return new DecodedError { Shape = ErrorShape.Empty };
        }

        var error = text[0] switch
        {
            '{' or '[' when TryRead(text) is { } known => Unwrap(known, 0),
            '<' => new DecodedError { Shape = ErrorShape.Markup, Message = TextOfMarkup(text) },
            _ => new DecodedError { Shape = ErrorShape.PlainText, Message = text },
        };
        return error with { Message = Cut(error.Message) };
    }

    /// <summary>Whether a body that came with a success status is nothing but an error, as the documents allow.</summary>
    public static bool IsErrorAlone(ReadOnlySpan<byte> body)
    {
        // Only a short body can be one, and nearly none has the word: the parse is rare.
        if (body.Length > LongestErrorAlone || body.IndexOf("\"error"u8) < 0 || TryParse(Encoding.UTF8.GetString(body)) is not { } document)
        {
            return false;
        }

        using (document)
        {
            try
            {
                return document.RootElement.ValueKind == JsonValueKind.Object
                    && document.RootElement.EnumerateObject().All(
                        property => property.NameEquals("error") || property.NameEquals("error_code") || property.NameEquals("error_msg")
                            || property.NameEquals("request_id"))
                    && document.RootElement.EnumerateObject().Any(property => property.Value.ValueKind != JsonValueKind.Null);
            }
            catch (InvalidOperationException)
            {
                // A name that cannot be read is none of these.
                return false;
            }
        }
    }

    /// <summary>Looks into a code and message, such as those of a failed job, for another service's error inside the message.</summary>
    public static (string? Code, string? OuterCode, string? Message) Unwrap(string? code, string? message)
    {
        var error = Unwrap(new DecodedError { Shape = ErrorShape.Nested, Code = Blank(code), Message = Blank(message) }, 0);
        return (error.Code, error.OuterCode, Cut(error.Message));
    }

    private static DecodedError? TryRead(string text)
    {
        using var document = TryParse(text);
        if (document is null)
        {
            return null;
        }

        try
        {
            return FromJson(document.RootElement, 0) ?? new DecodedError { Shape = ErrorShape.OtherJson, Message = text };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in a name or text cannot be read; the JSON as it came can be shown.
            return new DecodedError { Shape = ErrorShape.OtherJson, Message = text };
        }
    }

    private static DecodedError? FromJson(JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object || depth > DeepestWrapping)
        {
            return null;
        }

        foreach (var (codeName, messageName) in FlatForms)
        {
            var hasCode = value.TryGetProperty(codeName, out var code) && IsScalar(code);
            var hasMessage = value.TryGetProperty(messageName, out var message) && IsScalar(message);
            if (hasCode && hasMessage || (hasCode && codeName != "code") || (hasMessage && messageName != "message"))
            {
                return new DecodedError
                {
                    Shape = ErrorShape.Flat,
                    Code = hasCode ? Blank(TextOf(code)) : null,
                    Message = hasMessage ? Blank(TextOf(message)) : null,
                    RequestId = value.TryGetProperty("request_id", out var id) && IsScalar(id) ? Blank(TextOf(id)) : null,
                };
            }
        }

        // A text alone under `error` is what the older documents promise.
        if (value.TryGetProperty("error", out var plain) && plain.ValueKind == JsonValueKind.String)
        {
            return new DecodedError { Shape = ErrorShape.Nested, Message = Blank(TextOf(plain)) };
        }

        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            var inner = FromJson(property.Value, depth + 1) ?? (property.NameEquals("error") ? CodeOnly(property.Value) : null);
            if (inner is null)
            {
                continue;
            }

            return depth > 0 || inner.Shape is ErrorShape.Fault or ErrorShape.Nested
                ? inner
                : inner with
                {
                    Shape = property.NameEquals("error") ? ErrorShape.Nested : ErrorShape.Fault,
                    Fault = property.NameEquals("error") ? null : property.Name,
                };
        }

        return MessageOnly(value);
    }

    private static DecodedError? CodeOnly(JsonElement value) =>
        value.TryGetProperty("code", out var code) && IsScalar(code)
            ? new DecodedError { Shape = ErrorShape.Flat, Code = Blank(TextOf(code)) }
            : null;

    private static DecodedError? MessageOnly(JsonElement value) =>
        value.TryGetProperty("message", out var message) && IsScalar(message)
            ? new DecodedError { Shape = ErrorShape.Flat, Message = Blank(TextOf(message)) }
            : null;

    private static DecodedError Unwrap(DecodedError error, int depth)
    {
        if (depth >= DeepestWrapping || error.Message is not { } message)
        {
            return error;
        }

        var start = message.IndexOf('{', StringComparison.Ordinal);
        var end = message.LastIndexOf('}');
        if (start < 0 || end <= start)
        {
            return error;
        }

        var candidate = message[start..(end + 1)];
        var inner = TryRead(candidate) ?? TryRead(candidate.Replace("\\\"", "\"", StringComparison.Ordinal));
        if (inner?.Code is null)
        {
            return error;
        }

        return Unwrap(
            error with { Code = inner.Code, OuterCode = error.OuterCode ?? error.Code, Message = inner.Message ?? error.Message },
            depth + 1);
    }

    private static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            // Not JSON after all: the text itself is then the message.
            return null;
        }
    }

    private static bool IsScalar(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    private static string? TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string? Cut(string? text) =>
        text is { Length: > LongestMessage } ? string.Concat(text.AsSpan(0, LongestMessage), " …") : text;

    private static string? TextOfMarkup(string markup)
    {
        // The timeout keeps a page made to be slow from holding a worker.
        try
        {
            var title = Title().Match(markup);
            var text = title.Success ? title.Groups[1].Value : Tags().Replace(Invisible().Replace(markup, " "), " ");
            return Blank(Spaces().Replace(WebUtility.HtmlDecode(text), " ").Trim());
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    [GeneratedRegex("<title[^>]*>(.*?)</title>", RegexOptions.IgnoreCase | RegexOptions.Singleline, 200)]
    private static partial Regex Title();

    [GeneratedRegex("<(script|style|head)[^>]*>.*?</\\1>|<\\?.*?\\?>|<!.*?>", RegexOptions.IgnoreCase | RegexOptions.Singleline, 200)]
    private static partial Regex Invisible();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 200)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+", RegexOptions.None, 200)]
    private static partial Regex Spaces();
}
