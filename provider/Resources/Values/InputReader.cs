namespace PulumiEvs.Resources.Values;

/// <summary>Checked inputs as plain data. Absent is null. Only for values that a check has found to be of their type.</summary>
internal static class InputReader
{
    public static string? Text(PropertyValue value) => value.Bare switch
    {
        PropertyValue.Text text => text.Value,
        PropertyValue.Null => null,
        var other => throw Unexpected(other, "a string"),
    };

    public static bool? Bool(PropertyValue value) => value.Bare switch
    {
        PropertyValue.Bool boolean => boolean.Value,
        PropertyValue.Null => null,
        var other => throw Unexpected(other, "a boolean"),
    };

    public static int? Int(PropertyValue value) => value.Bare switch
    {
        PropertyValue.Number number => checked((int)number.Value),
        PropertyValue.Null => null,
        var other => throw Unexpected(other, "a number"),
    };

    /// <summary>A map of strings; empty when absent.</summary>
    public static IReadOnlyDictionary<string, string> Map(PropertyValue value) => value.Bare switch
    {
        PropertyValue.Map map => map.Entries.ToDictionary(entry => entry.Key, entry => Text(entry.Value) ?? "", StringComparer.Ordinal),
        PropertyValue.Null => new Dictionary<string, string>(),
        var other => throw Unexpected(other, "an object"),
    };

    private static InvalidOperationException Unexpected(PropertyValue value, string expected) =>
        new($"expected {expected} among checked inputs, but found {value.KindName}");
}
