using System.Text.Json;

namespace PulumiEvs.Resources.Values;

/// <summary>JSON as property values.</summary>
internal static class JsonValues
{
    public static PropertyValue From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Array => new PropertyValue.List([.. element.EnumerateArray().Select(From)]),
        JsonValueKind.Object => PropertyMap.From(element.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, From(entry.Value)))),
        _ => PropertyValue.Null.Instance,
    };
}
