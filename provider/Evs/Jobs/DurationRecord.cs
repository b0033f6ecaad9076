using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Jobs;

/// <summary>One kind of job at one endpoint, and what was learnt of it, as the file has it.</summary>
internal sealed record DurationRecord
{
    public required string Endpoint { get; init; }

    public required string JobType { get; init; }

    public string VolumeType { get; init => field = value ?? ""; } = "";

    public string Source { get; init => field = value ?? ""; } = "";

    public required double Weight { get; init; }

    public required double Mean { get; init; }

    public required double Squares { get; init; }

    /// <summary>When the last such job was seen to end.</summary>
    public required DateTimeOffset Seen { get; init; }

    [JsonIgnore]
    public DurationKey Key => new(Endpoint, new JobKind(JobType, VolumeType, Source));

    [JsonIgnore]
    public DurationEstimate Estimate => new(Weight, Mean, Squares);

    /// <summary>Whether the figures can be those of an estimate: from a millisecond to a year, and a scatter that is one.</summary>
    [JsonIgnore]
    public bool IsSound => this is { Endpoint: not null, JobType: not null }
        && Weight is > 0 and <= 1000 && Mean is > -7 and < 18 && Squares is >= 0 and < 1e6;

    public static DurationRecord Of(DurationKey key, DurationEstimate estimate, DateTimeOffset seen) => new()
    {
        Endpoint = key.Endpoint,
        JobType = key.Kind.JobType,
        VolumeType = key.Kind.VolumeType,
        Source = key.Kind.Source,
        Weight = estimate.Weight,
        Mean = estimate.Mean,
        Squares = estimate.Squares,
        Seen = seen,
    };
}

/// <summary>Where and what: clouds differ in speed.</summary>
internal readonly record struct DurationKey(string Endpoint, JobKind Kind);

/// <summary>The content of the file.</summary>
internal sealed record DurationDocument
{
    public const int KnownFormat = 1;

    public int Format { get; init; } = KnownFormat;

    public IReadOnlyList<DurationRecord> Kinds { get; init => field = value ?? []; } = [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DurationDocument))]
internal sealed partial class DurationJson : JsonSerializerContext;
