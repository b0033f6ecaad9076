using System.Collections.Frozen;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Jobs;

namespace EvsSimulator.Core.Volumes;

/// <summary>Changes a volume that is there: text, size, type, performance, deletion. Each checks the volume's state first.</summary>
internal static class VolumeChanges
{
    private const int MaxSnapshotsForRetype = 128;

    /// <summary>The states a volume can be deleted in; <c>error_deleting</c> is not one of them.</summary>
    private static readonly FrozenSet<string> Deletable = FrozenSet.Create(
        StringComparer.Ordinal,
        VolumeStatus.Available,
        VolumeStatus.Error,
        VolumeStatus.ErrorExtending,
        VolumeStatus.ErrorRestoring,
        VolumeStatus.ErrorRollingBack);

    /// <summary>The states of a server in which a disk of it can grow.</summary>
    private static readonly FrozenSet<string> ServersThatLetDisksGrow =
        FrozenSet.Create(StringComparer.Ordinal, "ACTIVE", "PAUSED", "SUSPENDED", "SHUTOFF");

    /// <summary>The volume, if the project has it and it can be seen already.</summary>
    public static Outcome<Volume> Find(World world, string projectId, string volumeId) =>
        world.Store.Volume(volumeId) is { } volume && volume.ProjectId == projectId && volume.VisibleAt <= world.Moment
            ? volume
            : Refusal.Of("EVS.5404");

    public static Outcome<Volume> Update(World world, string projectId, string volumeId, string? name, string? description)
    {
        if (name is null && description is null)
        {
            return Refusal.Of("EVS.1007");
        }

        if ((TextRules.CheckName(name) ?? TextRules.CheckDescription(description)) is { } wrong)
        {
            return wrong;
        }

        if (!Find(world, projectId, volumeId).Succeeded(out var volume, out var refusal))
        {
            return refusal;
        }

        world.Store.Put(volume with
        {
            Name = name ?? volume.Name,
            Description = description ?? volume.Description,
            UpdatedAt = world.Now,
        });
        return world.Store.Volume(volumeId)!;
    }

    /// <param name="cascade">False: a volume that has snapshots is refused, as cinder does; true: they go with it.</param>
    public static Outcome<Job> Delete(World world, string projectId, string volumeId, bool cascade, bool hasDocument, JobFate fate)
    {
        if (!Find(world, projectId, volumeId).Succeeded(out var volume, out var refusal))
        {
            return refusal;
        }

        refusal = volume.IsPrepaid ? Refusal.Of("EVS.1035")
            : volume.Status == VolumeStatus.BackingUp ? Refusal.Of("EVS.2130")
            : !Deletable.Contains(volume.Status) ? Refusal.Of("EVS.1046")
            : !cascade && world.Store.SnapshotsOf(volumeId).Count > 0
                ? new Refusal(400, "EVS.5400", "Invalid volume: Volume still has dependent snapshots.")
            : null;
        if (refusal is not null)
        {
            return refusal;
        }

        var job = Submit(world, JobTypes.DeleteVolume, volume, new Work.Delete(volumeId, volume.Status), hasDocument, fate);
        world.Store.Put(volume with { Status = VolumeStatus.Deleting, UpdatedAt = world.Now });
        return job;
    }

    public static Outcome<Job> Extend(World world, string projectId, string volumeId, int? newSize, bool hasDocument, JobFate fate)
    {
        if (newSize is not { } size)
        {
            return Refusal.Of("EVS.1010");
        }

        if (!Find(world, projectId, volumeId).Succeeded(out var volume, out var refusal))
        {
            return refusal;
        }

        refusal = size > LargestSize(volume) ? Refusal.Of("EVS.1010") : CheckExtend(world, volume, size);
        if (refusal is not null)
        {
            return refusal;
        }

        var job = Submit(world, JobTypes.ExtendVolume, volume, new Work.Extend(volumeId, size, volume.Status), hasDocument, fate);
        world.Store.Put(volume with { Status = VolumeStatus.Extending, UpdatedAt = world.Now });
        return job;
    }

