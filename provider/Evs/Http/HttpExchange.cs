using System.Globalization;

namespace PulumiEvs.Evs.Http;

/// <summary>One request and its answer, or why there was none, with nothing secret in it.</summary>
internal sealed record HttpExchange
{
    public required string Operation { get; init; }

    public required string Method { get; init; }

    public required string Host { get; init; }

    /// <summary>Path and query.</summary>
    public required string Path { get; init; }

    /// <summary>Null when no answer came.</summary>
    public int? Status { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Counted from 1 for each request.</summary>
    public required int Attempt { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The service's own clock, from the answer's <c>Date</c>.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    public string? RequestBody { get; init; }

    public string? ResponseBody { get; init; }

    /// <summary>Why no answer came.</summary>
    public string? Failure { get; init; }

    /// <summary>One line for a debug log, the bodies last.</summary>
    public override string ToString()
    {
        var outcome = Status is { } status ? $"HTTP {status.ToString(CultureInfo.InvariantCulture)}" : Failure ?? "no answer";
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Method} {Host}{Path} -> {outcome} in {Elapsed.TotalMilliseconds:0} ms (attempt {Attempt}");
        line += RequestId is { } id ? $", request id {id}) [{Operation}]" : $") [{Operation}]";
        line += RequestBody is { Length: > 0 } sent ? $" sent {sent}" : "";
        return line + (ResponseBody is { Length: > 0 } received ? $" received {received}" : "");
    }
}
