using EvsSimulator.Core.Volumes;

namespace EvsSimulator.Core.Jobs;

/// <summary>Carries out what a job's end changes. The volume may have been changed or removed in the meantime.</summary>
internal static class WorkEnd
{
    private static readonly JobFailure VolumeGone = new("EVS.5404", "Resource(Volume, Snapshot, Backup .etc) cound not be found.");

    /// <summary>Changes the state as the end of the job demands and says how the job ended.</summary>
    public static JobFailure? CarryOut(Store store, Job job, Work work, DateTimeOffset at) => work switch
    {
        Work.Create create => OnVolume(store, create.VolumeId, job, volume => EndCreate(store, job, create, volume, at)),
        Work.Delete delete => EndDelete(store, job, delete, at),
        Work.Extend extend => OnVolume(store, extend.VolumeId, job, volume => store.Put(job.Failure is null
            ? volume with { Size = extend.NewSize, Status = volume.SettledStatus, UpdatedAt = at }
            : Failed(job, volume, VolumeStatus.ErrorExtending, extend.StatusBefore, at))),
        Work.Retype retype => OnVolume(store, retype.VolumeId, job, volume => store.Put(job.Failure is null
            ? volume with
            {
                Type = retype.NewType,
                Iops = retype.Iops,
                Throughput = retype.Throughput,
                Status = volume.SettledStatus,
                UpdatedAt = at,
            }
            : Failed(job, volume, VolumeStatus.Error, retype.StatusBefore, at))),
        Work.Qos qos => OnVolume(store, qos.VolumeId, job, volume =>
        {
            if (job.Failure is null)
            {
                store.Put(volume with { Iops = qos.Iops, Throughput = qos.Throughput ?? volume.Throughput, UpdatedAt = at });
            }
        }),
        Work.Attach attach => OnVolume(store, attach.VolumeId, job, volume => store.Put(job.Failure is null
            ? Attached(volume, attach, at)
            : volume with { Status = attach.StatusBefore, UpdatedAt = at })),
        Work.Detach detach => OnVolume(store, detach.VolumeId, job, volume => store.Put(job.Failure is null
            ? Detached(volume, detach.ServerId, at)
            : volume with { Status = volume.SettledStatus, UpdatedAt = at })),
        Work.SnapshotCreate create => OnSnapshot(store, create.SnapshotId, job, snapshot => store.Put(snapshot with
        {
            Status = job.Failure is null ? SnapshotStatus.Available : SnapshotStatus.Error,
            UpdatedAt = at,
        })),
        Work.SnapshotDelete delete => OnSnapshot(store, delete.SnapshotId, job, snapshot =>
        {
            if (job.Failure is null)
            {
                store.Remove(snapshot, at);
            }
            else
            {
                store.Put(snapshot with { Status = SnapshotStatus.ErrorDeleting, UpdatedAt = at });
            }
        }),
        Work.SnapshotRollback rollback => EndRollback(store, job, rollback, at),
        _ => throw new InvalidOperationException($"no end is known for {work.GetType().Name}"),
    };

    /// <summary>The volume with a server more.</summary>
    public static Volume Attached(Volume volume, Work.Attach attach, DateTimeOffset at) => volume with
    {
        Status = VolumeStatus.InUse,
        Attachments = volume.Attachments.Add(new Attachment(attach.AttachmentId, attach.ServerId, attach.Device, at)),
        Metadata = volume.Metadata.SetItem(MetadataKeys.AttachedMode, "rw").SetItem(MetadataKeys.ReadOnly, "False"),
        UpdatedAt = at,
    };

    /// <summary>The volume without a server.</summary>
    public static Volume Detached(Volume volume, string serverId, DateTimeOffset at)
    {
        var rest = volume.Attachments.RemoveAll(attachment => attachment.ServerId == serverId);
        return volume with
        {
            Attachments = rest,
            Status = rest.IsEmpty ? VolumeStatus.Available : VolumeStatus.InUse,
            Metadata = rest.IsEmpty ? volume.Metadata.Remove(MetadataKeys.AttachedMode) : volume.Metadata,
            UpdatedAt = at,
        };
    }

    private static void EndCreate(Store store, Job job, Work.Create create, Volume volume, DateTimeOffset at)
    {
        if (job.Failure is null)
        {
            var made = volume with { Status = VolumeStatus.Available, UpdatedAt = at };
            store.Put(create.Then is null ? made : Attached(made, create.Then, at));
        }
        else if (job.Remains == Remains.Error)
        {
            store.Put(volume with { Status = VolumeStatus.Error, UpdatedAt = at });
        }
        else
        {
            store.Remove(volume, at);
        }
    }

    private static JobFailure? EndDelete(Store store, Job job, Work.Delete delete, DateTimeOffset at)
    {
        if (store.Volume(delete.VolumeId) is not { } volume)
        {
            return job.Failure;
        }

        if (job.Failure is not null)
        {
            store.Put(Failed(job, volume, VolumeStatus.ErrorDeleting, delete.StatusBefore, at));
            return job.Failure;
        }

        foreach (var id in store.SnapshotsOf(volume.Id).ToArray())
        {
            store.Remove(store.Snapshot(id)!, at);
        }

        store.Remove(volume, at);
        return null;
    }

    private static JobFailure? EndRollback(Store store, Job job, Work.SnapshotRollback rollback, DateTimeOffset at)
    {
        if (store.Snapshot(rollback.SnapshotId) is { } snapshot)
        {
            store.Put(snapshot with { Status = SnapshotStatus.Available, UpdatedAt = at });
        }

        return OnVolume(store, rollback.VolumeId, job, volume => store.Put(volume with
        {
            Status = job.Failure is null ? VolumeStatus.Available : VolumeStatus.ErrorRollingBack,
            UpdatedAt = at,
        }));
    }

    private static Volume Failed(Job job, Volume volume, string errorStatus, string statusBefore, DateTimeOffset at) =>
        volume with { Status = job.Remains == Remains.Error ? errorStatus : statusBefore, UpdatedAt = at };

    private static JobFailure? OnVolume(Store store, string volumeId, Job job, Action<Volume> end)
    {
        if (store.Volume(volumeId) is not { } volume)
        {
            return job.Failure ?? VolumeGone;
        }

        end(volume);
        return job.Failure;
    }

    private static JobFailure? OnSnapshot(Store store, string snapshotId, Job job, Action<Snapshot> end)
    {
        if (store.Snapshot(snapshotId) is not { } snapshot)
        {
            return job.Failure ?? VolumeGone;
        }

        end(snapshot);
        return job.Failure;
    }
}
