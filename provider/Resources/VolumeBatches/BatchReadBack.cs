using System.Collections.Immutable;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>The volumes of a batch read back as the inputs that Check would return for it.</summary>
internal static class BatchReadBack
{
    /// <summary>
    /// The inputs of a known batch, brought up to date in what all its volumes agree on. Where they differ, the outputs tell of each;
    /// only of sizes the largest counts, which is what none can fall below. Volumes that are gone show as a smaller count.
    /// </summary>
    /// <param name="members">Those that are there, each with what the state knew of it, and as it is shown now.</param>
    public static PropertyMap Refresh(IReadOnlyList<(BatchMember Known, Volume Live)> members, PropertyMap inputs)
    {
        ImmutableArray<PropertyMap> each =
        [
            .. members
                .Where(member => !member.Known.IsFailed)
                .Select(member => VolumeReadBack.Refresh(member.Live, BatchMembers.InputsOf(inputs, member.Known.Number), member.Known.Outputs)),
        ];
        if (each.IsEmpty)
        {
            return inputs;
        }

        var refreshed = inputs.ToBuilder();
        foreach (var property in BatchDeclaration.Shared.Where(property => property.ReadBack && property.Name != VolumeProperties.Name))
        {
            var first = each[0][property.Name];
            if (each.All(one => one[property.Name].Equals(first)))
            {
                refreshed.Remove(property.Name).SetIfPresent(property.Name, first);
            }
            else if (property.Name == VolumeProperties.Size)
            {
                refreshed.Set(property.Name, each.Select(one => one[property.Name]).MaxBy(size => InputReader.Int(size))!);
            }
        }

        return refreshed.Set(BatchProperties.Count, SecretMarks.Carry(inputs[BatchProperties.Count], each.Length)).Build();
    }

    /// <summary>The inputs of volumes that are imported as a batch; null, with the reason, when they are none.</summary>
    public static (PropertyMap? Inputs, string? Problem) Import(IReadOnlyList<Volume> volumes)
    {
        ImmutableArray<(Volume Volume, (string Name, int Number)? Named, PropertyMap Inputs)> all =
            [.. volumes.Select(volume => (volume, NumberedName.Split(volume.Name), VolumeReadBack.Import(volume).Without(VolumeProperties.Name)))];
        var names = all.Select(one => one.Named?.Name).Distinct(StringComparer.Ordinal).ToArray();
        if (names is not [{ } name] || all.Select(one => one.Named!.Value.Number).Distinct().Count() < all.Length)
        {
            var found = string.Join(", ", volumes.Select(volume => $"\"{volume.Name}\""));
            return (null, $"the volumes of a batch have one name, each with a number of its own (\"data-0001\", \"data-0002\", …), but these are {found}");
        }

        foreach (var property in VolumeDeclaration.Declaration.Inputs)
        {
            var values = all.Select(one => one.Inputs[property.Name]).Distinct().ToArray();
            if (values.Length > 1)
            {
                return (null, $"the volumes of a batch are equal, but these differ in {property.Name}: {string.Join(", ", values.Select(value => value.ToString()))}");
            }

            if (!values[0].IsAbsent && !BatchDeclaration.Shared.Any(shared => shared.Name == property.Name))
            {
                return (null, $"the volumes of a batch have no {property.Name}, but these have {values[0]}");
            }
        }

        return (all[0].Inputs.With(VolumeProperties.Name, name).With(BatchProperties.Count, all.Length), null);
    }
}
