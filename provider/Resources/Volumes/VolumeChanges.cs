using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Volumes;

/// <summary>The changes whose effect depends on the values.</summary>
internal static class VolumeChanges
{
    /// <summary>
    /// Growing extends the disk. Shrinking gets here only with the user's consent (else Check has refused it), and replaces.
    /// Where the new size is not known yet and shrinking has consent, a replacement is what must be shown.
    /// </summary>
    public static readonly ChangeEffect Size = new(
        "Growing is done in place (extend job). No disk can shrink: a smaller size is refused, or replaces the volume with `onShrink: replace`.",
        context => context switch
        {
            { New.IsAbsent: true } => ChangeVerdict.None,
            { New: PropertyValue.Number { Value: var wished } } when CurrentSize(context) is { } current =>
                wished < current ? ChangeVerdict.Replace : ChangeVerdict.InPlace,
            _ when ShrinkReplaces(context.NewInputs) => ChangeVerdict.Replace,
            _ => ChangeVerdict.InPlace,
        });

    /// <summary>Along the matrix a retype job changes the type in place. A type not known yet may need a replacement, so that is shown.</summary>
    public static readonly ChangeEffect VolumeType = new(
        "Changed in place by a retype job, which can take hours, where EVS can: from `SATA`, `SAS` and the SSD types to the faster and SSD types. "
        + "Other changes, such as from an SSD type to `SAS`, replace the volume.",
        context => (Current(context), context.New) switch
        {
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
