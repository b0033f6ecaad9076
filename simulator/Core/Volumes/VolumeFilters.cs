using System.Collections.Immutable;
using System.Text.Json;
using EvsSimulator.Core.Catalog;

namespace EvsSimulator.Core.Volumes;

/// <summary>The filters of a list of volumes, by the name of the query parameter.</summary>
internal static class VolumeFilters
{
    private const string AllEnterpriseProjects = "all_granted_eps";

    public static readonly ImmutableArray<string> Names =
    [
        "name", "status", "metadata", "not_metadata", "availability_zone", "multiattach", "service_type", "dedicated_storage_id",
        "dedicated_storage_name", "volume_type_id", "id", "enterprise_project_id", "server_id",
    ];

    public static bool Matches(Volume volume, string filter, string value, Settings settings) => filter switch
    {
        "name" => settings.NameFilter == NameFilter.Exact
            ? volume.Name == value
            : volume.Name.Contains(value, StringComparison.OrdinalIgnoreCase),
        "status" => volume.Status == value,
        "metadata" => Pairs(value).All(pair => volume.Metadata.TryGetValue(pair.Key, out var held) && held == pair.Value),
        "not_metadata" => !Pairs(value).Any(pair => volume.Metadata.TryGetValue(pair.Key, out var held) && held == pair.Value),
        "availability_zone" => volume.Zone == value,
        "multiattach" => bool.TryParse(value, out var wanted) && volume.Multiattach == wanted,
        "service_type" => value == "EVS",
        "dedicated_storage_id" or "dedicated_storage_name" => false,
        "volume_type_id" => settings.Type(volume.Type)?.Id == value,
        "id" => volume.Id == value,
        "enterprise_project_id" => value == AllEnterpriseProjects || volume.EnterpriseProjectId == value,
        "server_id" => volume.Attachments.Any(attachment => attachment.ServerId == value),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "not a filter of the list"),
    };

    /// <summary>Whether a metadata filter can be read: a JSON object of texts.</summary>
    public static bool IsMetadata(string value)
    {
        try
        {
            using var json = JsonDocument.Parse(value);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static List<KeyValuePair<string, string>> Pairs(string value)
    {
        if (!IsMetadata(value))
        {
            return [];
        }

        using var json = JsonDocument.Parse(value);
        return [.. json.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.ToString()))];
    }
}
