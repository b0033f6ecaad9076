namespace PulumiEvs.Resources.Values;

/// <summary>Keeps secrets secret: what came in marked goes out marked (protocol B4).</summary>
internal static class SecretMarks
{
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
