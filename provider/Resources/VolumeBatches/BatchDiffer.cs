using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Diffing;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>
/// Compares what a program wants of a batch with what its inputs were and with each of its volumes: they are equal only as long as
/// nothing has gone wrong with one of them.
/// </summary>
internal static class BatchDiffer
{
    public static DiffResult Diff(DiffRequest request)
    {
        var diff = InputDiffer.Diff(BatchDeclaration.Declaration, request);
        if (diff.Replaces || request.NewInputs[BatchProperties.Count].Bare is not PropertyValue.Number)
        {
            return diff;
        }

        var oldInputs = request.OldInputs ?? request.OldOutputs;
        var newInputs = IgnoredPaths.Reset(request.IgnoreChanges, oldInputs, request.NewInputs);
        var update = new UpdateRequest(
            request.Resource, request.Id, request.OldInputs, request.OldOutputs, newInputs, Timeout: null, Preview: true, request.IgnoreChanges);
        var named = diff.Changes.Select(change => change.TopLevel).ToHashSet(StringComparer.Ordinal);
        var changes = diff.Changes.ToBuilder();
        var members = BatchMembers.Of(request.OldOutputs);
        var wanted = InputReader.Int(newInputs[BatchProperties.Count]) ?? 1;
        if (!named.Contains(BatchProperties.Count) && members.Count(member => !member.IsFailed) != wanted)
        {
            changes.Add(Of(BatchProperties.Count));
        }

        var surplus = BatchMembers.Surplus(members, wanted);
        foreach (var (index, member) in members.Index())
        {
            var path = PropertyPath.Child(BatchProperties.Volumes, index);
            if (member.IsFailed)
            {
                changes.Add(Of(PropertyPath.Child(path, VolumeProperties.Status)));
            }
            else if (!surplus.Contains(member))
            {
                changes.AddRange(Drifted(member, update).Where(name => !named.Contains(name)).Select(name => Of(PropertyPath.Child(path, name))));
            }
        }

        return diff with { Changes = changes.ToImmutable() };
    }

    /// <summary>In what a volume is known to be otherwise than the program wants.</summary>
    private static IEnumerable<string> Drifted(BatchMember member, UpdateRequest update)
    {
        var wishes = VolumeWishes.Of(BatchMembers.UpdateOf(member, update));
        return BatchDeclaration.OfEach
            .Select(property => property.Name)
            .Where(name => VolumeDeclaration.Declaration.Find(name) is { IsInput: true } && !wishes.NewInputs[name].HasUnknown && wishes.IsKnownToDiffer(name));
    }

    private static PropertyChange Of(string path) => new(path, ChangeKind.Update, Replaces: false, OfInput: false);
}
