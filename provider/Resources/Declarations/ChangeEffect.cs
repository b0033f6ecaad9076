using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Declarations;

internal enum ChangeVerdict
{
    /// <summary>The old and the new value mean the same to the cloud.</summary>
    None,

    /// <summary>The resource is changed as it stands.</summary>
    InPlace,

    /// <summary>Only a new resource can have the new value.</summary>
    Replace,
}

/// <param name="Old">The bare old value; null value when there was none.</param>
/// <param name="New">The bare new value; null value when it was removed. May hold unknowns.</param>
internal sealed record ChangeContext(PropertyValue Old, PropertyValue New, PropertyMap OldInputs, PropertyMap OldOutputs, PropertyMap NewInputs);

/// <summary>What changing a property does to an existing resource.</summary>
/// <param name="Statement">A sentence for documents: "Changing it replaces the volume."</param>
/// <param name="Decide">The verdict on one change.</param>
internal sealed record ChangeEffect(string Statement, Func<ChangeContext, ChangeVerdict> Decide)
{
    /// <summary>True when every change of the property needs a new resource: what documents and schema call "triggers replacement".</summary>
    public bool AlwaysReplaces { get; init; }

    public static ChangeEffect Replaces(string what) =>
        new($"Changing it replaces the {what}.", _ => ChangeVerdict.Replace) { AlwaysReplaces = true };

    public static ChangeEffect InPlace(string operation) => new($"Changed in place ({operation}).", _ => ChangeVerdict.InPlace);

    /// <summary>A setting of the provider's own: it is stored in the state, the cloud is not asked.</summary>
    public static ChangeEffect Local() => new("Changed without a request to the cloud.", _ => ChangeVerdict.InPlace);
}
