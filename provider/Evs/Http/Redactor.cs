using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PulumiEvs.Evs.Http;

/// <summary>Makes bodies and texts fit to be shown: secret fields by their names, known secrets wherever they stand.</summary>
internal static class Redactor
{
    public const string Mask = "[redacted]";
    private const int LongestText = 4096;
    private const int ShortestSecret = 6;

    private static readonly HashSet<string> SecretNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "passcode", "adminPass", "admin_pass", "secret", "secret_key", "secretKey", "secret_access_key", "secretAccessKey",
        "securitytoken", "security_token", "securityToken", "token", "access", "auth_key", "authorization", "x-auth-token",
        "encoded_authorization_message", "user_data", "private_key", "signature",
    };

    /// <summary>A body for the debug log: JSON with its secret fields masked, other text as it is, both cut.</summary>
    public static string? Body(ReadOnlySpan<byte> body, IEnumerable<string> secrets)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        return Cut(Text(Json(body) ?? Encoding.UTF8.GetString(body), secrets));
    }

    /// <summary>The text without any of the secrets. Very short ones are left: they would tear the text apart.</summary>
    public static string Text(string text, IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret.Length >= ShortestSecret)
            {
                text = text.Replace(secret, Mask, StringComparison.Ordinal);
            }
        }

        return text;
    }

    private static string? Json(ReadOnlySpan<byte> body)
    {
        using var buffer = new MemoryStream();
        try
        {
            var reader = new Utf8JsonReader(body);
            using (var document = JsonDocument.ParseValue(ref reader))
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                Copy(document.RootElement, writer);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or with half a surrogate pair in it: shown as text.
            return null;
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Copy(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    if (SecretNames.Contains(property.Name) && property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    {
                        writer.WriteStringValue(Mask);
                    }
                    else
                    {
                        Copy(property.Value, writer);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Copy(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static string Cut(string text) => text.Length <= LongestText
        ? text
        : string.Concat(text.AsSpan(0, LongestText), " … (", text.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), " characters)");
}
