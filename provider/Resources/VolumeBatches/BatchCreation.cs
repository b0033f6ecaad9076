using System.Collections.Immutable;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>Makes a batch: all its disks by one request, or what an interrupted run has made of them already.</summary>
internal sealed class BatchCreation(EvsSession session, CreateGuard guard, IOperationLog log)
{
    public async Task<ResourceOutcome> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var (urn, inputs) = (request.Resource.Urn, request.Inputs);
        var count = InputReader.Int(inputs[BatchProperties.Count]) ?? 1;
        var record = new CreationRecord(session, guard, log);
        var plan = new BatchPlan(inputs, BatchMembers.FreeNumbers([], count));
        var left = await record.TakeOverAsync(urn, plan.Order, plan.Operation, cancellationToken);
        try
        {
            var outcome = left is null ? null : await ResumeAsync(left, request, cancellationToken);
            outcome ??= Outcome(
                await new BatchMaking(session, guard, log).MakeAsync(urn, inputs, [], count, record, cancellationToken), inputs);
            return record.KeepUntilDelivered(urn, CreationRecord.IdOf(outcome), outcome);
        }
        catch (ResourceException nothing) when (left is null && nothing.Kind == FailureKind.Precondition)
        {
            // The job failed and nothing is left of it: there is nothing to find for a later run.
            guard.Journal.Remove(urn);
            throw;
        }
        finally
        {
            record.Report();
        }
    }

    /// <summary>A batch's id: that of the first disk when it was made, or the job's as long as no disk is known.</summary>
    public static string IdOf(IEnumerable<BatchMember> members, string jobId) =>
        members.OrderBy(member => member.Number).FirstOrDefault()?.VolumeId ?? PendingVolumeId.Of(jobId);

    private static ResourceOutcome Outcome(BatchMade made, PropertyMap inputs)
    {
        if (made.Members.IsEmpty && !made.IsUnfinished)
        {
            throw new ResourceException(FailureKind.Precondition, string.Join("\n  ", made.Reasons));
        }

        var outputs = BatchOutputs.Of(made.Members, inputs, made.JobId);
        var id = IdOf(made.Members, made.JobId ?? "");
        return made.Reasons.IsEmpty
            ? new ResourceOutcome.Done(id, outputs)
            : new ResourceOutcome.Partial(
                id, CreationMark.Put(outputs, made.IsUnfinished ? CreationState.Unfinished : CreationState.Complete), made.Reasons)
            { Kind = made.Kind };
    }

    /// <summary>The outcome, or null when the earlier run made nothing that is still there: then the create begins anew.</summary>
    private async Task<ResourceOutcome?> ResumeAsync(JournalEntry left, CreateRequest request, CancellationToken cancellationToken)
    {
        var found = await new InterruptedCreate(session, guard, log).FindAsync(left, cancellationToken);
        if (found.Count == 0)
        {
            return null;
        }

        log.Info($"A create of this resource was interrupted at {InterruptedCreate.BegunAt(left)}; {BatchText.These(found.Count)} that it made {BatchText.Are(found.Count)} used.");
        RefuseOther(found, request);
        var inputs = VolumeReadBack.Refresh(found[0], request.Inputs, PropertyMap.Empty).With(VolumeProperties.Name, NameOf(found, request.Inputs));
        var members = Members(found, inputs, left.JobId);
        var outputs = BatchOutputs.Of(members, inputs, left.JobId);
        var update = new Contracts.UpdateRequest(
            request.Resource, IdOf(members, ""), inputs, outputs, request.Inputs, request.Timeout, Preview: false, []);
        return await new BatchUpdating(session, guard, log).ApplyAsync(update, members, mayCreate: false, cancellationToken);
    }

    /// <summary>The disks that were found, with the numbers that their names end with.</summary>
    private static ImmutableArray<BatchMember> Members(IReadOnlyList<Volume> found, PropertyMap inputs, string? jobId)
    {
        var members = new List<BatchMember>();
        foreach (var volume in found)
        {
            var number = NumberedName.Split(volume.Name)?.Number is { } told && members.TrueForAll(member => member.Number != told)
                ? told
                : BatchMembers.FreeNumbers(members, 1)[0];
            var failed = VolumeStatus.GroupOf(volume.Status) == StatusGroup.Failed;
            members.Add(new BatchPlan(inputs, [number]).Member(0, volume.Id, volume, jobId, volume.Status, failed));
        }

        return [.. members.OrderBy(member => member.Number)];
    }

    private static PropertyValue NameOf(IReadOnlyList<Volume> found, PropertyMap inputs) =>
        NumberedName.Split(found[0].Name) is { Name: var name } ? SecretMarks.Carry(inputs[VolumeProperties.Name], name) : inputs[VolumeProperties.Name];

    /// <summary>The program may have changed since: disks that could not become what it wants now are left for the user to judge.</summary>
    private static void RefuseOther(IReadOnlyList<Volume> found, CreateRequest request)
    {
        var conflicts = VolumeRecovery.Conflicts(BatchDeclaration.Declaration, found[0], request);
        if (conflicts.Count > 0)
        {
            throw new ResourceException(
                FailureKind.Precondition,
                $"an interrupted create of this resource made {BatchText.Volumes(found.Count)}, which no state has, and the program has changed since in what "
                + $"cannot be changed in place ({string.Join(", ", conflicts)}). Delete them in the console to have new ones made, or keep them: "
                + $"`pulumi import {BatchDeclaration.Token} {request.Resource.Name} {string.Join(',', found.Select(volume => volume.Id))}`.");
        }
    }
}
