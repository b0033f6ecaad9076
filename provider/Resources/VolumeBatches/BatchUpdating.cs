using System.Collections.Immutable;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

using UpdateRequest = PulumiEvs.Resources.Contracts.UpdateRequest;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>
/// Changes a batch in place: sees a creation through that was left unfinished, deletes what is too many, changes the volumes that
/// stay, and makes those that are missing by one request. Reports what the cloud has in the end, never what was wished.
/// </summary>
internal sealed class BatchUpdating(EvsSession session, CreateGuard guard, IOperationLog log)
{
    private readonly BatchMaking _making = new(session, guard, log);
    private readonly BatchWork _work = new(session, log);

    /// <summary>The outcome of an update that needs nothing of the cloud; null when it does.</summary>
    public static ResourceOutcome? Local(UpdateRequest request)
    {
        var members = BatchMembers.Of(request.OldOutputs);
        var wanted = InputReader.Int(request.NewInputs[BatchProperties.Count]);
        if (CreationMark.Of(request.OldOutputs) != CreationState.Complete || members.Length != wanted || members.Any(member => member.IsFailed))
        {
            return null;
        }

        var still = members
            .Select(member => VolumeUpdating.Local(BatchMembers.UpdateOf(member, request)) is ResourceOutcome.Done done ? member with { Outputs = done.Outputs } : null)
            .OfType<BatchMember>()
            .ToArray();
        return still.Length == members.Length
            ? new ResourceOutcome.Done(request.Id, BatchOutputs.Of(still, request.NewInputs, request.OldOutputs[VolumeProperties.JobId]))
            : null;
    }

    public static TimeSpan DefaultTimeout(UpdateRequest request) =>
        VolumeUpdating.DefaultTimeout(request) == VolumeTimeouts.Retype ? VolumeTimeouts.Retype : BatchTimeouts.Update;

