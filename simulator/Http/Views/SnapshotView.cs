using System.Text.Json;
using EvsSimulator.Core.Volumes;

namespace EvsSimulator.Http.Views;

/// <summary>Writes snapshots as the API shows them.</summary>
internal static class SnapshotView
{
    public static void WriteWrapped(Utf8JsonWriter json, Snapshot snapshot, bool detailed)
    {
        json.WriteStartObject();
        json.WritePropertyName("snapshot");
        Write(json, snapshot, detailed);
        json.WriteEndObject();
    }

    /// <param name="detailed">With the members that a create's and a short list's answer leave out.</param>
    public static void Write(Utf8JsonWriter json, Snapshot snapshot, bool detailed)
    {
        json.WriteStartObject();
        json.WriteString("id", snapshot.Id);
        json.WriteString("name", snapshot.Name);
        json.WriteString("description", snapshot.Description);
        json.WriteString("status", snapshot.Status);
        json.WriteString("volume_id", snapshot.VolumeId);
        json.WriteNumber("size", snapshot.Size);
        json.WriteTexts("metadata", snapshot.Metadata);
        json.WriteString("created_at", JsonWriting.VolumeTime(snapshot.CreatedAt));
        json.WriteOptionalTime("updated_at", snapshot.UpdatedAt);
        if (detailed)
        {
            json.WriteString("os-extended-snapshot-attributes:progress", snapshot.Status == SnapshotStatus.Creating ? "0%" : "100%");
            json.WriteString("os-extended-snapshot-attributes:project_id", snapshot.ProjectId);
            json.WriteString("service_type", "EVS");
            json.WriteNull("dedicated_storage_id");
            json.WriteNull("dedicated_storage_name");
        }

        json.WriteEndObject();
    }
}
