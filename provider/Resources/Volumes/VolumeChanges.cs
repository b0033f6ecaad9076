using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Volumes;

/// <summary>The changes whose effect depends on the values.</summary>
internal static class VolumeChanges
{
    /// <summary>
    /// Growing extends the disk. Only the user's consent lets a smaller size replace it: Check refuses it else, and what gets past
    /// Check (the disk has grown since, which only the outputs tell) fails in the update rather than cost the disk its data.
    /// </summary>
    public static readonly ChangeEffect Size = new(
        "Growing is done in place (extend job). No disk can shrink: a smaller size is refused, or replaces the volume with `onShrink: replace`.",
        context => context switch
        {
            { New.IsAbsent: true } => ChangeVerdict.None,
            _ when !ShrinkReplaces(context.NewInputs) => ChangeVerdict.InPlace,
            { New: PropertyValue.Number { Value: var wished } } when CurrentSize(context) is { } current && wished >= current => ChangeVerdict.InPlace,

            // Smaller, or not known yet: then a replacement is what must be shown.
            _ => ChangeVerdict.Replace,
        });

    /// <summary>
    /// Along the matrix a retype job changes the type in place. A type not known yet may need a replacement, so that is shown. Where
    /// neither the cloud nor the program has told the type so far (some restored disks), naming it now says nothing new.
    /// </summary>
    public static readonly ChangeEffect VolumeType = new(
        "Changed in place by a retype job, which can take hours, where EVS can: from `SATA`, `SAS` and the SSD types to the faster and SSD types. "
        + "Other changes, such as from an SSD type to `SAS`, replace the volume.",
        context => (Current(context), context.New) switch
        {
            (PropertyValue.Null, PropertyValue.Text) => ChangeVerdict.None,
            (PropertyValue.Text { Value: var from }, PropertyValue.Text { Value: var to }) when VolumeTypes.CanRetype(from, to) => ChangeVerdict.InPlace,
            _ => ChangeVerdict.Replace,
        });

    public static bool ShrinkReplaces(PropertyMap inputs) =>
        inputs[VolumeProperties.OnShrink].Bare is PropertyValue.Text { Value: "replace" };

    /// <summary>The size that the disk has: what was last read counts, the inputs stand in for it.</summary>
    private static double? CurrentSize(ChangeContext context) =>
        (context.OldOutputs[VolumeProperties.Size].Bare as PropertyValue.Number ?? context.Old as PropertyValue.Number)?.Value;

    private static PropertyValue Current(ChangeContext context) =>
        context.OldOutputs[VolumeProperties.VolumeType].Bare is PropertyValue.Text live ? live : context.Old;
}