    public async Task<ResourceOutcome> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var record = new CreationRecord(session, guard, log);
        try
        {
            var members = BatchMembers.Of(request.OldOutputs);
            if (CreationMark.Of(request.OldOutputs) == CreationState.Unfinished && InputReader.Text(request.OldOutputs[VolumeProperties.JobId]) is { } jobId)
            {
                var made = await _making.FollowAsync(jobId, OldInputs(request), members, cancellationToken);
                members = Merge(members, made.Members);
                if (made.IsUnfinished)
                {
                    return Partial(request, members, jobId, made.Reasons, unfinished: true, made.Kind);
                }

                foreach (var reason in made.Reasons)
                {
                    log.Warning(reason);
                }
            }

            var (adopted, mayCreate) = await AdoptAsync(request, members, record, cancellationToken);
            var outcome = await ApplyAsync(request, adopted, mayCreate, cancellationToken);
            return mayCreate ? outcome : record.KeepUntilDelivered(request.Resource.Urn, adopted[^1].VolumeId, outcome);
        }
        finally
        {
            record.Report();
        }
    }

    /// <summary>Makes the members what the program wants.</summary>
    /// <param name="members">Those that the state has, or that are to get into it.</param>
    /// <param name="mayCreate">False while volumes were found that no state has yet: another request would take the place of their record.</param>
    public async Task<ResourceOutcome> ApplyAsync(
        UpdateRequest request, ImmutableArray<BatchMember> members, bool mayCreate, CancellationToken cancellationToken)
    {
        var wanted = InputReader.Int(request.NewInputs[BatchProperties.Count]) ?? 1;
        var shown = await session.Client.FindVolumesAsync([.. members.Select(member => member.VolumeId)], cancellationToken);
        members = [.. members.Select(member => WithoutOldMark(member, shown))];
        var gone = members.RemoveAll(member => shown.ContainsKey(member.VolumeId) || member.IsFailed);
        var there = members.RemoveAll(member => !shown.ContainsKey(member.VolumeId));
        var surplus = mayCreate ? BatchMembers.Surplus(there, wanted) : [];
        var run = new BatchRun(there.RemoveAll(member => member.IsFailed || surplus.Contains(member)));
        foreach (var member in run.Members)
        {
            var wish = BatchMembers.UpdateOf(member, request);
            VolumeUpdating.RefuseShrink(shown[member.VolumeId], VolumeWishes.Of(wish));
        }

        await RefuseRemovalAsync(request, surplus, shown, cancellationToken);
        run.Add([.. gone.Select(member =>
            $"{BatchText.Existing(member)} does not exist any more. The next `pulumi up` creates it anew.")]);
        await DeleteAsync(request, run, [.. there.Where(member => member.IsFailed), .. surplus], shown, cancellationToken);
        await ChangeAsync(request, run, shown, cancellationToken);
        var missing = BatchMembers.Missing([.. run.Members, .. gone], wanted);
        if (missing > 0 && mayCreate)
        {
            await CreateAsync(request, run, missing, cancellationToken);
        }
        else if (missing > 0)
        {
            run.Add([$"{BatchText.Existing(request.NewInputs, wanted)}: {missing} {BatchText.Are(missing)} missing. The next `pulumi up` creates only what is missing."]);
        }

        var jobId = run.JobId ?? request.OldOutputs[VolumeProperties.JobId];
        ResourceOutcome outcome = run.Reasons.Count > 0
            ? Partial(request, run.Members, jobId, [.. run.Reasons], run.IsUnfinished, FailureKinds.Of([.. run.Kinds]))
            : new ResourceOutcome.Done(
                request.Id, BatchOutputs.Of(run.Members, request.NewInputs, jobId), RefreshBeforeUpdate: PendingVolumeId.JobOf(request.Id) is not null);
        return run.Finish(outcome);
    }

    /// <summary>What a run that did not live to report it has made for this batch.</summary>
    private async Task<(ImmutableArray<BatchMember> Members, bool MayCreate)> AdoptAsync(
        UpdateRequest request, ImmutableArray<BatchMember> members, CreationRecord record, CancellationToken cancellationToken)
    {
        var urn = request.Resource.Urn;
        var operation = $"updating {BatchText.Existing(request.OldOutputs, members.Length)}";
        if (await record.TakeOverAsync(urn, BatchOrder.From(request.NewInputs), operation, cancellationToken) is not { } left)
        {
            return (members, true);
        }

        var known = members.Select(member => member.VolumeId).ToHashSet(StringComparer.Ordinal);
        var found = await new InterruptedCreate(session, guard, log).FindAsync(left, cancellationToken);
        Volume[] added = [.. found.Where(volume => !known.Contains(volume.Id))];
        if (added.Length == 0)
        {
            guard.Journal.Remove(urn);
            return (members, true);
        }

        log.Info($"An update of this resource was interrupted at {InterruptedCreate.BegunAt(left)}; {BatchText.These(added.Length)} that it made {BatchText.Are(added.Length)} used.");
        guard.Journal.Note(urn, entry => entry with { VolumeId = added[0].Id });
        var plan = new BatchPlan(OldInputs(request), BatchMembers.FreeNumbers(members, added.Length));
        return (
            [
                .. members,
                .. added.Select((volume, index) => plan.Member(
                    index, volume.Id, volume, left.JobId, volume.Status, Evs.Jobs.VolumeStatus.GroupOf(volume.Status) == Evs.Jobs.StatusGroup.Failed)),
            ],
            false);
    }

    /// <summary>Fewer volumes: nothing is done at all while one of those that go is in use.</summary>
    private async Task RefuseRemovalAsync(
        UpdateRequest request, ImmutableArray<BatchMember> surplus, IReadOnlyDictionary<string, Volume> shown, CancellationToken cancellationToken)
    {
        var deletion = new VolumeDeletion(session, new MemberLog(log));
        var mayDeleteSnapshots = VolumeDeletion.MayDeleteSnapshots(request.NewInputs);
        var checks = await Task.WhenAll(surplus.Select(async member =>
        {
            try
            {
                await deletion.RefuseIfInUseAsync(shown[member.VolumeId], mayDeleteSnapshots, cancellationToken);
                return null;
            }
            catch (ResourceException refusal)
            {
                return refusal.Message;
            }
        }));
        string[] refusals = [.. checks.OfType<string>()];
        if (refusals.Length > 0)
        {
            throw new ResourceException(
                FailureKind.Precondition,
                $"updating {BatchText.Existing(request.OldOutputs, BatchMembers.Of(request.OldOutputs).Length)}: {BatchText.Volumes(surplus.Length)} would be deleted, "
                + $"but {refusals.Length} of them must not be; nothing was changed:\n" + string.Join('\n', refusals.Select(refusal => "  " + refusal)));
        }
    }

    private async Task DeleteAsync(
        UpdateRequest request, BatchRun run, ImmutableArray<BatchMember> members, IReadOnlyDictionary<string, Volume> shown, CancellationToken cancellationToken)
    {
        if (members.IsEmpty)
        {
            return;
        }

        var failures = await new BatchDeletion(session, guard, log).DeleteAsync(
            request.Resource, members, request.NewInputs, request.Timeout, cancellationToken);
        run.Add(failures, OldInputs(request), shown);
    }

    private async Task ChangeAsync(
        UpdateRequest request, BatchRun run, IReadOnlyDictionary<string, Volume> shown, CancellationToken cancellationToken)
    {
        var still = run.Members.RemoveAll(member => VolumeUpdating.Local(BatchMembers.UpdateOf(member, request)) is null);
        var moving = run.Members.RemoveRange(still);
        var ends = await _work.DoAsync(
            "updating",
            moving,
            (member, own) => new VolumeUpdating(session, guard, own).UpdateAsync(BatchMembers.UpdateOf(member, request), cancellationToken));
        run.Restart([.. still.Select(member => member.Shown(shown[member.VolumeId], request.NewInputs))]);
        foreach (var end in ends)
        {
            run.Add(end, OldInputs(request), shown);
        }
    }

    /// <summary>The missing ones, by one request. What the service has numbered otherwise than the batch does gets its own name.</summary>
    private async Task CreateAsync(UpdateRequest request, BatchRun run, int missing, CancellationToken cancellationToken)
    {
        var (urn, inputs) = (request.Resource.Urn, request.NewInputs);
        var record = new CreationRecord(session, guard, log);
        BatchMade made;
        try
        {
            made = await _making.MakeAsync(urn, inputs, run.Members, missing, record, cancellationToken);
        }
        catch (Exception failure) when (failure is EvsException or ResourceException or OperationCanceledException && run.HasActed)
        {
            var reason = failure is OperationCanceledException ? $"creating {BatchText.Volumes(missing)} was cancelled before it began" : failure.Message;
            run.Add([reason], FailureKinds.Of(failure));
            return;
        }

        var renamed = await _work.DoAsync(
            "naming",
            [.. made.Members.Where(member => !member.IsFailed && !IsNamed(member, inputs))],
            (member, own) => new VolumeUpdating(session, guard, own).UpdateAsync(BatchMembers.UpdateOf(member, request), cancellationToken));
        run.Add(made, renamed);
        run.OnFinish(outcome => record.KeepUntilDelivered(urn, BatchCreation.IdOf(made.Members, made.JobId ?? ""), outcome));
    }

    private static bool IsNamed(BatchMember member, PropertyMap inputs) =>
        member.Outputs[VolumeProperties.Name].Unmarked().Equals(BatchMembers.InputsOf(inputs, member.Number)[VolumeProperties.Name].Unmarked());

    /// <summary>A volume that came into order after all is one of the batch like any other.</summary>
    private static BatchMember WithoutOldMark(BatchMember member, IReadOnlyDictionary<string, Volume> shown) =>
        member.IsFailed && shown.TryGetValue(member.VolumeId, out var live) && Evs.Jobs.VolumeStatus.GroupOf(live.Status) != Evs.Jobs.StatusGroup.Failed
            ? member with { Outputs = CreationMark.Put(member.Outputs, CreationState.Complete) }
            : member;

    /// <summary>What the job has made is as it says; the others are as the state has them.</summary>
    public static ImmutableArray<BatchMember> Merge(ImmutableArray<BatchMember> known, ImmutableArray<BatchMember> made)
    {
        var ids = made.Select(member => member.VolumeId).ToHashSet(StringComparer.Ordinal);
        return [.. known.RemoveAll(member => ids.Contains(member.VolumeId)), .. made];
    }

    private static ResourceOutcome.Partial Partial(
        UpdateRequest request, ImmutableArray<BatchMember> members, PropertyValue jobId, ImmutableArray<string> reasons, bool unfinished, FailureKind kind)
    {
        // Where the volumes differ now, the program's old value is nearer to the truth; but what is secret by now stays so.
        var before = OldInputs(request);
        var inputs = PropertyMap.From(before.Select(input => KeyValuePair.Create(input.Key, SecretMarks.Carry(request.NewInputs[input.Key], input.Value))));
        var outputs = BatchOutputs.Of(members, inputs, jobId);
        return new ResourceOutcome.Partial(
            request.Id, CreationMark.Put(outputs, unfinished ? CreationState.Unfinished : CreationState.Complete), reasons)
        { Kind = kind };
    }

    private static PropertyMap OldInputs(UpdateRequest request) => request.OldInputs ?? request.OldOutputs;
}
