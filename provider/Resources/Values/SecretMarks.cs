namespace PulumiEvs.Resources.Values;

/// <summary>Keeps secrets secret: what came in marked goes out marked (protocol B4).</summary>
internal static class SecretMarks
{
    /// <summary>Each of the <paramref name="values"/> marked as the source's of the same name is.</summary>
    public static PropertyMap CarryAll(PropertyMap source, PropertyMap values) =>
        PropertyMap.From(values.Select(value => KeyValuePair.Create(value.Key, Carry(source[value.Key], value.Value))));

    /// <summary><paramref name="value"/> marked wherever <paramref name="source"/> is, entry by entry within maps.</summary>
    public static PropertyValue Carry(PropertyValue source, PropertyValue value)
    {
        if (value.IsAbsent || !source.HasSecret)
        {
            return value;
        }

        return (source, value) switch
        {
            ({ IsSecret: true }, _) => value.AsSecret(),
            ({ Bare: PropertyValue.Map from }, PropertyValue.Map to) => PropertyMap.From(
                to.Entries.Select(entry => KeyValuePair.Create(entry.Key, Carry(from.Entries[entry.Key], entry.Value)))),
            _ => value.AsSecret(),
        };
    }
}
