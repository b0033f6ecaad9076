using System.Globalization;
using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Models;

/// <summary>As much of a disk as is needed to see that it has moved. Of pages with a thousand disks all else is skipped unread.</summary>
internal sealed record VolumeGlance
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>UTC without a zone letter (EVS API reference, disk details), as given.</summary>
    public string? CreatedAt { get; init; }

    [JsonIgnore]
    public DateTimeOffset? Created =>
        DateTimeOffset.TryParse(
            CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var created)
            ? created
            : null;
}

internal sealed record VolumeGlancePage
{
    public required IReadOnlyList<VolumeGlance> Volumes { get; init; }

    [JsonPropertyName("volumes_links")]
    public IReadOnlyList<Link>? Links { get; init; }
}
