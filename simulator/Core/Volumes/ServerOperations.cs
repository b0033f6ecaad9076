using System.Globalization;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Jobs;

namespace EvsSimulator.Core.Volumes;

/// <summary>Attaches volumes to servers and detaches them: jobs of the server API (ECS).</summary>
internal static class ServerOperations
{
    private const string UnknownServer = "Ecs.0114";
    private const string BadRequest = "Ecs.0005";
    private const string FirstDevice = "/dev/vd";

    public static Outcome<Job> Attach(World world, string projectId, string serverId, string? volumeId, string? device, JobFate fate)
    {
        if (CheckServer(world, serverId) is { } noServer)
        {
            return noServer;
        }

        if (!VolumeChanges.Find(world, projectId, volumeId ?? "").Succeeded(out var volume, out var refusal))
        {
            return refusal;
        }

        var isAttached = volume.Attachments.Any(attachment => attachment.ServerId == serverId);
        if (isAttached || !(volume.Status == VolumeStatus.Available || (volume.Status == VolumeStatus.InUse && volume.Multiattach)))
        {
            return Refusal.Of("EVS.1031");
        }

        var taken = DevicesOf(world, projectId, serverId);
        if (device is not null && taken.Contains(device))
        {
            return new Refusal(400, BadRequest, $"The device {device} of server {serverId} is in use.");
        }

        var work = NewAttachment(world, volume, serverId, device ?? FreeDevice(taken));
        var job = Submit(world, JobTypes.AttachVolume, volume, work, fate);
        world.Store.Put(volume with { Status = VolumeStatus.Attaching, UpdatedAt = world.Now });
        return job;
    }

    public static Outcome<Job> Detach(World world, string projectId, string serverId, string volumeId, JobFate fate)
    {
        if (CheckServer(world, serverId) is { } noServer)
        {
            return noServer;
        }

        if (!VolumeChanges.Find(world, projectId, volumeId).Succeeded(out var volume, out var refusal))
        {
            return refusal;
        }

        if (!volume.Attachments.Any(attachment => attachment.ServerId == serverId))
        {
            return new Refusal(404, "EVS.5404", $"Volume {volumeId} is not attached to server {serverId}.");
        }

        if (volume.Status != VolumeStatus.InUse)
        {
            return Refusal.Of("EVS.1031");
        }

        var job = Submit(world, JobTypes.DetachVolume, volume, new Work.Detach(volumeId, serverId), fate);
        world.Store.Put(volume with { Status = VolumeStatus.Detaching, UpdatedAt = world.Now });
        return job;
    }

    /// <summary>An attachment still to be made.</summary>
    public static Work.Attach NewAttachment(World world, Volume volume, string serverId, string? device) => new(
        volume.Id,
        serverId,
        world.Draws.Uuid(),
        device ?? FreeDevice(DevicesOf(world, volume.ProjectId, serverId)),
        volume.Status);

    private static Refusal? CheckServer(World world, string serverId) =>
        world.Settings.Sources.Server(serverId) is null
            ? new Refusal(404, UnknownServer, $"Instance [{serverId}] could not be found.")
            : null;

    private static HashSet<string> DevicesOf(World world, string projectId, string serverId) =>
    [
        .. world.Store.Project(projectId).NewestFirst
            .SelectMany(volume => volume.Attachments)
            .Where(attachment => attachment.ServerId == serverId)
            .Select(attachment => attachment.Device),
    ];

    /// <summary>The next free device name from <c>/dev/vdb</c> on; the first is the system disk's.</summary>
    private static string FreeDevice(HashSet<string> taken)
    {
        for (var letter = 'b'; letter <= 'z'; letter++)
        {
            if (!taken.Contains(FirstDevice + letter))
            {
                return FirstDevice + letter;
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{FirstDevice}a{taken.Count}");
    }

    private static Job Submit(World world, string kind, Volume volume, Work work, JobFate fate) =>
        world.Submit(kind, volume.ProjectId, work, JobSubject.Of(volume), fate);
}
