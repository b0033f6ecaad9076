namespace PulumiEvs.Evs.Http;

/// <summary>How requests are sent.</summary>
internal sealed record TransportOptions
{
    /// <summary>For one attempt, from the connection to the last byte of the answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public int LargestAnswer { get; init; } = 64 * 1024 * 1024;

    public RetryOptions Retry { get; init; } = new();

    public RateLimiterOptions RateLimit { get; init; } = new();

    public string UserAgent { get; init; } = "pulumi-evs";

    /// <summary>Told of every exchange, redacted.</summary>
    public Action<HttpExchange>? OnExchange { get; init; }
}
