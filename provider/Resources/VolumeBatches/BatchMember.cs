using System.Collections.Immutable;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Diffing;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

using UpdateRequest = PulumiEvs.Resources.Contracts.UpdateRequest;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>One volume of a batch: its number, and its outputs as if it were a volume of its own.</summary>
internal sealed record BatchMember(int Number, string VolumeId, PropertyMap Outputs)
{
    /// <summary>Whether its creation failed: then it never held anything, and does not count as one of the batch's volumes.</summary>
    public bool IsFailed => CreationMark.Of(Outputs) == CreationState.Failed;

    /// <summary>The member as the cloud shows it.</summary>
    /// <param name="inputs">The batch's inputs: what the cloud does not tell is what they say.</param>
    public BatchMember Shown(Volume volume, PropertyMap inputs) =>
        this with { Outputs = CreationMark.Put(VolumeOutputs.Of(volume, BatchMembers.InputsOf(inputs, Number), Outputs[VolumeProperties.JobId]), CreationMark.Of(Outputs)) };
}

/// <summary>The volumes of a batch, between the state's form and that of single volumes.</summary>
internal static class BatchMembers
{
    /// <summary>The members that a batch's outputs list.</summary>
    public static ImmutableArray<BatchMember> Of(PropertyMap outputs)
    {
        if (outputs[BatchProperties.Volumes].Bare is not PropertyValue.List { Items: var items })
        {
            return [];
        }

        var common = CreationMark.Put(
            outputs.Without(BatchProperties.Volumes).Without(BatchProperties.VolumeIds).Without(BatchProperties.Count), CreationState.Complete);
        foreach (var property in BatchDeclaration.OfEach)
        {
            common = common.Without(property.Name);
        }

        return
        [
            .. items.Select(item => item.Bare).OfType<PropertyValue.Map>().Select(entry => new BatchMember(
                InputReader.Int(entry.Entries[BatchProperties.Number]) ?? 0,
                InputReader.Text(entry.Entries[VolumeProperties.VolumeId]) ?? "",
                common.With(entry.Entries.Without(BatchProperties.Number)))),
        ];
    }

    /// <summary>A member as the batch's outputs list it.</summary>
    public static PropertyMap Entry(BatchMember member)
    {
        var entry = new PropertyMap.Builder(BatchDeclaration.OfEach.Length + 2).Set(BatchProperties.Number, member.Number);
        foreach (var property in BatchDeclaration.OfEach)
        {
            entry.SetIfPresent(property.Name, member.Outputs[property.Name]);
        }

        return CreationMark.Put(entry.Build(), CreationMark.Of(member.Outputs));
    }

    /// <summary>The inputs of one volume of the batch, as if it were a volume of its own.</summary>
    public static PropertyMap InputsOf(PropertyMap inputs, int number)
    {
        var name = inputs[VolumeProperties.Name];
        return name.Bare is PropertyValue.Text { Value: var text }
            ? inputs.Without(BatchProperties.Count).With(VolumeProperties.Name, SecretMarks.Carry(name, NumberedName.Of(text, number)))
            : inputs.Without(BatchProperties.Count);
    }

    /// <summary>
    /// The update of a batch as one of its volume alone. What is ignored stays, for each volume, what that has: volumes can differ.
    /// </summary>
    public static UpdateRequest UpdateOf(BatchMember member, UpdateRequest request)
    {
        PropertyMap Of(PropertyMap inputs) => IgnoredPaths.Reset(request.IgnoreChanges, member.Outputs, InputsOf(inputs, member.Number));
        return request with
        {
            Id = member.VolumeId,
            OldInputs = Of(request.OldInputs ?? request.OldOutputs),
            OldOutputs = member.Outputs,
            NewInputs = Of(request.NewInputs),
            IgnoreChanges = [],
        };
    }

    /// <summary>The lowest numbers that no member has.</summary>
    public static ImmutableArray<int> FreeNumbers(IEnumerable<BatchMember> members, int count)
    {
        var taken = members.Select(member => member.Number).ToHashSet();
        return [.. Enumerable.Range(1, taken.Count + count).Where(number => !taken.Contains(number)).Take(count)];
    }

    /// <summary>How many are to be made for the batch to have as many as are wanted.</summary>
    public static int Missing(IEnumerable<BatchMember> members, int wanted) => Math.Max(0, wanted - members.Count(member => !member.IsFailed));

    /// <summary>Those that are too many: the ones with the highest numbers.</summary>
    public static ImmutableArray<BatchMember> Surplus(IEnumerable<BatchMember> members, int wanted) =>
        [.. members.Where(member => !member.IsFailed).OrderBy(member => member.Number).Skip(wanted)];
}
