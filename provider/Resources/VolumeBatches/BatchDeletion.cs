using System.Collections.Immutable;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>Deletes the volumes of a batch, all at once, each as carefully as a volume of its own.</summary>
internal sealed class BatchDeletion(EvsSession session, CreateGuard guard, IOperationLog log)
{
    /// <summary>Deletes the whole batch and returns when it is gone.</summary>
    /// <exception cref="ResourceException">Some are still there; the message names each of them and what stands against it.</exception>
    public async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var inputs = request.OldInputs ?? request.OldOutputs;
        var members = await MembersAsync(request, inputs, cancellationToken);
        var failures = await DeleteAsync(request.Resource, members, inputs, request.Timeout, cancellationToken);
        if (failures.Length > 0)
        {
            var deleted = members.Length - failures.Length;
            throw new ResourceException(
                FailureKinds.Of([.. failures.Select(failure => failure.Kind)]),
                $"deleting {BatchText.Existing(request.OldOutputs, members.Length)}: {deleted} {BatchText.Are(deleted)} deleted, {failures.Length} {BatchText.Are(failures.Length)} not:\n"
                + string.Join('\n', failures.Select(failure => "  " + failure.Reason!.ReplaceLineEndings("\n  ")))
                + "\n  The batch stays in the state; run again, once the causes are gone, to delete the rest.");
        }
    }

    /// <summary>Deletes some volumes of a batch.</summary>
    /// <returns>Those that could not be deleted.</returns>
    public async Task<ImmutableArray<MemberEnd<object>>> DeleteAsync(
        ResourceIdentity resource, IReadOnlyCollection<BatchMember> members, PropertyMap inputs, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var ends = await new BatchWork(session, log).DoAsync<object>("deleting", members, async (member, own) =>
        {
            var request = new DeleteRequest(resource, member.VolumeId, BatchMembers.InputsOf(inputs, member.Number), member.Outputs, timeout);
            await new VolumeDeletion(session, own).DeleteAsync(request, cancellationToken);
            return member;
        });
        return [.. ends.Where(end => end.Reason is not null)];
    }

    /// <summary>What the state has of the batch, and what a job has made of it whose end no run has seen.</summary>
    private async Task<ImmutableArray<BatchMember>> MembersAsync(DeleteRequest request, PropertyMap inputs, CancellationToken cancellationToken)
    {
        var members = BatchMembers.Of(request.OldOutputs);
        if (CreationMark.Of(request.OldOutputs) != CreationState.Unfinished || InputReader.Text(request.OldOutputs[VolumeProperties.JobId]) is not { } jobId)
        {
            return members;
        }

        var wait = await new CreationWait(session, log).WaitAsync(
            new CreationJob(jobId, RequestId: null, VolumeId: null), BatchOrder.From(inputs), cancellationToken, wasBegunEarlier: true);
        if (wait.Outcome == WaitOutcome.Gone)
        {
            return await BatchForgottenJob.ProblemAsync(session, guard, "deleting", jobId, inputs, members, cancellationToken) is { } problem
                ? throw problem
                : members;
        }

        if (wait is not { Outcome: WaitOutcome.Reached or WaitOutcome.Failed, Failure: null, Last: { } job })
        {
            throw new ResourceException(
                FailureKinds.Of(wait.Outcome),
                JobReport.Compose(
                    $"deleting {BatchText.Existing(request.OldOutputs, members.Length)}, whose job is to end first,",
                    session.Deadline.Elapsed,
                    jobId,
                    null,
                    wait,
                    null,
                    "Nothing was deleted. Run again; raise customTimeouts.delete if the job needs longer."));
        }

        var known = members.Select(member => member.VolumeId).ToHashSet(StringComparer.Ordinal);
        var plan = new BatchPlan(inputs, BatchMembers.FreeNumbers(members, job.Parts.Count));
        return
        [
            .. members,
            .. job.Parts.Select(VolumeOfJob.Id).OfType<string>().Where(id => !known.Contains(id))
                .Select((id, index) => plan.Member(index, id, null, jobId, VolumeStatus.Creating, failed: false)),
        ];
    }
}
