using System.Collections.Immutable;
using System.Globalization;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Jobs;

namespace EvsSimulator.Core.Volumes;

/// <summary>What a snapshot is made from.</summary>
internal sealed record SnapshotRequest(
    string? VolumeId, string? Name, string? Description, bool Force, ImmutableSortedDictionary<string, string> Metadata);

/// <summary>Makes, changes and deletes snapshots, and rolls volumes back to them. No jobs: the status tells.</summary>
internal static class SnapshotOperations
{
    /// <summary>Snapshots of this prefix belong to backups.</summary>
    private const string BackupPrefix = "autobk_snapshot_";

    private static readonly ImmutableArray<string> Inherited =
        [MetadataKeys.Encrypted, MetadataKeys.KeyId, MetadataKeys.Passthrough];

    public static Outcome<Snapshot> Find(World world, string projectId, string snapshotId) =>
        world.Store.Snapshot(snapshotId) is { } snapshot && snapshot.ProjectId == projectId ? snapshot : Refusal.Of("EVS.5404");

    public static Outcome<Snapshot> Create(World world, string projectId, string userId, SnapshotRequest request, JobFate fate)
    {
        if (string.IsNullOrEmpty(request.VolumeId))
        {
            return Refusal.Of("EVS.1002");
        }

        if (request.Name?.StartsWith(BackupPrefix, StringComparison.Ordinal) == true)
        {
            return Refusal.WithText("EVS.5400", $"Snapshot names must not start with {BackupPrefix}");
        }

        if (!VolumeChanges.Find(world, projectId, request.VolumeId).Succeeded(out var volume, out var refusal))
        {
            return refusal;
        }

        refusal = TextRules.CheckName(request.Name)
            ?? TextRules.CheckDescription(request.Description)
            ?? CheckVolume(volume, request.Force)
            ?? (QuotaRules.SnapshotFits(world.Settings, world.Store.Project(projectId).Usage, volume.Type) ? null : Refusal.Of("EVS.5413"));
        if (refusal is not null)
        {
            return refusal;
        }

        var snapshot = new Snapshot
        {
            Id = world.Draws.Uuid(),
            ProjectId = projectId,
            UserId = userId,
            VolumeId = volume.Id,
            Name = request.Name ?? "",
            Description = request.Description,
            Status = SnapshotStatus.Creating,
            Size = volume.Size,
            VolumeType = volume.Type,
            Zone = volume.Zone,
            Metadata = request.Metadata,
            Inherited = volume.Metadata.RemoveRange(volume.Metadata.Keys.Where(key => !Inherited.Contains(key))),
            CreatedAt = world.Now,
        };
        world.Store.Put(snapshot);
        Submit(world, JobTypes.CreateSnapshot, projectId, new Work.SnapshotCreate(snapshot.Id), fate);
        return snapshot;
    }

    public static Outcome<Snapshot> Update(World world, string projectId, string snapshotId, string? name, string? description)
    {
        if ((TextRules.CheckName(name) ?? TextRules.CheckDescription(description)) is { } wrong)
        {
            return wrong;
        }

        if (!Find(world, projectId, snapshotId).Succeeded(out var snapshot, out var refusal))
        {
            return refusal;
        }

        snapshot = snapshot with
        {
            Name = name ?? snapshot.Name,
            Description = description ?? snapshot.Description,
            UpdatedAt = world.Now,
        };
        world.Store.Put(snapshot);
        return snapshot;
    }

    public static Outcome<Snapshot> Delete(World world, string projectId, string snapshotId, JobFate fate)
    {
        if (!Find(world, projectId, snapshotId).Succeeded(out var snapshot, out var refusal))
        {
            return refusal;
        }

        if (snapshot.Status is not (SnapshotStatus.Available or SnapshotStatus.Error))
        {
            return Refusal.Of("EVS.1047");
        }

        Submit(world, JobTypes.DeleteSnapshot, projectId, new Work.SnapshotDelete(snapshotId), fate);
        snapshot = snapshot with { Status = SnapshotStatus.Deleting, UpdatedAt = world.Now };
        world.Store.Put(snapshot);
        return snapshot;
    }

    /// <summary>Puts a volume back to what it was when the snapshot was taken; only the snapshot's own volume can be.</summary>
    public static Outcome<Snapshot> Rollback(World world, string projectId, string snapshotId, string? volumeId, JobFate fate)
    {
        if (!Find(world, projectId, snapshotId).Succeeded(out var snapshot, out var refusal))
        {
            return refusal;
        }

        if (volumeId != snapshot.VolumeId)
        {
            return Refusal.Of("EVS.1002");
        }

        if (!VolumeChanges.Find(world, projectId, volumeId).Succeeded(out var volume, out refusal))
        {
            return refusal;
        }

        refusal = snapshot.Status != SnapshotStatus.Available ? Refusal.Of("EVS.2043")
            : volume.Status is not (VolumeStatus.Available or VolumeStatus.ErrorRollingBack) ? Refusal.Of("EVS.1031")
            : null;
        if (refusal is not null)
        {
            return refusal;
        }

        Submit(world, JobTypes.RollbackSnapshot, projectId, new Work.SnapshotRollback(snapshotId, volumeId), fate);
        world.Store.Put(volume with { Status = VolumeStatus.RollingBack, UpdatedAt = world.Now });
        snapshot = snapshot with { Status = SnapshotStatus.RollingBack, UpdatedAt = world.Now };
        world.Store.Put(snapshot);
        return snapshot;
    }

    private static Refusal? CheckVolume(Volume volume, bool force) => volume.Status switch
    {
        VolumeStatus.Available => null,
        VolumeStatus.InUse when force => null,
        VolumeStatus.InUse => Refusal.WithText(
            "EVS.5400", "Invalid volume: Volume status must be available when creating a snapshot without force."),
        _ => Refusal.WithText("EVS.5400", string.Create(
            CultureInfo.InvariantCulture, $"Invalid volume: Volume status [{volume.Status}] does not allow a snapshot.")),
    };

    private static void Submit(World world, string kind, string projectId, Work work, JobFate fate) =>
        world.Jobs.Submit(world.Jobs.Plan(kind, projectId, fate, world.Settings, world.Moment) with { HasDocument = false, Work = work });
}
