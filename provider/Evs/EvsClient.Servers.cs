using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs;

internal sealed partial class EvsClient
{
    /// <summary>Attaches a disk to a server, by a job of ECS.</summary>
    /// <returns>As of <see cref="ExtendVolumeAsync"/>; the job is asked for with <see cref="GetEcsJobAsync"/>.</returns>
    public async Task<string?> AttachVolumeAsync(string serverId, string volumeId, string? device, CancellationToken ct)
    {
        var operation = $"attaching volume {volumeId} to server {serverId}";
        var request = await DescribeAsync(
            operation, HttpMethod.Post, "v1", $"cloudservers/{Escape(serverId)}/attachvolume", Idempotency.IdempotentWrite, ct, Ecs(operation));
        var body = new AttachRequest { VolumeAttachment = new AttachBody { VolumeId = volumeId, Device = device } };
        return await SubmitAsync(
            request with { Body = Body(body, EvsJson.Default.AttachRequest) },
            volumeId,
            volume => volume.Status == "attaching" || IsAttached(volume, serverId),
            ct);
    }

    /// <summary>Detaches a disk from a server, by a job of ECS.</summary>
    /// <returns>Null when the disk is gone or not attached to that server, or as of <see cref="ExtendVolumeAsync"/>.</returns>
    public async Task<string?> DetachVolumeAsync(string serverId, string volumeId, CancellationToken ct)
    {
        var operation = $"detaching volume {volumeId} from server {serverId}";
        var request = await DescribeAsync(
            operation,
            HttpMethod.Delete,
            "v1",
            $"cloudservers/{Escape(serverId)}/detachvolume/{Escape(volumeId)}",
            Idempotency.IdempotentWrite,
            ct,
            Ecs(operation));
        try
        {
            return await SubmitAsync(
                request, volumeId, volume => volume.Status == "detaching" || !IsAttached(volume, serverId), ct);
        }
        catch (EvsException e) when (e.IsDefinitelyNotFound)
        {
            // ECS does not say what is missing. Only what the disk itself says counts.
            if (await FindVolumeAsync(volumeId, ct) is { } volume && IsAttached(volume, serverId))
            {
                throw;
            }

            return null;
        }
    }

    /// <summary>Asks for the state of a job of ECS.</summary>
    public Task<Job> GetEcsJobAsync(string jobId, CancellationToken ct) =>
        GetJobAsync("reading ECS job", jobId, Ecs($"reading ECS job {jobId}"), ct);

    private static bool IsAttached(Volume volume, string serverId) => volume.Attachments.Any(attachment => attachment.ServerId == serverId);

    private Uri Ecs(string operation) => target.Ecs ?? throw new EvsException(new ErrorFacts
    {
        Operation = operation,
        ServiceMessage = "the address of ECS is not known",
        Hint = $"Set {Setting.EcsEndpoint}.",
        Knowledge = Knowledge.NotActedOn,
        Class = ErrorClass.Input,
    });
}
