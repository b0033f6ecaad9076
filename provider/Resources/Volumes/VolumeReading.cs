using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// Reads a disk for refresh, import and look-up. Only a definite "not found" of the service counts as gone. A disk whose
/// creation did not end well stays marked until it has.
/// </summary>
internal sealed class VolumeReading(EvsSession session, IOperationLog log)
{
    /// <summary>How long a node of the service may not show a disk whose creating job has succeeded.</summary>
    private static readonly TimeSpan HiddenTime = TimeSpan.FromSeconds(30);

    public async Task<ResourceOutcome> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        using var bound = session.Deadline.Bound(cancellationToken);
        var state = request.State ?? PropertyMap.Empty;
        try
        {
            return await ReadAsync(request, state, bound.Token);
        }
        catch (OperationCanceledException) when (bound.IsTimedOut && !cancellationToken.IsCancellationRequested)
        {
            throw new ResourceException(
                FailureKind.TimedOut,
                $"reading {VolumeText.Existing(request.Id, state)} timed out after {Elapsed.Text(session.Deadline.Elapsed)}. "
                + "Run again, or raise customTimeouts.read.");
        }
    }

    private async Task<ResourceOutcome> ReadAsync(ReadRequest request, PropertyMap state, CancellationToken cancellationToken)
    {
        var volumeId = PendingVolumeId.Resolve(request.Id, state);
        if (volumeId is not null && await session.Client.FindVolumeAsync(volumeId, cancellationToken) is { } volume)
        {
            return Found(request, volume, state);
        }

        // While a creating job runs, its disk may be unknown to the query (create disks v2.1): then the job decides.
        var creating = PendingVolumeId.JobOf(request.Id)
            ?? (CreationMark.Of(state) == CreationState.Unfinished ? InputReader.Text(state[VolumeProperties.JobId]) : null);
        return creating is null
            ? ResourceOutcome.Gone.Instance
            : await ReadPendingAsync(request, creating, volumeId, state, cancellationToken);
    }

    private ResourceOutcome Found(ReadRequest request, Volume volume, PropertyMap state)
    {
        // After an update that stopped, only the outputs say that something is secret by now.
        var inputs = request.Inputs is { Count: > 0 } known
            ? SecretMarks.CarryAll(state, VolumeReadBack.Refresh(volume, known, state))
            : VolumeReadBack.Import(volume);
        var outputs = VolumeOutputs.Of(volume, inputs, state[VolumeProperties.JobId]);
        var creation = CreationMark.Of(state);
        var group = VolumeStatus.GroupOf(volume.Status);
        if (creation == CreationState.Complete || group is StatusGroup.Settled or StatusGroup.SettledOdd)
        {
            if (group == StatusGroup.Failed)
            {
                // No change of an input repairs it, so that no plan would ever tell.
                log.Warning(
                    $"{VolumeText.Existing(volume)} is in status {volume.Status}: look at it in the console, or have the service's support repair it. "
                    + $"To give it up with its data, and have a new one made, run: pulumi up --replace '{request.Resource.Urn}'");
            }

            return new ResourceOutcome.Done(volume.Id, outputs, inputs);
        }

        var (mark, reason) = group == StatusGroup.Failed
            ? (CreationState.Failed, "creating it failed; the next `pulumi up` deletes it and creates it anew")
            : (CreationState.Unfinished, "it is still being created; the next `pulumi up` goes on waiting");
        return new ResourceOutcome.Partial(
            volume.Id,
            CreationMark.Put(outputs, mark),
            [$"{VolumeText.Existing(volume)} is in status {volume.Status}: {reason}."],
            inputs);
    }

    /// <summary>Only the creating job is known for certain: what became of it says what became of the disk.</summary>
    private async Task<ResourceOutcome> ReadPendingAsync(
        ReadRequest request, string jobId, string? volumeId, PropertyMap state, CancellationToken cancellationToken)
    {
        var job = await KnownJob.FindAsync(session, jobId, cancellationToken);
        volumeId = VolumeOfJob.Id(job) ?? volumeId;
        var volume = volumeId is null ? null : await FindAsync(volumeId, job, cancellationToken);
        if (job is null && volumeId is null)
        {
            return await ForgottenJob.ProblemAsync(session, "reading", jobId, state, cancellationToken) is { } problem
                ? throw problem
                : ResourceOutcome.Gone.Instance;
        }

        var unfinished = CreationMark.Put(state, CreationState.Unfinished);
        return (volume, job?.State) switch
        {
            ({ } found, _) => Found(request, found, unfinished.With(VolumeProperties.JobId, jobId)),

            // The job ended and nothing is left of it; or what it had made is not there any more.
            (null, JobState.Fail) => ResourceOutcome.Gone.Instance,
            (null, JobState.Success or null) when volumeId is not null => ResourceOutcome.Gone.Instance,
            (null, JobState.Init or JobState.Running or JobState.Success) => new ResourceOutcome.Partial(
                volumeId ?? PendingVolumeId.Of(jobId),
                unfinished.With(PropertyMap.Empty.ToBuilder().SetIfPresent(VolumeProperties.VolumeId, volumeId).Build()),
                [$"The job {jobId} that creates the volume is in status {job!.Status}; the next `pulumi up` goes on waiting for it."],
                request.Inputs),
            _ => throw new ResourceException(
                FailureKind.Unknown, $"reading the volume of job {jobId}: the job has the status \"{job!.Status}\", which is not known"),
        };
    }

    /// <summary>The disk; one that its job has just made is asked for again for a little while.</summary>
    private async Task<Volume?> FindAsync(string volumeId, Job? job, CancellationToken cancellationToken)
    {
        if (job is not { State: JobState.Success })
        {
            return await session.Client.FindVolumeAsync(volumeId, cancellationToken);
        }

        var wait = await session.Volumes.WaitAsync(
            volumeId,
            Observation<Volume>.Reached,
            new ResourceWaitOptions<Volume> { Timeout = session.Deadline.AtMost(HiddenTime), ToleratedMissing = int.MaxValue },
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return wait.Failure is { } failure ? throw failure : wait.Last;
    }
}
