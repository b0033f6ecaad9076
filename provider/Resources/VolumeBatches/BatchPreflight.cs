using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>What a preview knows that a batch will ask of the cloud.</summary>
internal static class BatchPreflight
{
    private const string Noun = "batch of disks";

    /// <summary>A new batch; while its count is not known, one disk at least.</summary>
    public static PreflightPlan New(PropertyMap inputs) => VolumePlan.New(inputs, Count(inputs) ?? 1) with { Noun = Noun };

    /// <summary>A batch that changes in place: disks that change, and such that are made after others were deleted.</summary>
    public static PreflightPlan Change(UpdateRequest request)
    {
        var members = BatchMembers.Of(request.OldOutputs);
        var wanted = Count(request.NewInputs) ?? members.Length;
        var surplus = BatchMembers.Surplus(members, wanted);
        var kept = members.RemoveAll(member => member.IsFailed || surplus.Contains(member));
        var missing = BatchMembers.Missing(kept, wanted);
        var change = VolumePlan.Change(request.OldOutputs, request.NewInputs, kept.Length);
        var made = missing > 0 ? VolumePlan.New(request.NewInputs, missing) : change;
        var demand = missing > 0 ? change.Demand.Plus(made.Demand) : change.Demand;
        var freed = members.Except(kept).Aggregate(QuotaDemand.None, (sum, member) => sum.Plus(VolumePlan.Freed(member.Outputs)));
        return made with { Demand = demand.Less(freed), Noun = Noun };
    }

    private static int? Count(PropertyMap inputs) =>
        inputs[BatchProperties.Count].Bare is PropertyValue.Number { Value: var count } ? (int)count : null;
}
