namespace PulumiEvs.Evs.Auth;

/// <summary>Sends a token that is given once and for all.</summary>
internal sealed class TokenCredential(string token) : ICredential
{
    public const string Header = "X-Auth-Token";

    public string Description => "token";

    public IEnumerable<string> Secrets => [token];

    public ValueTask<int> AuthorizeAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        request.Headers.TryAddWithoutValidation(Header, token);
        return ValueTask.FromResult(0);
    }

    public ValueTask<bool> RenewAsync(int rejected, CancellationToken ct) => ValueTask.FromResult(false);
}
