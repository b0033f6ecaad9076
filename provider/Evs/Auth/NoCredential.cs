namespace PulumiEvs.Evs.Auth;

/// <summary>For requests that need none, such as asking for a token.</summary>
/// <param name="secrets">What the requests have in them that must not be shown.</param>
internal sealed class NoCredential(params IReadOnlyList<string> secrets) : ICredential
{
    public string? Description => null;

    public IEnumerable<string> Secrets => secrets;

    public ValueTask<int> AuthorizeAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken ct) => ValueTask.FromResult(0);

    public ValueTask<bool> RenewAsync(int rejected, CancellationToken ct) => ValueTask.FromResult(false);
}
