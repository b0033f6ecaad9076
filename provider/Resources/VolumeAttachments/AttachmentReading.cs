using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using static PulumiEvs.Resources.VolumeAttachments.AttachmentDeclaration;

namespace PulumiEvs.Resources.VolumeAttachments;

/// <summary>Reads an attachment from its disk. It is gone when the disk is, or when the disk is not attached to the server.</summary>
internal sealed class AttachmentReading(EvsSession session)
{
    public async Task<ResourceOutcome> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        using var bound = session.Deadline.Bound(cancellationToken);
        var id = VolumeAttachments.AttachmentId.Parse(request.Id);
        var state = request.State ?? PropertyMap.Empty;
        var volume = await session.Client.FindVolumeAsync(id.VolumeId, bound.Token);
        if (AttachmentOutputs.Find(volume, id.ServerId) is { } attachment && volume!.Status != "attaching")
        {
            var inputs = request.Inputs is { Count: > 0 } known ? Refresh(attachment, known, state) : Import(id);
            return new ResourceOutcome.Done(
                request.Id, AttachmentOutputs.Of(id, attachment, request.Inputs ?? PropertyMap.Empty, state[JobId]), inputs);
        }

        return CreationMark.Of(state) == CreationState.Unfinished && volume is not null && await IsUnderWayAsync(volume, state, bound.Token)
            ? new ResourceOutcome.Partial(
                request.Id,
                state,
                [$"volume {id.VolumeId} is still being attached to server {id.ServerId}; the next `pulumi up` goes on waiting."],
                request.Inputs)
            : ResourceOutcome.Gone.Instance;
    }

    private async Task<bool> IsUnderWayAsync(Volume volume, PropertyMap state, CancellationToken cancellationToken)
    {
        if (volume.Status == "attaching")
        {
            return true;
        }

        if (InputReader.Text(state[JobId]) is not { } jobId)
        {
            return false;
        }

        try
        {
            var job = await session.Client.GetEcsJobAsync(jobId, cancellationToken);
            return job.State is JobState.Init or JobState.Running or JobState.Success;
        }
        catch (EvsException e) when (e.Class == ErrorClass.JobUnknown || e.IsDefinitelyNotFound)
        {
            // Jobs are forgotten a day after their end: then the disk has the last word.
            return false;
        }
    }

    /// <summary>The device is the cloud's choice: a program that did not name one is not given one.</summary>
    private static PropertyMap Import(AttachmentId id) => PropertyMap.Of((VolumeId, id.VolumeId), (ServerId, id.ServerId));

    /// <summary>The device is drift only when it changed since it was last seen: the cloud may have named it otherwise from the start.</summary>
    private static PropertyMap Refresh(VolumeAttachment attachment, PropertyMap inputs, PropertyMap state)
    {
        var (known, now, before) = (inputs[Device], attachment.Device, state[Device].Unmarked());
        return known.IsAbsent || string.IsNullOrEmpty(now) || before.IsAbsent || before.Equals((PropertyValue)now)
            ? inputs
            : inputs.With(Device, SecretMarks.Carry(known, now));
    }
}
