using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Models;

internal static class StringMap
{
    public static readonly IReadOnlyDictionary<string, string> Empty = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>
/// A map of texts such as metadata or tags. Values of other kinds become text (the empty one for null), a nested value its JSON;
/// a list of <c>{key, value}</c>, the form in which the tag calls answer, is read as well.
/// </summary>
internal sealed class StringMapConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    public override IReadOnlyDictionary<string, string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (document.RootElement.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    map[property.Name] = Text(property.Value);
                }

                return map;
            case JsonValueKind.Array:
                foreach (var item in document.RootElement.EnumerateArray())
                {
                    if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("key", out var key))
                    {
                        throw new JsonException($"expected a map, found a list with {item.ValueKind}");
                    }

                    map[Text(key)] = item.TryGetProperty("value", out var value) ? Text(value) : "";
                }

                return map;
            default:
                throw new JsonException($"expected a map, found {document.RootElement.ValueKind}");
        }
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, text) in value)
        {
            writer.WriteString(key, text);
        }

        writer.WriteEndObject();
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
