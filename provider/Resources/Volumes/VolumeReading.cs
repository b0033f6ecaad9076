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
internal sealed class VolumeReading(EvsSession session)
{
    public async Task<ResourceOutcome> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        using var bound = session.Deadline.Bound(cancellationToken);
        var state = request.State ?? PropertyMap.Empty;
        if (PendingVolumeId.JobOf(request.Id) is { } jobId)
        {
            return await ReadPendingAsync(request, jobId, state, bound.Token);
        }

        var volume = await session.Client.FindVolumeAsync(request.Id, bound.Token);
        if (volume is not null)
        {
            return Found(volume, request.Inputs, state);
        }

        // While a creating job runs, its disk may be unknown to the query (create disks v2.1): then the job decides.
        return CreationMark.Of(state) == CreationState.Unfinished && InputReader.Text(state[VolumeProperties.JobId]) is { } creating
            ? await ReadPendingAsync(request, creating, state, bound.Token)
            : ResourceOutcome.Gone.Instance;
    }

    private static ResourceOutcome Found(Volume volume, PropertyMap? oldInputs, PropertyMap state)
    {
        var inputs = oldInputs is { Count: > 0 } known ? VolumeReadBack.Refresh(volume, known, state) : VolumeReadBack.Import(volume);
        var outputs = VolumeOutputs.Of(volume, inputs, state[VolumeProperties.JobId]);
        var creation = CreationMark.Of(state);
        var group = VolumeStatus.GroupOf(volume.Status);
        if (creation == CreationState.Complete || group is StatusGroup.Settled or StatusGroup.SettledOdd)
        {
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
    private async Task<ResourceOutcome> ReadPendingAsync(ReadRequest request, string jobId, PropertyMap state, CancellationToken cancellationToken)
    {
        var job = await session.Client.GetJobAsync(jobId, cancellationToken);
        var volumeId = job.Entities?.VolumeId is { Length: > 0 } id ? id : null;
        var volume = volumeId is null ? null : await session.Client.FindVolumeAsync(volumeId, cancellationToken);
        var unfinished = CreationMark.Put(state, CreationState.Unfinished);
        return (volume, job.State) switch
        {
            ({ } found, _) => Found(found, request.Inputs, unfinished.With(VolumeProperties.JobId, jobId)),
            (null, JobState.Init or JobState.Running or JobState.Success) => new ResourceOutcome.Partial(
                volumeId ?? PendingVolumeId.Of(jobId),
                unfinished.With(PropertyMap.Empty.ToBuilder().SetIfPresent(VolumeProperties.VolumeId, volumeId).Build()),
                [$"The job {jobId} that creates the volume is in status {job.Status}; the next `pulumi up` goes on waiting for it."],
                request.Inputs),

            // The job ended and nothing is left of it.
            (null, JobState.Fail) => ResourceOutcome.Gone.Instance,
            _ => throw new ResourceException(
                FailureKind.Unknown, $"reading the volume of job {jobId}: the job has the status \"{job.Status}\", which is not known"),
        };
    }
}
