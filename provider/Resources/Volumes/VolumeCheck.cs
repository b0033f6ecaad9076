using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Diffing;
using PulumiEvs.Resources.Naming;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Volumes.VolumeProperties;

namespace PulumiEvs.Resources.Volumes;

/// <summary>What the provider's configuration gives to every volume that does not say otherwise.</summary>
internal sealed record VolumeDefaults(PropertyMap Tags, PropertyValue? EnterpriseProjectId)
{
    public static readonly VolumeDefaults None = new(PropertyMap.Empty, null);
}

/// <summary>Check of a volume: the declared rules, the name, the provider's default tags, and no shrinking by surprise.</summary>
internal static class VolumeCheck
{
    public static CheckResult Check(CheckRequest request, VolumeDefaults defaults) =>
        Check(request, defaults, VolumeDeclaration.Declaration, VolumeDeclaration.MaxNameBytes);

    /// <param name="declaration">Of a volume, or of what consists of volumes and has their properties.</param>
    /// <param name="maxNameBytes">How long a name may be that is made up.</param>
    public static CheckResult Check(CheckRequest request, VolumeDefaults defaults, ResourceDeclaration declaration, int maxNameBytes)
    {
        var inputs = InputChecker.Normalize(request.NewInputs);
        if (inputs[Name].IsAbsent)
        {
            var named = Autonamer.Name(request, request.OldInputs[Name], maxNameBytes);
            if (named.Problem is { } problem)
            {
                return new CheckResult(inputs, [new CheckFailure(Name, problem), .. Failures(declaration, inputs, request.OldInputs)]);
            }

            inputs = inputs.With(Name, named.Name!);
        }

        inputs = DefaultTags.Merge(inputs, Tags, defaults.Tags);
        if (inputs[EnterpriseProjectId].IsAbsent && defaults.EnterpriseProjectId is { } project)
        {
            inputs = inputs.With(EnterpriseProjectId, project);
        }

        return new CheckResult(inputs, [.. Failures(declaration, inputs, request.OldInputs)]);
    }

    private static List<CheckFailure> Failures(ResourceDeclaration declaration, PropertyMap inputs, PropertyMap oldInputs)
    {
        var failures = InputChecker.Failures(inputs, declaration.Properties, declaration.Rules, oldInputs);
        if (!failures.Any(failure => failure.Property == Size) && Shrinks(inputs, oldInputs, out var from, out var to)
            && !VolumeChanges.ShrinkReplaces(inputs) && !IsReplacedAnyway(declaration, inputs, oldInputs))
        {
            var (change, least) = inputs[Size].IsSecret || oldInputs[Size].IsSecret ? ("", "what it was") : ($" from {from:0} to {to:0} GiB", $"{from:0}");
            failures.Add(new CheckFailure(
                Size,
                $"cannot shrink{change}: no disk can become smaller. Keep size at {least} or more; or set onShrink to \"replace\" "
                + "to have a new, smaller disk made and this one deleted with its data"));
        }

        return failures;
    }

    private static bool Shrinks(PropertyMap inputs, PropertyMap oldInputs, out double from, out double to)
    {
        (from, to) = (0, 0);
        if (oldInputs[Size].Bare is not PropertyValue.Number { Value: var old } || inputs[Size].Bare is not PropertyValue.Number { Value: var wished })
        {
            return false;
        }

        (from, to) = (old, wished);
        return wished < old;
    }

    /// <summary>Where another change replaces the disk, a smaller size is no further loss.</summary>
    private static bool IsReplacedAnyway(ResourceDeclaration declaration, PropertyMap inputs, PropertyMap oldInputs)
    {
        var identity = new ResourceIdentity("", declaration.Token, "");
        var others = new DiffRequest(identity, "", oldInputs, oldInputs, inputs.With(Size, oldInputs[Size]), []);
        return InputDiffer.Diff(declaration, others) is { Replaces: true } diff
            && diff.Changes.Any(change => change.Replaces && !inputs[change.TopLevel].HasUnknown);
    }
}
