using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>What a preview can say of an update: which volumes stay as they are, which change in what, which go and which come.</summary>
internal static class BatchPreview
{
    public static ResourceOutcome Of(UpdateRequest request)
    {
        var lists = request.OldOutputs.Without(BatchProperties.Volumes).Without(BatchProperties.VolumeIds).Without(BatchProperties.Count);
        var common = ((ResourceOutcome.Done)VolumeUpdating.Preview(request with { OldOutputs = lists })).Outputs;
        var outputs = common.ToBuilder().SetIfPresent(BatchProperties.Count, request.NewInputs[BatchProperties.Count]);
        if (request.NewInputs[BatchProperties.Count].Bare is not PropertyValue.Number)
        {
            // How many there are to be is not known: nor is which they are.
            return new ResourceOutcome.Done(request.Id, outputs.Remove(VolumeProperties.JobId).Build());
        }

        var wanted = InputReader.Int(request.NewInputs[BatchProperties.Count]) ?? 1;
        var members = BatchMembers.Of(request.OldOutputs);
        var surplus = BatchMembers.Surplus(members, wanted);
        var kept = members.RemoveAll(member => member.IsFailed || surplus.Contains(member));
        var missing = BatchMembers.Missing(kept, wanted);
        (int Number, PropertyMap Entry)[] entries =
        [
            .. kept.Select(member => (member.Number, Kept(member, request)))
                .Concat(BatchMembers.FreeNumbers(kept, missing).Select(number => (number, New(number, request))))
                .OrderBy(entry => entry.Item1),
        ];
        outputs.Set(BatchProperties.Volumes, new PropertyValue.List([.. entries.Select(entry => (PropertyValue)entry.Entry)]));
        outputs.Set(BatchProperties.VolumeIds, new PropertyValue.List([.. entries.Select(entry => entry.Entry[VolumeProperties.VolumeId])]));
        return new ResourceOutcome.Done(request.Id, (missing > 0 ? outputs.Remove(VolumeProperties.JobId) : outputs).Build());
    }

    /// <summary>A volume that stays. Within a list, what is not known has to be said to be so: absent would mean that it is not there.</summary>
    private static PropertyMap Kept(BatchMember member, UpdateRequest request)
    {
        var own = BatchMembers.UpdateOf(member, request);
        if (VolumeUpdating.Local(own) is ResourceOutcome.Done still)
        {
            return BatchMembers.Entry(member with { Outputs = still.Outputs });
        }

        var entry = BatchMembers.Entry(member with { Outputs = ((ResourceOutcome.Done)VolumeUpdating.Preview(own)).Outputs });
        string[] unsure = [.. BatchMembers.Entry(member).Keys.Where(key => !entry.ContainsKey(key) && BatchDeclaration.OfEach.Any(property => property.Name == key && VolumeDeclaration.Declaration.Find(key) is { IsInput: false }))];
        return entry.With(PropertyMap.From(unsure.Select(key => KeyValuePair.Create(key, (PropertyValue)PropertyValue.Unknown.Plain))));
    }

    private static PropertyMap New(int number, UpdateRequest request)
    {
        var expected = VolumeOutputs.Expected(BatchMembers.InputsOf(request.NewInputs, number));
        var entry = new PropertyMap.Builder(BatchDeclaration.OfEach.Length + 1).Set(BatchProperties.Number, number);
        foreach (var property in BatchDeclaration.OfEach)
        {
            var isInput = VolumeDeclaration.Declaration.Find(property.Name) is { IsInput: true };
            entry.SetIfPresent(property.Name, isInput ? expected[property.Name] : PropertyValue.Unknown.Plain);
        }

        return entry.Build();
    }
}
