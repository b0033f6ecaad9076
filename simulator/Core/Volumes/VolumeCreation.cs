using System.Collections.Immutable;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Jobs;

namespace EvsSimulator.Core.Volumes;

/// <summary>What a create was answered: the job, the new volumes in order, and the order when paid in advance.</summary>
internal sealed record Created(Job Job, ImmutableArray<Volume> Volumes, string? OrderId);

/// <summary>Makes volumes: through a job, one or many, or the cinder way, without a job.</summary>
internal static class VolumeCreation
{
    public static Outcome<Created> Create(World world, string projectId, string userId, CreateRequest request, JobFate fate)
    {
        if (!CreateRules.Check(request, world, projectId).Succeeded(out var plan, out var refusal))
        {
            return refusal;
        }

        if (request.ServerId is { } serverId && world.Settings.Sources.Server(serverId) is null)
        {
            return Refusal.Of("EVS.2131");
        }

        var orderId = request.Billing is { Prepaid: true } ? $"CS{world.Draws.Hex32()[..15].ToUpperInvariant()}" : null;
        var volumes = ImmutableArray.CreateBuilder<Volume>(request.Count);
        var jobs = new List<Job>(request.Count);
        for (var number = 1; number <= request.Count; number++)
        {
            var name = request.Count == 1 ? request.Name ?? "" : $"{request.Name ?? "volume"}-{number:0000}";
            var volume = NewVolume(world, projectId, userId, request, plan, name, orderId);
            var job = Start(world, volume, request.ServerId, fate.OfSubJob(number));
            volumes.Add(world.Store.Volume(volume.Id)!);
            jobs.Add(job);
        }

        var answer = jobs.Count == 1
            ? jobs[0]
            : world.Jobs.SubmitParent(JobTypes.BatchCreateVolume, projectId, jobs, fate, world.Moment);
        return new Created(answer, volumes.MoveToImmutable(), orderId);
    }

    /// <summary>The cinder create: the volume is there at once, and no job tells when it is done.</summary>
    public static Outcome<Volume> CreateCinder(World world, string projectId, string userId, CreateRequest request, JobFate fate)
    {
        var settings = world.Settings;
        var zoned = request with { Zone = request.Zone ?? settings.Zones[0], Type = request.Type ?? settings.Types[0].Name, Count = 1 };
        if (!CreateRules.Check(zoned, world, projectId, minSize: 1).Succeeded(out var plan, out var refusal))
        {
            return refusal;
        }

        var volume = NewVolume(world, projectId, userId, zoned, plan, zoned.Name ?? "", orderId: null);
        var job = world.Jobs.Plan(JobTypes.CreateVolume, projectId, fate, settings, world.Moment);
        world.Jobs.Submit(job with { HasDocument = false, Work = new Work.Create(volume.Id) });
        world.Store.Put(volume with { VisibleAt = world.Moment + fate.HiddenFor });
        return world.Store.Volume(volume.Id)!;
    }

    private static Job Start(World world, Volume volume, string? serverId, JobFate fate)
    {
        var job = world.Jobs.Plan(JobTypes.CreateVolume, volume.ProjectId, fate, world.Settings, world.Moment);
        var unborn = fate is { Failure: not null, Remains: Remains.Unborn };
        world.Store.Put(volume with { VisibleAt = unborn ? DateTimeOffset.MaxValue : job.RunsAt + fate.HiddenFor });
        var attach = serverId is null ? null : ServerOperations.NewAttachment(world, volume, serverId, device: null);
        job = job with { Work = new Work.Create(volume.Id, attach) };
        return world.Jobs.Submit(unborn ? job : JobEngine.About(job, JobSubject.Of(volume)));
    }

    private static Volume NewVolume(
        World world, string projectId, string userId, CreateRequest request, CreatePlan plan, string name, string? orderId)
    {
        var metadata = request.Metadata.Remove(MetadataKeys.CreateForVolumeId);
        metadata = plan.Snapshot is { } snapshot ? metadata.SetItems(snapshot.Inherited) : metadata;
        metadata = orderId is null ? metadata : metadata.SetItem(MetadataKeys.OrderId, orderId);
        return new Volume
        {
            Id = world.Draws.Uuid(),
            ProjectId = projectId,
            UserId = userId,
            Name = name,
            Description = request.Description,
            Status = plan.Image is null ? VolumeStatus.Creating : VolumeStatus.Downloading,
            Zone = request.Zone!,
            Type = request.Type!,
            Size = plan.Size,
            Multiattach = request.Multiattach,
            Bootable = plan.Image is { System: true },
            SnapshotId = plan.Snapshot?.Id,
            ImageId = plan.Image?.Id,
            ImageName = plan.Image?.Name,
            BackupId = plan.Backup?.Id,
            Metadata = metadata,
            Tags = request.Tags,
            EnterpriseProjectId = string.IsNullOrEmpty(request.EnterpriseProjectId) ? "0" : request.EnterpriseProjectId,
            Iops = request.Iops,
            Throughput = request.Throughput,
            Wwn = $"6888603{world.Draws.Hex32()[..25]}",
            CreatedAt = world.Now,
        };
    }
}
