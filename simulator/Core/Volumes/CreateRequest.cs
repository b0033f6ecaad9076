using System.Collections.Immutable;
using System.Text.Json;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Core.Volumes;

/// <summary>The <c>volume</c> object of a create request, and what may stand beside it.</summary>
internal sealed record CreateRequest
{
    public string? Zone { get; init; }

    public string? Type { get; init; }

    public int? Size { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public int Count { get; init; } = 1;

    public bool Multiattach { get; init; }

    public string? SnapshotId { get; init; }

    public string? ImageId { get; init; }

    public string? BackupId { get; init; }

    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = Volume.NoText;

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = Volume.NoText;

    public string? EnterpriseProjectId { get; init; }

    public int? Iops { get; init; }

    public int? Throughput { get; init; }

    /// <summary>The server to attach to at once (v2.1).</summary>
    public string? ServerId { get; init; }

    public Billing? Billing { get; init; }

    public static Outcome<CreateRequest> Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Refusal.Of("EVS.1008");
        }

        var outer = new JsonInput(body);
        if (!outer.TryFind("volume", out var volume))
        {
            return Refusal.Of("EVS.1001");
        }

        if (volume.ValueKind != JsonValueKind.Object)
        {
            return Refusal.Of("EVS.1018");
        }

        var input = new JsonInput(volume);
        if (input.TryFind("shareable", out var shareable)
            && shareable.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            && !(shareable.ValueKind == JsonValueKind.String && shareable.GetString() is "true" or "false"))
        {
            return Refusal.Of("EVS.1054");
        }

        var request = new CreateRequest
        {
            Zone = input.Text("availability_zone"),
            Type = input.Text("volume_type"),
            Size = input.Number("size"),
            Name = input.Text("name"),
            Description = input.Text("description"),
            Count = input.Number("count") ?? 1,
            Multiattach = input.Flag("multiattach") ?? false,
            SnapshotId = NullIfEmpty(input.Text("snapshot_id")),
            ImageId = NullIfEmpty(input.Text("imageRef") ?? input.Text("image_id")),
            BackupId = NullIfEmpty(input.Text("backup_id")),
            Metadata = input.Texts("metadata") ?? Volume.NoText,
            Tags = input.Texts("tags") ?? Volume.NoText,
            EnterpriseProjectId = input.Text("enterprise_project_id"),
            Iops = input.Number("iops"),
            Throughput = input.Number("throughput"),
            ServerId = outer.Text("server_id"),
        };
        if ((input.Refusal ?? outer.Refusal) is { } refusal)
        {
            return refusal;
        }

        if (!outer.TryFind("bssParam", out var billing))
        {
            return request;
        }

        return Billing.Read(billing).Succeeded(out var terms, out var wrong) ? request with { Billing = terms } : wrong;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
