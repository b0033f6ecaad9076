using System.Text.Json;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Provider;

/// <summary>
/// Configuration comes as strings from stack config, as JSON text from generated SDKs and typed from other hosts (protocol B3).
/// This turns each into the declared type; what cannot be turned is left for the type check to report.
/// </summary>
internal static class ConfigDecoder
{
    public static PropertyMap Decode(PropertyMap configuration, IEnumerable<PropertyDeclaration> properties, List<CheckFailure> failures)
    {
        var decoded = configuration.ToBuilder();
        foreach (var property in properties)
        {
            if (property.Type is PropertyType.Text
                || configuration[property.Name] is not { Bare: PropertyValue.Text { Value: var text } } value)
            {
                continue;
            }

            var (isKnown, parsed) = Parse(text.Trim(), property.Type);
            if (isKnown)
            {
                decoded.Set(property.Name, value.IsSecret ? parsed.AsSecret() : parsed);
            }
            else
            {
                failures.Add(new CheckFailure(
                    property.Name, $"must be {property.Type.Expected}" + (property.Type is PropertyType.Map ? " (as JSON text: {\"key\":\"value\"})" : "")
                    + (property.Secret || value.IsSecret ? "" : $", but is the string \"{text}\"")));
                decoded.Remove(property.Name);
            }
        }

        return decoded.Build();
    }

    private static (bool IsKnown, PropertyValue Value) Parse(string text, PropertyType type)
    {
        switch (type)
        {
            case PropertyType.Boolean when bool.TryParse(text, out var boolean):
                return (true, boolean);
            case PropertyType.Integer or PropertyType.Number
                when double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number):
                return (true, number);
            case PropertyType.Choice when text.StartsWith('"'):
                return ParseJson(text, JsonValueKind.String);
            case PropertyType.Choice:
                return (true, text);
            case PropertyType.Map or PropertyType.Object:
                return ParseJson(text, JsonValueKind.Object);
            case PropertyType.List:
                return ParseJson(text, JsonValueKind.Array);
            default:
                return (false, PropertyValue.Null.Instance);
        }
    }

    private static (bool IsKnown, PropertyValue Value) ParseJson(string text, JsonValueKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == kind
                ? (true, JsonValues.From(document.RootElement))
                : (false, PropertyValue.Null.Instance);
        }
        catch (JsonException)
        {
            // Reported by the caller, with the property's name.
            return (false, PropertyValue.Null.Instance);
        }
    }
}
