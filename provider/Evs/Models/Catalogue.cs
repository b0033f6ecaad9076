using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Models;

/// <summary>A kind of disk that the cloud offers. The same name may occur several times with different ids.</summary>
internal sealed record VolumeType
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? IsPublic { get; init; }

    public string? QosSpecsId { get; init; }

    public IReadOnlyDictionary<string, string> ExtraSpecs { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>The zones that have this type; null when the answer does not say, which refuses nothing.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? AvailabilityZones => Split("RESKEY:availability_zones");

    /// <summary>The zones where it is sold out; empty when none or not said.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> SoldOutAvailabilityZones => Split("os-vendor-extended:sold_out_availability_zones") ?? [];

    private string[]? Split(string key) => ExtraSpecs.TryGetValue(key, out var zones)
        ? zones.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : null;
}

/// <summary>An availability zone and whether disks can be made in it.</summary>
internal sealed record AvailabilityZone
{
    [JsonPropertyName("zoneName")]
    public required string Name { get; init; }

    [JsonPropertyName("zoneState")]
    public AvailabilityZoneState? State { get; init; }

    /// <summary>Null when the answer does not say.</summary>
    [JsonIgnore]
    public bool? Available => State?.Available;
}

internal sealed record AvailabilityZoneState
{
    public bool? Available { get; init; }
}

/// <summary>
/// The quotas of a project by name: <c>volumes</c>, <c>gigabytes</c>, <c>snapshots</c>, <c>per_volume_gigabytes</c> and one of the
/// first three with <c>_{TYPE}</c> for each disk type. The names are data.
/// </summary>
[JsonConverter(typeof(QuotaSetConverter))]
internal sealed record QuotaSet
{
    public string? Id { get; init; }

    public required IReadOnlyDictionary<string, Quota> Quotas { get; init; }
}

/// <summary>One quota. A limit of -1 means none.</summary>
internal sealed record Quota
{
    public long InUse { get; init; }

    public long Limit { get; init; }

    public long Reserved { get; init; }

    /// <summary>What is left; null when there is no limit.</summary>
    [JsonIgnore]
    public long? Left => Limit < 0 ? null : Math.Max(0, Limit - InUse - Reserved);
}

/// <summary>A version of the API as the endpoint's root lists it.</summary>
internal sealed record ApiVersion
{
    public string? Id { get; init; }

    public string? Status { get; init; }

    public string? Version { get; init; }

    public string? MinVersion { get; init; }

    public string? Updated { get; init; }
}
