using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>Deletes a snapshot and returns when it is gone. Where the service refuses for a state that passes, it is asked again.</summary>
internal sealed class SnapshotDeletion(EvsSession session, IOperationLog log)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    public async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var name = SnapshotText.Existing(request.Id, request.OldOutputs);
        while (true)
        {
            if (!await IsThereAsync(request.Id, name, cancellationToken))
            {
                return;
            }

            try
            {
                if (await session.Client.DeleteSnapshotAsync(request.Id, cancellationToken))
                {
                    await WaitGoneAsync(request.Id, name, cancellationToken);
                }

                return;
            }
            catch (EvsException refusal) when (refusal.Code is { } code && ErrorCodes.Find(code)?.ClearsByWaiting is true)
            {
                if (session.Deadline.Remaining <= RetryPause)
                {
                    throw;
                }

                log.Status($"deleting: the service says {code} {refusal.ServiceMessage}; waiting for that to pass");
                await Task.Delay(RetryPause, session.Time, cancellationToken);
            }
        }
    }

    /// <summary>Waits until the snapshot is at rest: on its way somewhere it cannot be deleted. False when it is gone.</summary>
    private async Task<bool> IsThereAsync(string id, string name, CancellationToken cancellationToken)
    {
        var wait = await session.Snapshots.WaitSettledAsync(
            id, new ResourceWaitOptions<Snapshot> { Timeout = session.Deadline.Remaining, OnProgress = ShowStatus }, cancellationToken);
        switch (wait)
        {
            case { Outcome: WaitOutcome.Gone }:
                return false;
            case { Outcome: WaitOutcome.Reached }:
                return true;
            case { Outcome: WaitOutcome.Failed, Failure: null, Last: { } broken } when SnapshotStatus.IsDeletable(broken.Status):
                return true;
            case { Outcome: WaitOutcome.Failed, Failure: null, Last: { } broken }:
                throw Stuck(name, broken);
            case { Outcome: WaitOutcome.Failed, Failure: { } failure }:
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
                throw failure;
            default:
                throw Unfinished(name, wait);
        }
    }

    private async Task WaitGoneAsync(string id, string name, CancellationToken cancellationToken)
    {
        var gone = await session.Snapshots.WaitGoneAsync(
            id, new ResourceWaitOptions<Snapshot> { Timeout = session.Deadline.Remaining, OnProgress = ShowStatus }, cancellationToken);
        switch (gone)
        {
            case { Outcome: WaitOutcome.Reached }:
                return;
            case { Outcome: WaitOutcome.Failed, Failure: null, Last: { } broken }:
                throw Stuck(name, broken);
            case { Outcome: WaitOutcome.Failed, Failure: { } failure }:
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
                throw failure;
            default:
                throw Unfinished(name, gone);
        }
    }

    private void ShowStatus(WaitProgress<Snapshot> progress)
    {
        if (progress.Looks > 1 && progress.Last is { } seen)
        {
            log.Status($"deleting: snapshot {seen.Status}, {Elapsed.Text(progress.Elapsed)}");
        }
    }

    private static ResourceException Stuck(string name, Snapshot snapshot) => new(
        FailureKind.Precondition,
        $"deleting {name}: it is in status {snapshot.Status}, in which the service accepts no delete. Ask the cloud's support to remove it; "
        + "it stays in the state until it is gone.");

    private ResourceException Unfinished(string name, WaitResult<Snapshot> wait) => new(
        wait.Outcome == WaitOutcome.Cancelled ? FailureKind.Cancelled : FailureKind.TimedOut,
        $"deleting {name} {(wait.Outcome == WaitOutcome.Cancelled ? "was cancelled" : "timed out")} after {Elapsed.Text(session.Deadline.Elapsed)} "
        + $"(the snapshot is {wait.Last?.Status ?? "not readable"}). It stays in the state; run again, or raise customTimeouts.delete.");
}
