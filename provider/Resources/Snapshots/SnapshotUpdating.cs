using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using static PulumiEvs.Resources.Snapshots.SnapshotProperties;
using UpdateRequest = PulumiEvs.Resources.Contracts.UpdateRequest;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>Changes a snapshot's name, description and tags, and carries on where a create stopped. Without a change it asks the cloud nothing.</summary>
internal sealed class SnapshotUpdating(EvsSession session, SnapshotCreation creation, IOperationLog log)
{
    private static readonly string[] Changeable = [Name, Description, Tags];

    public static ResourceOutcome Preview(UpdateRequest request)
    {
        var kept = request.OldOutputs.ToBuilder();
        foreach (var name in (ReadOnlySpan<string>)[Name, Description, Tags, Force, Status, UpdatedAt])
        {
            kept.Remove(name);
        }

        return new ResourceOutcome.Done(
            request.Id, CreationMark.Put(kept.Build(), CreationState.Complete).With(SnapshotOutputs.Expected(request.NewInputs)));
    }

    /// <summary>The outcome of an update that needs nothing of the cloud; null when it does.</summary>
    public static ResourceOutcome? Local(UpdateRequest request)
    {
        var wished = SnapshotOutputs.Expected(request.NewInputs);
        var isSame = Changeable.All(name => wished[name].Unmarked().Equals(request.OldOutputs[name].Unmarked()));
        return CreationMark.Of(request.OldOutputs) == CreationState.Complete && isSame
            ? new ResourceOutcome.Done(request.Id, request.OldOutputs.Without(Force).With(wished))
            : null;
    }

    public async Task<ResourceOutcome> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var snapshot = await session.Client.FindSnapshotAsync(request.Id, cancellationToken) ?? throw new ResourceException(
            FailureKind.NotFound,
            $"updating {SnapshotText.Existing(request.Id, request.OldOutputs)}: it does not exist any more. Run `pulumi refresh`, then `pulumi up` to make it anew.");
        var state = CreationMark.Of(request.OldOutputs);
        if (state == CreationState.Failed && SnapshotStatus.GroupOf(snapshot.Status) == StatusGroup.Failed)
        {
            return new ResourceOutcome.Partial(
                snapshot.Id,
                CreationMark.Put(SnapshotOutputs.Of(new SnapshotView(snapshot, null), request.OldInputs ?? request.NewInputs), state),
                [$"{SnapshotText.Existing(snapshot)} is in status {snapshot.Status}: creating it failed. Run `pulumi up --refresh`, which deletes it and makes a new one."]);
        }

        if (state == CreationState.Unfinished)
        {
            // Tags are put below, with what else is to change.
            var resumed = await creation.FollowAsync(snapshot, (request.OldInputs ?? request.NewInputs).Without(Tags), cancellationToken);
            if (resumed is not ResourceOutcome.Done)
            {
                return resumed;
            }
        }

        return await ApplyAsync(request, snapshot, cancellationToken);
    }

    private async Task<ResourceOutcome> ApplyAsync(UpdateRequest request, Snapshot live, CancellationToken cancellationToken)
    {
        var touched = false;
        try
        {
            var (name, description) = Renamed(live, request.NewInputs);
            if (name is not null || description is not null)
            {
                log.Status("changing name and description");
                await session.Client.UpdateSnapshotAsync(live.Id, name, description, cancellationToken);
                touched = true;
            }

            if (session.Client.Target.Cloud.TagsSnapshots)
            {
                await RetagAsync(live.Id, request, cancellationToken);
            }
            else if (InputReader.Map(request.NewInputs[Tags]).Count > 0)
            {
                throw new ResourceException(
                    FailureKind.Precondition,
                    $"updating {SnapshotText.Existing(live)}: {session.Client.Target.Cloud.Title} has no tags of snapshots. Remove tags from the snapshot.");
            }
        }
        catch (EvsException failure) when (touched || failure.Knowledge == Knowledge.Unknown)
        {
            return await LeftAsync(request, live, failure.Message);
        }

        var view = await SnapshotView.FindAsync(session, live.Id, cancellationToken) ?? throw new ResourceException(
            FailureKind.NotFound, $"updating {SnapshotText.Existing(live)}: it does not exist any more. Run `pulumi refresh`.");
        return new ResourceOutcome.Done(live.Id, SnapshotOutputs.Of(view, request.NewInputs));
    }

    private static (string? Name, string? Description) Renamed(Snapshot live, PropertyMap wished)
    {
        var name = InputReader.Text(wished[Name]);
        var description = InputReader.Text(wished[Description]) ?? "";
        return (name is not null && name != (live.Name ?? "") ? name : null, description != (live.Description ?? "") ? description : null);
    }

    private async Task RetagAsync(string id, UpdateRequest request, CancellationToken cancellationToken)
    {
        var wished = InputReader.Map(request.NewInputs[Tags]);
        var known = InputReader.Map(request.OldOutputs[Tags]);
        var live = await session.Client.GetSnapshotTagsAsync(id, cancellationToken);

        // The request replaces the whole set: tags that were set outside are in the new one too.
        var set = live.Where(tag => !known.ContainsKey(tag.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (key, value) in wished)
        {
            set[key] = value;
        }

        if (set.Count != live.Count || set.Any(tag => !live.TryGetValue(tag.Key, out var value) || value != tag.Value))
        {
            log.Status("setting the tags");
            await session.Client.SetSnapshotTagsAsync(id, set, cancellationToken);
        }
    }

    /// <summary>What the cloud has now, after an update that did not get through.</summary>
    private async Task<ResourceOutcome> LeftAsync(UpdateRequest request, Snapshot before, string problem)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(3), session.Time);
        var view = new SnapshotView(before, null);
        try
        {
            view = await SnapshotView.FindAsync(session, before.Id, bound.Token) ?? view;
        }
        catch (Exception e) when (e is EvsException or OperationCanceledException)
        {
            problem += " It could not be read afterwards, so the state shows it as it was before.";
        }

        var state = SnapshotStatus.GroupOf(view.Snapshot.Status) == StatusGroup.Settled ? CreationState.Complete : CreationState.Unfinished;
        return new ResourceOutcome.Partial(
            before.Id,
            CreationMark.Put(SnapshotOutputs.Of(view, request.OldInputs ?? request.NewInputs), state),
            [$"updating {SnapshotText.Existing(before)}: {problem} Run `pulumi up` again: it does only what is still missing."]);
    }
}
