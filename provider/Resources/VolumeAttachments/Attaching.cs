using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeAttachments;

/// <summary>
/// Attaches a disk: looks whether it may, asks ECS, waits for the job, reads the disk. Once the request is out, a wait that ends
/// early keeps the attachment in the state, and the next run goes on waiting for the same job.
/// </summary>
internal sealed class Attaching(EvsSession session, IOperationLog log)
{
    private const string Verb = "attaching";

    /// <summary>How long a look at what is left may take after the operation's own time is over.</summary>
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(1);

    /// <summary>How long a disk whose job has ended may take to show the attachment.</summary>
    private static readonly TimeSpan ShowTime = TimeSpan.FromMinutes(1);

    public async Task<ResourceOutcome> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var inputs = request.Inputs;
        var id = new AttachmentId(
            InputReader.Text(inputs[AttachmentDeclaration.ServerId])!, InputReader.Text(inputs[AttachmentDeclaration.VolumeId])!);
        while (true)
        {
            var volume = await ReadyAsync(id, cancellationToken);
            if (AttachmentOutputs.Find(volume, id.ServerId) is { } there)
            {
                log.Info($"volume {id.VolumeId} is attached to server {id.ServerId} already; the attachment is used as it is");
                return new ResourceOutcome.Done(id.ToString(), AttachmentOutputs.Of(id, there, inputs, PropertyValue.Null.Instance));
            }

            try
            {
                var jobId = await session.Client.AttachVolumeAsync(
                    id.ServerId, id.VolumeId, InputReader.Text(inputs[AttachmentDeclaration.Device]), cancellationToken);
                return await FollowAsync(id, jobId, session.LastWriteRequestId, inputs, cancellationToken);
            }
            catch (EvsException refusal) when (refusal.Knowledge == Knowledge.Refused && session.Deadline.Remaining > Crossing.Pause)
            {
                if (!await Crossing.PassesAsync(session, volume, status => log.Status($"{Verb}: the volume is {status}; waiting for that to pass"), cancellationToken))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Waits for an attaching job, be it new or one that an earlier run left unfinished.</summary>
    /// <param name="jobId">Null when only the disk can tell how it goes.</param>
    public async Task<ResourceOutcome> FollowAsync(
        AttachmentId id, string? jobId, string? requestId, PropertyMap inputs, CancellationToken cancellationToken)
    {
        if (jobId is null)
        {
            return await ShownAsync(id, jobId, inputs, session.Deadline.Remaining, cancellationToken);
        }

        var wait = await session.EcsJobs.WaitAsync(
            jobId,
            new JobWaitOptions
            {
                Timeout = session.Deadline.Remaining,
                Kind = new JobKind(JobTypes.AttachVolume),
                OnProgress = progress => log.Status(JobReport.Progress(Verb, progress)),
            },
            cancellationToken);
        switch (wait)
        {
            case { Outcome: WaitOutcome.Reached }:

            // ECS forgets jobs a day after their end: then the disk tells.
            case { Outcome: WaitOutcome.Gone }:
                return await ShownAsync(id, jobId, inputs, session.Deadline.AtMost(ShowTime), cancellationToken);
            case { Outcome: WaitOutcome.Failed, Last.State: JobState.Fail }:
                return await FailedAsync(id, jobId, requestId, inputs, wait);
            default:
                var text = JobReport.Compose(
                    Operation(id), session.Deadline.Elapsed, jobId, requestId, wait, null,
                    "The attachment stays in the state; the next `pulumi up` goes on waiting for the same job.");
                return Unfinished(id, jobId, inputs, FailureKinds.Of(wait.Outcome), text);
        }
    }

    /// <summary>The disk at rest and free to be attached, or attached to the server already.</summary>
    private async Task<Volume> ReadyAsync(AttachmentId id, CancellationToken cancellationToken)
    {
        var wait = await session.Volumes.WaitSettledAsync(
            id.VolumeId,
            new ResourceWaitOptions<Volume> { Timeout = session.Deadline.Remaining, OnProgress = ShowStatus },
            cancellationToken);
        switch (wait)
        {
            case { Outcome: WaitOutcome.Gone }:
                throw Refused(id, FailureKind.NotFound, "the volume does not exist");
            case { Outcome: WaitOutcome.Reached, Last: { } volume } when
                volume.Status == VolumeStatus.Available
                || AttachmentOutputs.Find(volume, id.ServerId) is not null
                || (volume is { Status: VolumeStatus.InUse } && (volume.Multiattach ?? volume.Shareable) is true):
                return volume;
            case { Outcome: WaitOutcome.Reached, Last: { Status: VolumeStatus.InUse } volume }:
                throw Refused(
                    id,
                    FailureKind.Precondition,
                    $"the volume is attached to server {string.Join(", ", volume.Attachments.Select(attachment => attachment.ServerId))} and is no shared one; "
                    + "detach it there first, or make it with multiattach: true");
            case { Outcome: WaitOutcome.Reached or WaitOutcome.Failed, Failure: null, Last: { } volume }:
                throw Refused(id, FailureKind.Precondition, $"the volume is in status {volume.Status}, and must be available");
            case { Outcome: WaitOutcome.Failed, Failure: { } failure }:
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
                throw failure;
            default:
                var how = wait.Outcome == WaitOutcome.Cancelled ? "was cancelled" : "timed out";
                throw new ResourceException(
                    FailureKinds.Of(wait.Outcome),
                    $"{Operation(id)} {how} before it began, after {Elapsed.Text(session.Deadline.Elapsed)}: the volume is {wait.Last?.Status ?? "not readable"}");
        }
    }

    /// <summary>Waits until the disk itself shows the attachment.</summary>
    private async Task<ResourceOutcome> ShownAsync(
        AttachmentId id, string? jobId, PropertyMap inputs, TimeSpan limit, CancellationToken cancellationToken)
    {
        var wait = await session.Volumes.WaitAsync(
            id.VolumeId,
            volume => (AttachmentOutputs.Find(volume, id.ServerId), VolumeStatus.GroupOf(volume.Status)) switch
            {
                (not null, StatusGroup.Settled or StatusGroup.SettledOdd) => Observation<Volume>.Reached(volume),
                (_, StatusGroup.Failed) => Observation<Volume>.Failed(volume, $"the volume went into the status {volume.Status}"),
                _ => Observation<Volume>.Moving(volume),
            },
            new ResourceWaitOptions<Volume> { Timeout = limit, OnProgress = ShowStatus },
            cancellationToken);
        if (wait is { Outcome: WaitOutcome.Reached, Last: { } volume })
        {
            return new ResourceOutcome.Done(
                id.ToString(), AttachmentOutputs.Of(id, AttachmentOutputs.Find(volume, id.ServerId)!, inputs, jobId));
        }

        var reason = $"{Operation(id)}: the volume does not show the attachment after {Elapsed.Text(session.Deadline.Elapsed)} "
            + $"({wait.Reason ?? $"status {wait.Last?.Status ?? "not read"}"}). The next `pulumi up` looks again.";
        return Unfinished(id, jobId, inputs, FailureKinds.Of(wait.Outcome), reason);
    }

    private async Task<ResourceOutcome> FailedAsync(AttachmentId id, string jobId, string? requestId, PropertyMap inputs, WaitResult<Job> wait)
    {
        Volume? volume = null;
        var problem = "";
        using (var bound = new CancellationTokenSource(LastLook, session.Time))
        {
            try
            {
                volume = await session.Client.FindVolumeAsync(id.VolumeId, bound.Token);
            }
            catch (Exception e) when (e is EvsException or OperationCanceledException)
            {
                problem = "the volume could not be read";
            }
        }

        var attachment = AttachmentOutputs.Find(volume, id.ServerId);
        var left = attachment is not null ? $"the volume shows the attachment all the same (status {volume!.Status})"
            : problem.Length > 0 ? problem
            : $"the volume is not attached to the server (status {volume?.Status ?? "not found"})";
        var text = JobReport.Compose(Operation(id), session.Deadline.Elapsed, jobId, requestId, wait, left, null);
        return attachment is null && problem.Length == 0
            ? throw new ResourceException(FailureKind.Precondition, text)
            : Unfinished(id, jobId, inputs, FailureKind.Unknown, text);
    }

    private static ResourceOutcome.Partial Unfinished(AttachmentId id, string? jobId, PropertyMap inputs, FailureKind kind, string reason) => new(
        id.ToString(),
        CreationMark.Put(
            AttachmentOutputs.Expected(inputs).With(PropertyMap.Empty.ToBuilder().SetIfPresent(AttachmentDeclaration.JobId, jobId).Build()),
            CreationState.Unfinished),
        [reason])
    {
        Kind = kind,
    };

    private void ShowStatus(WaitProgress<Volume> progress)
    {
        if (progress is { Looks: > 1, Last: { } seen })
        {
            log.Status($"{Verb}: volume {seen.Status}, {Elapsed.Text(progress.Elapsed)}");
        }
    }

    private static string Operation(AttachmentId id) => $"attaching volume {id.VolumeId} to server {id.ServerId}";

    private static ResourceException Refused(AttachmentId id, FailureKind kind, string why) => new(kind, $"{Operation(id)}: {why}");
}
