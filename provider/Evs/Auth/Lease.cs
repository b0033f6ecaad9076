namespace PulumiEvs.Evs.Auth;

/// <summary>A right that lasts for a time: a token, or a temporary access key.</summary>
internal sealed record Lease
{
    public string? Token { get; init; }

    public AccessKey? Key { get; init; }

    /// <summary>How long it lasts from when it was given; null when that is not known. Not a date: a clock that is off does no harm.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>The project that the token is for.</summary>
    public string? ProjectId { get; init; }

    public IEnumerable<string> Secrets => Token is { } token ? [token] : Key?.Secrets ?? [];

    /// <summary>The lifetime from the dates that came with it.</summary>
    /// <param name="expiresAt">As given.</param>
    /// <param name="now">The giver's own time; this machine's where it does not tell.</param>
    public static TimeSpan? LifetimeOf(DateTimeOffset? expiresAt, DateTimeOffset now) =>
        expiresAt - now is { } lifetime && lifetime > TimeSpan.Zero ? lifetime : null;

    public override string ToString() => Key?.ToString() ?? "token";

    public void Apply(HttpRequestMessage request, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        if (Key is { } key)
        {
            AccessKeyCredential.Sign(request, body, key, now);
        }
        else
        {
            request.Headers.TryAddWithoutValidation(TokenCredential.Header, Token);
        }
    }
}
