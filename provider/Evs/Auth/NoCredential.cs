namespace PulumiEvs.Evs.Auth;

/// <summary>For requests that need none, such as asking for a token.</summary>
internal sealed class NoCredential : ICredential
{
    public static readonly NoCredential Instance = new();

    public string Description => "no credential";

    public IEnumerable<string> Secrets => [];

    public ValueTask<int> AuthorizeAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken ct) => ValueTask.FromResult(0);

    public ValueTask<bool> RenewAsync(int rejected, CancellationToken ct) => ValueTask.FromResult(false);
}
