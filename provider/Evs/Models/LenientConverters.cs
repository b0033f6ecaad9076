using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Models;

// The service is loose about scalars: numbers and booleans come as strings and the other way round, and differ between
// clouds and versions. A scalar of another kind is taken at its meaning; an object or array in its place is an error.

/// <summary>Any scalar as text.</summary>
internal sealed class LenientStringConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => Raw(ref reader),
        _ => throw new JsonException($"expected text, found {reader.TokenType}"),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);

    private static string Raw(ref Utf8JsonReader reader) =>
        Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
}

/// <summary>A boolean, its word in any capitalisation, 0 or 1; empty text is absent.</summary>
internal sealed class LenientBooleanConverter : JsonConverter<bool?>
{
    public override bool HandleNull => true;

    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number when reader.TryGetInt32(out var number) && number is 0 or 1:
                return number == 1;
            case JsonTokenType.String:
                var text = reader.GetString()!.Trim();
                return text switch
                {
                    "" or "null" => null,
                    "0" => false,
                    "1" => true,
                    _ when bool.TryParse(text, out var value) => value,
                    _ => throw new JsonException($"expected a boolean, found \"{text}\""),
                };
            default:
                throw new JsonException($"expected a boolean, found {reader.TokenType}");
        }
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options)
    {
        if (value is { } given)
        {
            writer.WriteBooleanValue(given);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

/// <summary>A whole number, also as text or with a fraction of zero; empty text is absent.</summary>
internal sealed class LenientIntegerConverter : JsonConverter<int?>
{
    public override bool HandleNull => true;

    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number when reader.TryGetInt32(out var whole):
                return whole;
            case JsonTokenType.Number when reader.TryGetDecimal(out var number):
                return Whole(number);
            case JsonTokenType.String:
                var text = reader.GetString()!.Trim();
                return text switch
                {
                    "" or "null" => null,
                    _ when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) => Whole(value),
                    _ => throw new JsonException($"expected a whole number, found \"{text}\""),
                };
            default:
                throw new JsonException($"expected a whole number, found {reader.TokenType}");
        }
    }

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options)
    {
        if (value is { } given)
        {
            writer.WriteNumberValue(given);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static int Whole(decimal number) =>
        decimal.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw new JsonException($"expected a whole number of 32 bits, found {number}");
}
