using PulumiEvs.Evs.Jobs;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using static PulumiEvs.Resources.Snapshots.SnapshotProperties;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>Reads a snapshot for refresh, import and look-up. Only a definite "not found" of the service counts as gone.</summary>
internal sealed class SnapshotReading(EvsSession session)
{
    public async Task<ResourceOutcome> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        using var bound = session.Deadline.Bound(cancellationToken);
        var state = request.State ?? PropertyMap.Empty;
        var view = await SnapshotView.FindAsync(session, request.Id, bound.Token);
        if (view is null)
        {
            return ResourceOutcome.Gone.Instance;
        }

        var inputs = request.Inputs is { Count: > 0 } known ? SecretMarks.CarryAll(state, Refresh(view, known, state)) : Import(view);
        var outputs = SnapshotOutputs.Of(view, inputs);
        var group = SnapshotStatus.GroupOf(view.Snapshot.Status);
        if (CreationMark.Of(state) == CreationState.Complete || group is StatusGroup.Settled or StatusGroup.SettledOdd)
        {
            return new ResourceOutcome.Done(view.Snapshot.Id, outputs, inputs);
        }

        var (mark, reason) = group == StatusGroup.Failed
            ? (CreationState.Failed, "creating it failed; the next `pulumi up` deletes it and makes a new one")
            : (CreationState.Unfinished, "it is still being made; the next `pulumi up` goes on waiting");
        return new ResourceOutcome.Partial(
            view.Snapshot.Id,
            CreationMark.Put(outputs, mark),
            [$"{SnapshotText.Existing(view.Snapshot)} is in status {view.Snapshot.Status}: {reason}."],
            inputs);
    }

    /// <summary>All that the cloud tells, so that a program with these inputs shows no change.</summary>
    private static PropertyMap Import(SnapshotView view)
    {
        var name = view.Snapshot.Name ?? "";
        if (name.StartsWith(SnapshotDeclaration.BackupPrefix, StringComparison.Ordinal))
        {
            throw new ResourceException(
                FailureKind.Precondition,
                $"{SnapshotText.Existing(view.Snapshot)} belongs to a backup, which made it and will delete it; it cannot be managed as a snapshot");
        }

        // A snapshot without a name must not be given one by the next Check.
        return SnapshotOutputs.Facts(view).With(Name, name);
    }

    /// <summary>What the program manages gets the live value; what it does not, appears when it was changed outside.</summary>
    private static PropertyMap Refresh(SnapshotView view, PropertyMap inputs, PropertyMap state)
    {
        var live = SnapshotOutputs.Facts(view);
        var refreshed = inputs.ToBuilder();
        foreach (var name in (ReadOnlySpan<string>)[VolumeId, Name, Description, Tags])
        {
            var (known, now) = (inputs[name], live[name]);
            if (name == Tags && view.Tags is null)
            {
                continue;
            }

            if (now.IsAbsent)
            {
                Clear(refreshed, name, known);
            }
            else if (known.IsAbsent ? name is Description or Tags && !now.Equals(state[name].Unmarked()) : !known.Unmarked().Equals(now))
            {
                refreshed.Set(name, SecretMarks.Carry(known, now));
            }
        }

        return refreshed.Build();
    }

    /// <summary>Not told means gone for description and tags; a name or disk that is not told is left as it was.</summary>
    private static void Clear(PropertyMap.Builder refreshed, string name, PropertyValue known)
    {
        switch (name, known.Unmarked())
        {
            case (Description, PropertyValue.Text { Value.Length: > 0 }):
                refreshed.Set(name, SecretMarks.Carry(known, ""));
                break;
            case (Tags, PropertyValue.Map { Entries.Count: > 0 }):
                refreshed.Set(name, PropertyMap.Empty);
                break;
        }
    }
}
