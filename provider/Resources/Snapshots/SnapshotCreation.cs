using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using static PulumiEvs.Resources.Snapshots.SnapshotProperties;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>Makes a snapshot: its id is known at once, its status tells when it is done. Once there is an id, no way of ending loses it.</summary>
internal sealed class SnapshotCreation(EvsSession session, SnapshotClaims claims, TimeSpan lostAnswerWindow, IOperationLog log)
{
    /// <summary>How long a look at what is left may take after the operation's own time is over.</summary>
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(1);

    /// <summary>How often a new snapshot may not be found: not every node of the service knows it at once.</summary>
    private const int ToleratedMissing = 5;

    public async Task<ResourceOutcome> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var inputs = request.Inputs;
        RefuseTagsWhereThereAreNone(inputs);
        var order = new CreateSnapshot
        {
            VolumeId = InputReader.Text(inputs[VolumeId])!,
            Name = InputReader.Text(inputs[Name]),
            Description = InputReader.Text(inputs[Description]),
            Force = InputReader.Bool(inputs[Force]),
        };
        using var ticket = claims.Begin(order.VolumeId, order.Name ?? "");
        var snapshot = await SubmitAsync(order, ticket, cancellationToken);
        claims.Claim(snapshot.Id);
        return await FollowAsync(snapshot, inputs, cancellationToken);
    }

    /// <summary>Waits until the snapshot is done, be it new or one that an earlier run left unfinished, and tags it.</summary>
    public async Task<ResourceOutcome> FollowAsync(Snapshot begun, PropertyMap inputs, CancellationToken cancellationToken)
    {
        var wait = await session.Snapshots.WaitSettledAsync(
            begun.Id,
            new ResourceWaitOptions<Snapshot>
            {
                Timeout = session.Deadline.Remaining,
                ToleratedMissing = ToleratedMissing,
                OnProgress = progress => log.Status($"creating: snapshot {progress.Last?.Status ?? "not seen yet"}, {Elapsed.Text(progress.Elapsed)}"),
            },
            cancellationToken);
        return wait switch
        {
            { Outcome: WaitOutcome.Reached, Last: { } done } => await TagAsync(done, inputs, cancellationToken),
            { Outcome: WaitOutcome.Gone } => throw new ResourceException(
                FailureKind.Precondition,
                $"{Operation(inputs)}: the snapshot {begun.Id} was accepted but does not exist any more after {Elapsed.Text(session.Deadline.Elapsed)}"),
            { Outcome: WaitOutcome.Failed, Failure: null, Last: { } broken } => Partial(
                broken,
                inputs,
                CreationState.Failed,
                FailureKind.Unknown,
                $"{Operation(inputs)} failed after {Elapsed.Text(session.Deadline.Elapsed)}: the snapshot {broken.Id} went into status {broken.Status} (request id "
                + $"{session.LastWriteRequestId ?? "not known"}). The next `pulumi up` deletes it and makes a new one; `pulumi destroy` deletes it."),
            _ => await InterruptedAsync(wait.Last ?? begun, inputs, wait),
        };
    }

    private async Task<Snapshot> SubmitAsync(CreateSnapshot order, SnapshotClaims.Ticket ticket, CancellationToken cancellationToken)
    {
        var sent = session.Time.GetTimestamp();
        try
        {
            return await session.Client.CreateSnapshotAsync(order, cancellationToken);
        }
        catch (EvsException failure) when (failure.Knowledge == Knowledge.Unknown || failure.EarlierAttemptUnknown)
        {
            return await new LostSnapshot(session, claims, log).FindAsync(order, ticket, sent, lostAnswerWindow, failure, cancellationToken);
        }
        catch (OperationCanceledException cancelled) when (cancelled.InnerException is EvsException { Knowledge: Knowledge.Unknown } failure)
        {
            // The user has cancelled while the request was out: one short look, so that the snapshot gets into the state if it is there.
            using var bound = new CancellationTokenSource(LastLook, session.Time);
            return await new LostSnapshot(session, claims, log).FindAsync(order, ticket, sent, TimeSpan.Zero, failure, bound.Token);
        }
    }

    private async Task<ResourceOutcome> TagAsync(Snapshot snapshot, PropertyMap inputs, CancellationToken cancellationToken)
    {
        var tags = InputReader.Map(inputs[Tags]);
        if (tags.Count == 0)
        {
            return new ResourceOutcome.Done(snapshot.Id, SnapshotOutputs.Of(new SnapshotView(snapshot, null), inputs));
        }

        try
        {
            await session.Client.SetSnapshotTagsAsync(snapshot.Id, tags, cancellationToken);
        }
        catch (Exception e) when (e is EvsException || (e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            var outputs = SnapshotOutputs.Of(new SnapshotView(snapshot, null), inputs.Without(Tags));
            var problem = e is EvsException ? e.Message : "tagging it was cancelled";
            return new ResourceOutcome.Partial(
                snapshot.Id, outputs, [$"{SnapshotText.Existing(snapshot)} was made, but not tagged: {problem} The next `pulumi up` tags it."])
            {
                Kind = e is EvsException ? FailureKind.Unknown : FailureKind.Cancelled,
            };
        }

        return new ResourceOutcome.Done(snapshot.Id, SnapshotOutputs.Of(new SnapshotView(snapshot, tags), inputs));
    }

    /// <summary>Timed out, cancelled, or not to be seen any more: the snapshot may yet be done.</summary>
    private async Task<ResourceOutcome> InterruptedAsync(Snapshot seen, PropertyMap inputs, WaitResult<Snapshot> wait)
    {
        using var bound = new CancellationTokenSource(LastLook, session.Time);
        try
        {
            seen = await session.LastLook(LastLook).FindSnapshotAsync(seen.Id, bound.Token) ?? seen;
        }
        catch (Exception e) when (e is EvsException or OperationCanceledException)
        {
            log.Debug($"snapshot {seen.Id} could not be read after the wait: {e.Message}");
        }

        var (kind, how) = wait.Outcome switch
        {
            WaitOutcome.Cancelled => (FailureKind.Cancelled, "was cancelled"),
            WaitOutcome.TimedOut => (FailureKind.TimedOut, "timed out"),
            _ => (FailureKind.Unknown, "could not be followed any more"),
        };
        var reason = $"{Operation(inputs)} {how} after {Elapsed.Text(session.Deadline.Elapsed)} (last: snapshot {seen.Id} in status {seen.Status}"
            + $"{(wait.Reason is { } why ? $"; {why}" : "")}). It stays in the state; the next `pulumi up` goes on waiting for it."
            + (wait.Outcome == WaitOutcome.TimedOut ? " Raise customTimeouts.create if it needs longer." : "");
        return Partial(seen, inputs, CreationState.Unfinished, kind, reason);
    }

    private void RefuseTagsWhereThereAreNone(PropertyMap inputs)
    {
        var cloud = session.Client.Target.Cloud;
        if (!cloud.TagsSnapshots && InputReader.Map(inputs[Tags]).Count > 0)
        {
            throw new ResourceException(
                FailureKind.Precondition, $"{Operation(inputs)}: {cloud.Title} has no tags of snapshots. Remove tags from the snapshot.");
        }
    }

    private static ResourceOutcome.Partial Partial(Snapshot snapshot, PropertyMap inputs, CreationState state, FailureKind kind, string reason) => new(
        snapshot.Id, CreationMark.Put(SnapshotOutputs.Of(new SnapshotView(snapshot, null), inputs.Without(Tags)), state), [reason])
    {
        Kind = kind,
    };

    private static string Operation(PropertyMap inputs) => "creating " + SnapshotText.Wished(inputs);
}
