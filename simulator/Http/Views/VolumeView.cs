using System.Text.Json;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Volumes;

namespace EvsSimulator.Http.Views;

/// <summary>Which of the APIs shows the volume; they differ in a few members.</summary>
internal enum VolumeDialect
{
    /// <summary><c>/v2/.../cloudvolumes</c>.</summary>
    Evs,

    /// <summary><c>/v3/.../os-vendor-volumes</c>.</summary>
    EvsV3,

    /// <summary><c>/v2|v3/.../volumes</c>.</summary>
    Cinder,
}

/// <summary>Writes volumes as the API shows them, odd types included.</summary>
internal static class VolumeView
{
    /// <summary>The host in links is one inside the cloud: they are not meant to be followed.</summary>
    public const string InternalHost = "https://volume.localdomain.com:8776";

    public static void WriteWrapped(Utf8JsonWriter json, Volume volume, VolumeDialect dialect)
    {
        json.WriteStartObject();
        json.WritePropertyName("volume");
        Write(json, volume, dialect);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Volume volume, VolumeDialect dialect)
    {
        json.WriteStartObject();
        json.WriteString("id", volume.Id);
        WriteLinks(json, volume);
        json.WriteString("name", volume.Name);
        json.WriteString("status", volume.Status);
        WriteAttachments(json, volume);
        json.WriteString("availability_zone", volume.Zone);
        json.WriteString("os-vol-host-attr:host", $"{volume.Zone}#{volume.Type}");
        json.WriteNull("source_volid");
        json.WriteString("snapshot_id", volume.SnapshotId);
        json.WriteString("description", volume.Description);
        json.WriteString("created_at", JsonWriting.VolumeTime(volume.CreatedAt));
        json.WriteOptionalTime("updated_at", volume.UpdatedAt);
        json.WriteString("os-vol-tenant-attr:tenant_id", volume.ProjectId);
        WriteImage(json, volume);
        json.WriteString("volume_type", volume.Type);
        json.WriteNumber("size", volume.Size);
        json.WriteNull("consistencygroup_id");
        json.WriteString("bootable", volume.Bootable ? "true" : "false");
        json.WriteTexts("metadata", volume.Metadata);
        json.WriteBoolean("encrypted", volume.Encrypted);
        json.WriteString("replication_status", "disabled");
        json.WriteNull("os-volume-replication:extended_status");
        json.WriteNull("os-vol-mig-status-attr:migstat");
        json.WriteNull("os-vol-mig-status-attr:name_id");
        json.WriteString("user_id", volume.UserId);
        json.WriteBoolean("multiattach", volume.Multiattach);
        if (dialect != VolumeDialect.Cinder)
        {
            WriteOwnMembers(json, volume, dialect);
        }

        json.WriteEndObject();
    }

    public static void WriteShort(Utf8JsonWriter json, Volume volume)
    {
        json.WriteStartObject();
        json.WriteString("id", volume.Id);
        WriteLinks(json, volume);
        json.WriteString("name", volume.Name);
        json.WriteEndObject();
    }

    private static void WriteOwnMembers(Utf8JsonWriter json, Volume volume, VolumeDialect dialect)
    {
        json.WriteBoolean("shareable", volume.Multiattach);
        json.WriteString("service_type", "EVS");
        json.WriteNull("dedicated_storage_id");
        json.WriteNull("dedicated_storage_name");
        json.WriteTexts("tags", volume.Tags);
        json.WriteString("enterprise_project_id", volume.EnterpriseProjectId);
        json.WriteString("wwn", dialect == VolumeDialect.Evs ? " " + volume.Wwn : volume.Wwn);
        if (volume.IsScsi)
        {
            json.WriteString("serial_number", volume.Wwn[^20..]);
        }

        WritePerformance(json, "iops", volume, volume.Iops, dialect);
        WritePerformance(json, "throughput", volume, volume.Throughput, dialect);
        if (dialect == VolumeDialect.EvsV3)
        {
            json.WriteString("backup_id", volume.BackupId ?? "null");
            json.WriteNull("snapshot_policy_id");
        }
    }

    private static void WritePerformance(Utf8JsonWriter json, string name, Volume volume, int? value, VolumeDialect dialect)
    {
        if (value is not { } total || VolumeTypes.PerformanceOf(volume.Type) is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteBoolean("frozened", false);
        json.WriteString("id", $"{name}-{volume.Id}");
        json.WriteNumber("total_val", total);
        if (dialect == VolumeDialect.EvsV3)
        {
            json.WriteString("volume_id", volume.Id);
        }

        json.WriteEndObject();
    }

    private static void WriteLinks(Utf8JsonWriter json, Volume volume)
    {
        json.WriteStartArray("links");
        WriteLink(json, $"{InternalHost}/v2/{volume.ProjectId}/volumes/{volume.Id}", "self");
        WriteLink(json, $"{InternalHost}/{volume.ProjectId}/volumes/{volume.Id}", "bookmark");
        json.WriteEndArray();
    }

    public static void WriteLink(Utf8JsonWriter json, string href, string rel)
    {
        json.WriteStartObject();
        json.WriteString("href", href);
        json.WriteString("rel", rel);
        json.WriteEndObject();
    }

    private static void WriteAttachments(Utf8JsonWriter json, Volume volume)
    {
        json.WriteStartArray("attachments");
        foreach (var attachment in volume.Attachments)
        {
            json.WriteStartObject();
            json.WriteString("server_id", attachment.ServerId);
            json.WriteString("attachment_id", attachment.AttachmentId);
            json.WriteString("attached_at", JsonWriting.VolumeTime(attachment.AttachedAt));
            json.WriteNull("host_name");
            json.WriteString("volume_id", volume.Id);
            json.WriteString("device", attachment.Device);
            json.WriteString("id", volume.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteImage(Utf8JsonWriter json, Volume volume)
    {
        json.WriteStartObject("volume_image_metadata");
        if (volume.ImageId is not null)
        {
            json.WriteString("image_id", volume.ImageId);
            json.WriteString("image_name", volume.ImageName);
            json.WriteString("container_format", "bare");
            json.WriteString("disk_format", "zvhd2");
        }

        json.WriteEndObject();
    }
}
