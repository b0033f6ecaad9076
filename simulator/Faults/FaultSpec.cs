using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Jobs;
using EvsSimulator.Http;

namespace EvsSimulator.Faults;

/// <summary>What a fault does to the requests it strikes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultEffect>))]
internal enum FaultEffect
{
    /// <summary>The job that the request starts ends as FAIL.</summary>
    [JsonStringEnumMemberName("jobFail")]
    JobFail,

    /// <summary>The job stays RUNNING for ever.</summary>
    [JsonStringEnumMemberName("jobStuck")]
    JobStuck,

    /// <summary>The job is unknown to the job query, at once or after a while; its work is done.</summary>
    [JsonStringEnumMemberName("jobVanish")]
    JobVanish,

    /// <summary>The job takes exactly so long.</summary>
    [JsonStringEnumMemberName("jobDuration")]
    JobDuration,

    /// <summary>The created volume is found by no query for a while after its birth.</summary>
    [JsonStringEnumMemberName("hide")]
    Hide,

    /// <summary>An HTTP error, instead of acting or after it.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>429 from the gateway, without acting.</summary>
    [JsonStringEnumMemberName("throttle")]
    Throttle,

    /// <summary>The connection is cut without acting.</summary>
    [JsonStringEnumMemberName("abort")]
    Abort,

    /// <summary>The request is carried out, then the connection is cut.</summary>
    [JsonStringEnumMemberName("loseAnswer")]
    LoseAnswer,

    /// <summary>The answer takes longer.</summary>
    [JsonStringEnumMemberName("delay")]
    Delay,

    /// <summary>The token of the request is invalid from now on.</summary>
    [JsonStringEnumMemberName("expireToken")]
    ExpireToken,

    /// <summary>The cloud's clock is set off from this request on.</summary>
    [JsonStringEnumMemberName("clockOffset")]
    ClockOffset,

    /// <summary>The port is closed for a while: this request is cut, new connections are refused.</summary>
    [JsonStringEnumMemberName("refuse")]
    Refuse,
}

/// <summary>A fault: which requests it strikes, and what it does to them.</summary>
internal sealed record FaultSpec
{
    /// <summary>A name to find it by in the request log; chosen when none is given.</summary>
    public string? Name { get; init; }

    /// <summary>The operation, as the request log names it; <c>*</c> stands for any text. All operations when absent.</summary>
    public string? Operation { get; init; }

    public string? Method { get; init; }

    /// <summary>The path without the query; <c>*</c> stands for any text.</summary>
    public string? Path { get; init; }

    /// <summary>The name of the volume that the request makes or is about; <c>*</c> stands for any text.</summary>
    public string? VolumeName { get; init; }

    /// <summary>Strikes from this matching request on, counted from 1.</summary>
    public int? Nth { get; init; }

    /// <summary>Strikes at most so often; once when <see cref="Nth"/> is given, else without end.</summary>
    public int? Count { get; init; }

    /// <summary>Strikes a matching request with this probability (0 to 1).</summary>
    public double? Probability { get; init; }

    public required FaultEffect Effect { get; init; }

    /// <summary>The error code of a failed job or an HTTP error.</summary>
    public string? Code { get; init; }

    /// <summary>The fail reason of a job or the message of an HTTP error; the documented text of the code when absent.</summary>
    public string? Message { get; init; }

    /// <summary>What a failed job leaves of the volume.</summary>
    public Remains Leave { get; init; }

    /// <summary>The numbers (from 1) of the sub-jobs of a batch that the job effects are about; all when absent.</summary>
    public ImmutableArray<int>? SubJobs { get; init; }

    /// <summary>The HTTP status of an error; that of the documented code when absent.</summary>
    public int? Status { get; init; }

    /// <summary>The shape of an error; that of the API when absent.</summary>
    public ErrorShape? Shape { get; init; }

    /// <summary>True: the request is carried out before the error is answered.</summary>
    public bool AfterActing { get; init; }

    /// <summary>The <c>Retry-After</c> of an error or a throttling; the header is left out when absent.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>How long: of delay before acting, of jobVanish until it vanishes, of jobDuration, hide and refuse.</summary>
    public int? Ms { get; init; }

    /// <summary>How long the answer of a delayed request is held back after acting.</summary>
    public int? AfterMs { get; init; }

    /// <summary>By how much the clock is set off, ahead when positive.</summary>
    public double? OffsetSeconds { get; init; }

    /// <summary>What is wrong with this fault, or null.</summary>
    public string? Problem() =>
        Nth < 1 ? $"nth is {Nth}, it counts from 1"
        : Count < 1 ? $"count is {Count}, it must be at least 1"
        : Probability is < 0 or > 1 ? $"probability is {Probability}, it must be between 0 and 1"
        : Status is < 200 or > 599 ? $"status is {Status}, it must be an HTTP status"
        : Ms < 0 ? $"ms is {Ms}, it must not be negative"
        : AfterMs < 0 ? $"afterMs is {AfterMs}, it must not be negative"
        : Effect is FaultEffect.JobDuration or FaultEffect.Hide or FaultEffect.Refuse && Ms is null ? "ms is missing: it says how long"
        : Effect is FaultEffect.Delay && Ms is null && AfterMs is null ? "ms or afterMs is missing: it says how long"
        : Effect is FaultEffect.ClockOffset && OffsetSeconds is null ? "offsetSeconds is missing: it says by how much"
        : null;

    /// <summary>The error this fault answers.</summary>
    public Refusal ToRefusal(string defaultCode)
    {
        var code = Code ?? defaultCode;
        var documented = DocumentedCodes.Find(code);
        return new Refusal(Status ?? documented?.Status ?? 500, code, Message ?? documented?.Message ?? "injected fault");
    }

    /// <summary>Reads one fault or an array of faults.</summary>
    /// <exception cref="FormatException">The text is no fault; the message says why.</exception>
    public static IReadOnlyList<FaultSpec> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var element = JsonElement.ParseValue(ref reader);
            FaultSpec[] specs = element.ValueKind == JsonValueKind.Array
                ? element.Deserialize(FaultJson.Default.FaultSpecArray)!
                : [element.Deserialize(FaultJson.Default.FaultSpec) ?? throw new FormatException("a fault must be a JSON object")];
            foreach (var spec in specs)
            {
                if (spec.Problem() is { } problem)
                {
                    throw new FormatException($"fault {spec.Name ?? spec.Effect.ToString()}: {problem}");
                }
            }

            return specs;
        }
        catch (JsonException e)
        {
            throw new FormatException(JsonProblem.Describe(e), e);
        }
    }
}

/// <summary>Faults as JSON; unknown members are errors, so that a typing error does not become a fault that never strikes.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FaultSpec))]
[JsonSerializable(typeof(FaultSpec[]))]
internal sealed partial class FaultJson : JsonSerializerContext;
