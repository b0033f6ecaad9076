using System.Collections.Immutable;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>
/// Reads a batch for refresh and import, with few requests however many volumes it has. Volumes that are gone show as a smaller count,
/// so that the next update makes only them; the batch is gone when all of them are.
/// </summary>
internal sealed class BatchReading(EvsSession session, CreateGuard guard, IOperationLog log)
{
    public async Task<ResourceOutcome> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        using var bound = session.Deadline.Bound(cancellationToken);
        try
        {
            return request is { State: { Count: > 0 } state, Inputs: { Count: > 0 } inputs }
                ? await RefreshAsync(request.Id, SecretMarks.CarryAll(state, inputs), state, bound.Token)
                : await ImportAsync(request.Id, bound.Token);
        }
        catch (OperationCanceledException) when (bound.IsTimedOut && !cancellationToken.IsCancellationRequested)
        {
            throw new ResourceException(
                FailureKind.TimedOut,
                $"reading the volumes of batch {request.Id} timed out after {Elapsed.Text(session.Deadline.Elapsed)}. Run again, or raise customTimeouts.read.");
        }
    }

    private async Task<ResourceOutcome> RefreshAsync(string id, PropertyMap inputs, PropertyMap state, CancellationToken cancellationToken)
    {
        var members = BatchMembers.Of(state);
        var jobId = InputReader.Text(state[VolumeProperties.JobId]);
        if (CreationMark.Of(state) == CreationState.Unfinished && jobId is not null)
        {
            if (await KnownJob.FindAsync(session, jobId, cancellationToken) is { } job)
            {
                var made = await new BatchMaking(session, guard, log).ConcludeAsync(jobId, job, inputs, members, cancellationToken);
                members = BatchUpdating.Merge(members, made.Members);
                if (made.IsUnfinished)
                {
                    return new ResourceOutcome.Partial(
                        Exchanged(id, members),
                        CreationMark.Put(BatchOutputs.Of(members, inputs, jobId), CreationState.Unfinished),
                        [$"The job {jobId} that creates volumes of the batch is in status {job.Status}; the next `pulumi up` goes on waiting for it."],
                        inputs);
                }

                foreach (var reason in made.Reasons)
                {
                    log.Warning(reason);
                }
            }
            else if (await BatchForgottenJob.ProblemAsync(session, guard, "reading", jobId, inputs, members, cancellationToken) is { } problem)
            {
                throw problem;
            }
        }

        return await ShowAsync(id, inputs, state[VolumeProperties.JobId], members, cancellationToken);
    }

    private async Task<ResourceOutcome> ShowAsync(
        string id, PropertyMap inputs, PropertyValue jobId, ImmutableArray<BatchMember> members, CancellationToken cancellationToken)
    {
        var shown = await session.Client.FindVolumesAsync([.. members.Select(member => member.VolumeId)], cancellationToken);
        ImmutableArray<(BatchMember Known, Volume Live)> there =
            [.. members.Where(member => shown.ContainsKey(member.VolumeId)).Select(member => (Settled(member, shown[member.VolumeId]), shown[member.VolumeId]))];
        if (there.IsEmpty)
        {
            return ResourceOutcome.Gone.Instance;
        }

        var sound = there.Count(member => !member.Known.IsFailed);
        var refreshed = sound > 0 ? BatchReadBack.Refresh(there, inputs) : inputs;
        return new ResourceOutcome.Done(
            Exchanged(id, members),
            BatchOutputs.Of(there.Select(member => member.Known.Shown(member.Live, refreshed)), refreshed, jobId),
            refreshed);
    }

    /// <summary>A volume that came into order after all is one of the batch like any other.</summary>
    private static BatchMember Settled(BatchMember member, Volume live) =>
        member.IsFailed && VolumeStatus.GroupOf(live.Status) != StatusGroup.Failed
            ? member with { Outputs = CreationMark.Put(member.Outputs, CreationState.Complete) }
            : member;

    /// <summary>The id of a batch of which only the job was known is exchanged for that of its first volume.</summary>
    private static string Exchanged(string id, ImmutableArray<BatchMember> members) =>
        PendingVolumeId.JobOf(id) is { } jobId ? BatchCreation.IdOf(members, jobId) : id;

    private async Task<ResourceOutcome> ImportAsync(string id, CancellationToken cancellationToken)
    {
        string[] ids = [.. id.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        if (ids.Length is 0 or > BatchDeclaration.MaxCount)
        {
            throw new ResourceException(
                FailureKind.InvalidRequest, $"importing a batch takes the ids of its 1 to {BatchDeclaration.MaxCount} volumes, separated by commas; these are {ids.Length}");
        }

        var shown = await session.Client.FindVolumesAsync(ids, cancellationToken);
        if (shown.Count == 0)
        {
            return ResourceOutcome.Gone.Instance;
        }

        string[] unknown = [.. ids.Where(one => !shown.ContainsKey(one))];
        if (unknown.Length > 0)
        {
            throw new ResourceException(FailureKind.NotFound, $"importing a batch: there {BatchText.Are(unknown.Length)} no volume {string.Join(", ", unknown)}");
        }

        Volume[] volumes = [.. ids.Select(one => shown[one])];
        var (inputs, problem) = BatchReadBack.Import(volumes);
        if (inputs is null)
        {
            throw new ResourceException(FailureKind.Precondition, $"importing a batch: {problem}. Import them as {VolumeDeclaration.Token} instead.");
        }

        var members = volumes
            .Select(volume => new BatchPlan(inputs, [NumberedName.Split(volume.Name)!.Value.Number]).Member(0, volume.Id, volume, null, volume.Status, failed: false))
            .ToImmutableArray();
        return new ResourceOutcome.Done(BatchCreation.IdOf(members, ""), BatchOutputs.Of(members, inputs, PropertyValue.Null.Instance), inputs);
    }
}
