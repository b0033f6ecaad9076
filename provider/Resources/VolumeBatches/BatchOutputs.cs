using System.Collections.Immutable;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>A batch's outputs: what all its volumes have in common, and each volume.</summary>
internal static class BatchOutputs
{
    /// <param name="inputs">The checked inputs; secret marks of theirs are carried over.</param>
    /// <param name="jobId">The job that last created volumes, when known.</param>
    public static PropertyMap Of(IEnumerable<BatchMember> members, PropertyMap inputs, PropertyValue jobId)
    {
        ImmutableArray<BatchMember> ordered = [.. members.OrderBy(member => member.Number)];
        ImmutableArray<BatchMember> sound = [.. ordered.Where(member => !member.IsFailed)];
        var expected = Expected(inputs);
        var outputs = new PropertyMap.Builder(24);
        foreach (var property in BatchDeclaration.Shared)
        {
            outputs.SetIfPresent(property.Name, SecretMarks.Carry(inputs[property.Name], Common(property.Name, sound, expected)));
        }

        return outputs
            .Set(BatchProperties.Count, sound.Length)
            .Set(BatchProperties.Volumes, new PropertyValue.List([.. ordered.Select(member => (PropertyValue)BatchMembers.Entry(member))]))
            .Set(BatchProperties.VolumeIds, new PropertyValue.List([.. ordered.Select(member => (PropertyValue)member.VolumeId)]))
            .SetIfPresent(VolumeProperties.JobId, jobId)
            .Build();
    }

    /// <summary>What a preview of a new batch can be sure of.</summary>
    public static PropertyMap Expected(PropertyMap inputs) =>
        VolumeOutputs.Expected(inputs).With(PropertyMap.Empty.ToBuilder().SetIfPresent(BatchProperties.Count, inputs[BatchProperties.Count]).Build());

    /// <summary>
    /// What all the volumes have. Where they differ, what the program gave; of sizes the largest, which is what none can fall below.
    /// Their common name is the program's: what each is called stands with it.
    /// </summary>
    private static PropertyValue Common(string property, ImmutableArray<BatchMember> members, PropertyMap expected)
    {
        if (property == VolumeProperties.Name || members.IsEmpty)
        {
            return expected[property];
        }

        var first = members[0].Outputs[property];
        if (members.All(member => member.Outputs[property].Unmarked().Equals(first.Unmarked())))
        {
            return first;
        }

        return property == VolumeProperties.Size
            ? members.Select(member => member.Outputs[property]).MaxBy(size => InputReader.Int(size))!
            : expected[property];
    }
}
