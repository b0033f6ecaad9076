namespace PulumiEvs.Evs.Auth;

/// <summary>Sends a token that is given once and for all.</summary>
/// <param name="token">The token.</param>
/// <param name="source">Where it is from, for people.</param>
internal sealed class TokenCredential(string token, string source) : ICredential
{
    public const string Header = "X-Auth-Token";

    public string Description => $"a token from {source}";

    public string Remedy => "A token lasts no longer than a day: get a new one, or use an access key, which does not expire.";

    public IEnumerable<string> Secrets => [token];

    public ValueTask<int> AuthorizeAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        request.Headers.TryAddWithoutValidation(Header, token);
        return ValueTask.FromResult(0);
    }

    public ValueTask<bool> RenewAsync(int rejected, CancellationToken ct) => ValueTask.FromResult(false);
}
