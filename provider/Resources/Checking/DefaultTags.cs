using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Checking;

/// <summary>
/// Merges the provider's default tags into a resource's own, in Check, so that previews show them. The resource's own win.
/// </summary>
internal static class DefaultTags
{
    public static PropertyMap Merge(PropertyMap inputs, string property, PropertyMap defaults)
    {
        if (defaults.Count == 0)
        {
            return inputs;
        }

        return inputs[property] switch
        {
            { IsAbsent: true } => inputs.With(property, defaults),
            PropertyValue.Map { Entries: var own } => inputs.With(property, defaults.With(own)),
            PropertyValue.Secret { Value: PropertyValue.Map { Entries: var own } } => inputs.With(property, ((PropertyValue)defaults.With(own)).AsSecret()),

            // Not known yet as a whole, or of a wrong type, which the type check reports.
            _ => inputs,
        };
    }
}
