using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using EvsSimulator.Core;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Jobs;
using EvsSimulator.Core.Volumes;

namespace EvsSimulator.Http.Local;

/// <summary>A server to attach a volume to.</summary>
internal sealed record AttachEdit
{
    public required string ServerId { get; init; }

    public string? Device { get; init; }
}

/// <summary>A snapshot to add to a volume.</summary>
internal sealed record SnapshotEdit
{
    public string Name { get; init; } = "snapshot";

    public string Status { get; init; } = SnapshotStatus.Available;
}

/// <summary>A change to a volume behind the back of whoever manages it: at once, and without any rule of the API.</summary>
internal sealed record VolumeEdit
{
    public string? Status { get; init; }

    public int? Size { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? VolumeType { get; init; }

    public bool? Bootable { get; init; }

    public bool? Multiattach { get; init; }

    public int? Iops { get; init; }

    public int? Throughput { get; init; }

    public string? EnterpriseProjectId { get; init; }

    /// <summary>Replaces all tags.</summary>
    public ImmutableSortedDictionary<string, string>? Tags { get; init; }

    /// <summary>Sets these keys; a null removes the key.</summary>
    public ImmutableSortedDictionary<string, string?>? Metadata { get; init; }

    public AttachEdit? Attach { get; init; }

    /// <summary>The server to detach from; <c>*</c> for all.</summary>
    public string? Detach { get; init; }

    public SnapshotEdit? AddSnapshot { get; init; }

    /// <summary>Removes the volume with its snapshots.</summary>
    public bool Delete { get; init; }

    /// <exception cref="FormatException">The text is no edit; the message says why.</exception>
    public static VolumeEdit Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, VolumeEditJson.Default.VolumeEdit)
                ?? throw new FormatException("a change must be a JSON object");
        }
        catch (JsonException e)
        {
            throw new FormatException(JsonProblem.Describe(e), e);
        }
    }

    /// <summary>Makes the change; the answer is the volume as it is then, or was before it was deleted.</summary>
    public Outcome<Volume> Apply(World world, string volumeId)
    {
        if (world.Store.Volume(volumeId) is not { } volume)
        {
            return Refusal.Of("EVS.5404");
        }

        if (Delete)
        {
            foreach (var id in world.Store.SnapshotsOf(volumeId).ToArray())
            {
                world.Store.Remove(world.Store.Snapshot(id)!, world.Now);
            }

            world.Store.Remove(volume, world.Now);
            return volume;
        }

        world.Store.Put(Servers(Fields(volume, world.Now), world));
        if (AddSnapshot is { } snapshot)
        {
            world.Store.Put(new Snapshot
            {
                Id = world.Draws.Uuid(),
                ProjectId = volume.ProjectId,
                VolumeId = volume.Id,
                Name = snapshot.Name,
                Status = snapshot.Status,
                Size = volume.Size,
                VolumeType = volume.Type,
                Zone = volume.Zone,
                UserId = volume.UserId,
                CreatedAt = world.Now,
            });
        }

        return world.Store.Volume(volumeId)!;
    }

    private Volume Fields(Volume volume, DateTimeOffset now) => volume with
    {
        Status = Status ?? volume.Status,
        Size = Size ?? volume.Size,
        Name = Name ?? volume.Name,
        Description = Description ?? volume.Description,
        Type = VolumeType ?? volume.Type,
        Bootable = Bootable ?? volume.Bootable,
        Multiattach = Multiattach ?? volume.Multiattach,
        Iops = Iops ?? volume.Iops,
        Throughput = Throughput ?? volume.Throughput,
        EnterpriseProjectId = EnterpriseProjectId ?? volume.EnterpriseProjectId,
        Tags = Tags ?? volume.Tags,
        Metadata = (Metadata ?? ImmutableSortedDictionary<string, string?>.Empty).Aggregate(volume.Metadata, (held, entry) =>
            entry.Value is null ? held.Remove(entry.Key) : held.SetItem(entry.Key, entry.Value)),
        UpdatedAt = now,
    };

    private Volume Servers(Volume volume, World world)
    {
        foreach (var attachment in volume.Attachments.Where(attachment => Detach == "*" || attachment.ServerId == Detach))
        {
            volume = WorkEnd.Detached(volume, attachment.ServerId, world.Now);
        }

        return Attach is null
            ? volume
            : WorkEnd.Attached(
                volume,
                new Work.Attach(volume.Id, Attach.ServerId, world.Draws.Uuid(), Attach.Device ?? "/dev/vdb", volume.Status),
                world.Now);
    }
}

/// <summary>An edit's JSON; unknown members are errors.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(VolumeEdit))]
internal sealed partial class VolumeEditJson : JsonSerializerContext;
