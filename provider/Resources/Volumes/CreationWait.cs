using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Jobs.Crowds;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;

namespace PulumiEvs.Resources.Volumes;

/// <summary>A creating job and what is known of it.</summary>
/// <param name="RequestId">The id of the request that started it; null when an earlier run did.</param>
internal sealed record CreationJob(string JobId, string? RequestId, string? VolumeId);

/// <summary>Waits for a job that creates one disk or several.</summary>
internal sealed class CreationWait(EvsSession session, IOperationLog log)
{
    /// <param name="order">What the job makes, as far as it is known.</param>
    /// <param name="onLook">Shown the job at each look: it may name its disks before it has ended.</param>
    /// <param name="wasBegunEarlier">True when the job was not begun just now.</param>
    public Task<WaitResult<Job>> WaitAsync(
        CreationJob job, CreateVolume? order, CancellationToken cancellationToken, Action<Job>? onLook = null, bool wasBegunEarlier = false) =>
        session.Jobs.WaitAsync(
            job.JobId,
            new JobWaitOptions
            {
                Timeout = session.Deadline.Remaining,
                Kind = order is null ? new JobKind(JobTypes.CreateVolume) : JobKind.Creating(order),

                // Of several disks none alone tells how far their job is.
                Volume = order?.Count > 1 ? null : new WatchedVolume { Id = job.VolumeId, Name = order?.Name, IsNew = !wasBegunEarlier },
                ServerTime = wasBegunEarlier ? () => session.ServerTime : null,
                OnProgress = progress =>
                {
                    if (progress.Last is { } seen)
                    {
                        onLook?.Invoke(seen);
                    }

                    log.Status(JobReport.Progress("creating", progress));
                },
            },
            cancellationToken);
}
