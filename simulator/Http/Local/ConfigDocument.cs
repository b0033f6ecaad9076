using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using EvsSimulator.Accounts;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Jobs;

namespace EvsSimulator.Http.Local;

/// <summary>A rate limit as written in a set-up; a rate of 0 means none.</summary>
internal sealed record RateLimitDocument(double PerSecond, double? Burst, int? RetryAfterSeconds);

/// <summary>
/// The set-up as JSON, in a file or through the admin endpoint. A member that is missing changes nothing; one that is
/// there replaces what was, except that quotas and durations are merged key by key.
/// </summary>
internal sealed record ConfigDocument
{
    /// <summary>The zones; unless <see cref="VolumeTypes"/> says otherwise, every type is in all of them.</summary>
    public ImmutableArray<string>? Zones { get; init; }

    /// <summary>Volume type to the zones that have it.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>>? VolumeTypes { get; init; }

    /// <summary>Volume type to the zones where it is sold out.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>>? SoldOut { get; init; }

    /// <summary>Limits by quota key; -1 means none.</summary>
    public ImmutableSortedDictionary<string, long>? Quotas { get; init; }

    /// <summary>Durations by kind of job.</summary>
    public ImmutableSortedDictionary<string, string>? JobDurations { get; init; }

    public double? TimeScale { get; init; }

    public RateLimitDocument? RateLimit { get; init; }

    /// <summary><c>exact</c> or <c>fuzzy</c>.</summary>
    public string? NameFilter { get; init; }

    public double? ClockOffsetSeconds { get; init; }

    public double? TokenLifetimeSeconds { get; init; }

    /// <summary>401 or 400.</summary>
    public int? InvalidTokenStatus { get; init; }

    /// <summary>True: ids of images, backups, keys and servers that are not listed are refused.</summary>
    public bool? ClosedCatalogs { get; init; }

    public ImmutableArray<ImageEntry>? Images { get; init; }

    public ImmutableArray<BackupEntry>? Backups { get; init; }

    public ImmutableArray<KeyEntry>? Keys { get; init; }

    public ImmutableArray<ServerEntry>? Servers { get; init; }

    public ImmutableArray<Project>? Projects { get; init; }

    public ImmutableArray<User>? Users { get; init; }

    public ImmutableArray<AccessKey>? AccessKeys { get; init; }

    public ImmutableArray<Token>? Tokens { get; init; }

    public ImmutableArray<Agency>? Agencies { get; init; }

    public ServerAgency? ServerAgency { get; init; }

    /// <exception cref="FormatException">The text is no set-up; the message says why.</exception>
    public static ConfigDocument Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ConfigJson.Default.ConfigDocument)
                ?? throw new FormatException("a set-up must be a JSON object");
        }
        catch (JsonException e)
        {
            throw new FormatException(JsonProblem.Describe(e), e);
        }
    }

    /// <exception cref="FormatException">A value cannot be used; the message names it.</exception>
    public Settings Apply(Settings settings)
    {
        settings = Zones is { } zones ? settings.WithZones(zones) : settings;
        return settings with
        {
            Types = VolumeTypes is null ? settings.Types : ReadTypes(settings, VolumeTypes),
            SoldOut = SoldOut ?? settings.SoldOut,
            Quotas = Quotas is null ? settings.Quotas : settings.Quotas.SetItems(Quotas),
            Durations = JobDurations is null ? settings.Durations : ReadDurations(settings.Durations, JobDurations),
            TimeScale = TimeScale switch
            {
                null => settings.TimeScale,
                > 0 => TimeScale.Value,
                _ => throw new FormatException($"timeScale is {TimeScale}, it must be above 0"),
            },
            RateLimit = ReadRateLimit(settings.RateLimit),
            NameFilter = NameFilter switch
            {
                null => settings.NameFilter,
                "exact" => Core.Catalog.NameFilter.Exact,
                "fuzzy" => Core.Catalog.NameFilter.Fuzzy,
                _ => throw new FormatException($"nameFilter is {NameFilter}, it must be exact or fuzzy"),
            },
            ClockOffset = ClockOffsetSeconds is { } offset ? TimeSpan.FromSeconds(offset) : settings.ClockOffset,
            TokenLifetime = TokenLifetimeSeconds is { } lifetime ? TimeSpan.FromSeconds(lifetime) : settings.TokenLifetime,
            InvalidTokenStatus = InvalidTokenStatus switch
            {
                null => settings.InvalidTokenStatus,
                400 or 401 => InvalidTokenStatus.Value,
                _ => throw new FormatException($"invalidTokenStatus is {InvalidTokenStatus}, it must be 400 or 401"),
            },
            Sources = settings.Sources with
            {
                Closed = ClosedCatalogs ?? settings.Sources.Closed,
                Images = Images ?? settings.Sources.Images,
                Backups = Backups ?? settings.Sources.Backups,
                Keys = Keys ?? settings.Sources.Keys,
                Servers = Servers ?? settings.Sources.Servers,
            },
        };
    }

    public AccountSetup Apply(AccountSetup accounts) => accounts with
    {
        Projects = Projects ?? accounts.Projects,
        Users = Users ?? accounts.Users,
        AccessKeys = AccessKeys ?? accounts.AccessKeys,
        Tokens = Tokens ?? accounts.Tokens,
        Agencies = Agencies ?? accounts.Agencies,
        ServerAgency = ServerAgency ?? accounts.ServerAgency,
    };

    /// <summary>Reads durations on top of others; <c>*</c> means every kind.</summary>
    /// <exception cref="FormatException">A kind or a duration is wrong; the message names it.</exception>
    public static ImmutableSortedDictionary<string, DurationSpec> ReadDurations(
        ImmutableSortedDictionary<string, DurationSpec> held, IEnumerable<KeyValuePair<string, string>> given)
    {
        foreach (var (kind, text) in given)
        {
            if (!DurationSpec.TryParse(text, out var spec))
            {
                throw new FormatException($"duration {text} of {kind} cannot be read: write 2s, 500ms..2s or lognormal(7s,0.25)");
            }

            if (kind != "*" && !held.ContainsKey(kind))
            {
                throw new FormatException($"there is no job type {kind}; there are {string.Join(", ", held.Keys)}");
            }

            held = held.SetItems((kind == "*" ? held.Keys : [kind]).Select(each => KeyValuePair.Create(each, spec)));
        }

        return held;
    }

    private static ImmutableArray<VolumeTypeOffer> ReadTypes(
        Settings settings, ImmutableSortedDictionary<string, ImmutableArray<string>> given)
    {
        var unknown = given.SelectMany(pair => pair.Value).FirstOrDefault(zone => !settings.Zones.Contains(zone));
        return unknown is null
            ? [.. given.Select(pair => new VolumeTypeOffer(pair.Key, Core.Catalog.VolumeTypes.IdOf(pair.Key), pair.Value))]
            : throw new FormatException($"volumeTypes names the zone {unknown}; there are {string.Join(", ", settings.Zones)}");
    }

    private RateLimit? ReadRateLimit(RateLimit? held) => RateLimit switch
    {
        null => held,
        { PerSecond: > 0 } limit => new RateLimit(limit.PerSecond, limit.Burst ?? Math.Max(1, limit.PerSecond), limit.RetryAfterSeconds),
        { PerSecond: 0 } => null,
        _ => throw new FormatException($"rateLimit.perSecond is {RateLimit.PerSecond}, it must not be negative"),
    };
}

/// <summary>The set-up's JSON; unknown members are errors.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ConfigDocument))]
internal sealed partial class ConfigJson : JsonSerializerContext;
