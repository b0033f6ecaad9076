using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// What an update is to bring about, and what the state says there is. A preview is made from these, so nothing but what differs
/// among them is changed: what was changed outside since, which only the cloud knows, is left to a refresh.
/// </summary>
internal readonly record struct VolumeWishes(PropertyMap OldInputs, PropertyMap OldOutputs, PropertyMap NewInputs)
{
    public static VolumeWishes Of(UpdateRequest request) => new(request.OldInputs ?? request.OldOutputs, request.OldOutputs, request.NewInputs);

    /// <summary>True when the program's value is another than before, or than the disk was last known to have.</summary>
    public bool Ask(string name) => !AreSame(name, OldInputs[name], NewInputs[name]) || IsKnownToDiffer(name);

    /// <summary>True when a tag is to be set: as <see cref="Ask"/>, for one tag.</summary>
    public bool AskForTag(string key, string value) => TagIn(OldInputs, key) != value || TagIn(OldOutputs, key) != value;

    /// <summary>
    /// True when the disk was last known to have another value than the program's. What the program neither gives nor gave is none
    /// of its business; so are tags that it does not name.
    /// </summary>
    public bool IsKnownToDiffer(string name)
    {
        var (before, known, wished) = (OldInputs[name].Unmarked(), OldOutputs[name].Unmarked(), NewInputs[name].Unmarked());
        if (before.IsAbsent && wished.IsAbsent)
        {
            return false;
        }

        if (known is PropertyValue.Map { Entries: var entries })
        {
            known = PropertyMap.From(entries.Where(entry => Has(before, entry.Key) || Has(wished, entry.Key)));
        }

        return !AreSame(name, known, wished);
    }

    private static bool AreSame(string name, PropertyValue one, PropertyValue other)
    {
        var property = VolumeDeclaration.Declaration.Find(name)!;
        return property.Meaning(one.Unmarked()).Equals(property.Meaning(other.Unmarked()));
    }

    private static bool Has(PropertyValue map, string key) => map is PropertyValue.Map { Entries: var entries } && entries.ContainsKey(key);

    private static string? TagIn(PropertyMap properties, string key) => InputReader.Map(properties[VolumeProperties.Tags]).GetValueOrDefault(key);
}
