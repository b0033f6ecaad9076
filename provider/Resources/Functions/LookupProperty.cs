using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Functions;

/// <summary>Short forms for the declarations and values of functions.</summary>
internal static class LookupProperty
{
    public static PropertyDeclaration Argument(string name, PropertyType type, string description) => new()
    {
        Name = name,
        Type = type,
        Description = description,
        Role = PropertyRole.Input,
        Rules = type is PropertyType.Text or PropertyType.Choice { IsOpen: true } ? [ValueRules.NotEmpty] : [],
    };

    /// <summary>A result that may be missing from the answer.</summary>
    public static PropertyDeclaration Result(string name, PropertyType type, string description) =>
        new() { Name = name, Type = type, Description = description, Role = PropertyRole.Output };

    /// <summary>A result that is always there.</summary>
    public static PropertyDeclaration Always(string name, PropertyType type, string description) =>
        Result(name, type, description) with { AlwaysReturned = true };

    public static PropertyType ListOf(ObjectDeclaration declaration) => new PropertyType.List(new PropertyType.Object(declaration));

    /// <summary>A text that is there; null for one that is missing or empty.</summary>
    public static PropertyValue? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    public static PropertyValue? Number(long? number) => number is { } value ? (double)value : null;

    public static PropertyValue List(IEnumerable<string> texts) => new PropertyValue.List([.. texts.Select(text => (PropertyValue)text)]);

    public static PropertyValue List(IEnumerable<PropertyMap> objects) => new PropertyValue.List([.. objects.Select(item => (PropertyValue)item)]);

    public static PropertyValue Map(IReadOnlyDictionary<string, string> entries) =>
        PropertyMap.From(entries.Select(entry => KeyValuePair.Create(entry.Key, (PropertyValue)entry.Value)));
}