    public static Outcome<Job> Retype(
        World world, string projectId, string volumeId, string? newType, int? iops, int? throughput, JobFate fate)
    {
        if (!Find(world, projectId, volumeId).Succeeded(out var volume, out var refusal))
        {
            return refusal;
        }

        refusal = CheckRetype(world, volume, newType) ?? PerformanceRules.Check(newType!, volume.Size, iops, throughput);
        if (refusal is not null)
        {
            return refusal;
        }

        var work = new Work.Retype(volumeId, newType!, iops, throughput, volume.Status);
        var job = Submit(world, JobTypes.RetypeVolume, volume, work, hasDocument: true, fate);
        world.Store.Put(volume with { Status = VolumeStatus.Retyping, UpdatedAt = world.Now });
        return job;
    }

    public static Outcome<Job> ModifyQos(World world, string projectId, string volumeId, int? iops, int? throughput, JobFate fate)
    {
        if (iops is null)
        {
            return Refusal.Of("EVS.1070");
        }

        if (!Find(world, projectId, volumeId).Succeeded(out var volume, out var refusal))
        {
            return refusal;
        }

        var newThroughput = throughput ?? volume.Throughput;
        refusal = !IsSettled(volume) ? Refusal.Of("EVS.1031")
            : PerformanceRules.Check(volume.Type, volume.Size, iops, newThroughput);
        return refusal is null
            ? Submit(world, JobTypes.ModifyVolumeQos, volume, new Work.Qos(volumeId, iops.Value, newThroughput), hasDocument: true, fate)
            : refusal;
    }

    private static Refusal? CheckExtend(World world, Volume volume, int size)
    {
        var serverStates = volume.Attachments.Select(attachment => world.Settings.Sources.Server(attachment.ServerId)?.Status);
        var refusal = size <= volume.Size ? Refusal.Of("EVS.1015")
            : volume.Status == VolumeStatus.Available ? null
            : volume.Status != VolumeStatus.InUse ? Refusal.Of("EVS.1064")
            : volume.Multiattach ? Refusal.Of("EVS.1065")
            : serverStates.Any(status => status is null || !ServersThatLetDisksGrow.Contains(status)) ? Refusal.Of("EVS.1066")
            : null;
        return refusal ?? QuotaRules.CheckGigabytes(
            world.Settings, world.Store.Project(volume.ProjectId).Usage, volume.Type, size - volume.Size, size);
    }

    private static Refusal? CheckRetype(World world, Volume volume, string? newType)
    {
        var snapshots = world.Store.SnapshotsOf(volume.Id);
        return !IsSettled(volume) ? Refusal.Of("EVS.1031")
            : string.IsNullOrEmpty(newType) ? Refusal.Of("EVS.1020")
            : (CreateRules.CheckTypeAndZone(newType, volume.Zone, world.Settings)
                ?? (!VolumeTypes.CanRetype(volume.Type, newType) ? Refusal.Of("EVS.2087")
                    : snapshots.Count > MaxSnapshotsForRetype ? Refusal.Of("EVS.2087")
                    : snapshots.Any(id => world.Store.Snapshot(id)!.Status == SnapshotStatus.Deleting) ? Refusal.Of("EVS.1031")
                    : null));
    }

    private static Job Submit(World world, string kind, Volume volume, Work work, bool hasDocument, JobFate fate)
    {
        var job = world.Jobs.Plan(kind, volume.ProjectId, fate, world.Settings, world.Moment);
        return world.Jobs.Submit(JobEngine.About(job with { Work = work, HasDocument = hasDocument }, JobSubject.Of(volume)));
    }

    private static bool IsSettled(Volume volume) => volume.Status is VolumeStatus.Available or VolumeStatus.InUse;

    private static int LargestSize(Volume volume) => volume.Bootable ? CreateRules.MaxSystemDisk : CreateRules.MaxDataDisk;
}
