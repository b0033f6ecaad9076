namespace PulumiEvs.Evs.Auth;

/// <summary>Signs each request with an access key that is given once and for all.</summary>
/// <param name="key">The key.</param>
/// <param name="time">For the date in each signature.</param>
/// <param name="source">Where the key is from, for people.</param>
internal sealed class AccessKeyCredential(AccessKey key, TimeProvider time, string source) : ICredential
{
    public string Description => $"{key} from {source}";

    public string? Remedy => key.SecurityToken is null
        ? null
        : "A temporary key lasts no longer than a day: get a new one, with its own security token, or use a permanent one.";

    public IEnumerable<string> Secrets => key.Secrets;

    public ValueTask<int> AuthorizeAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        Sign(request, body, key, time.GetUtcNow());
        return ValueTask.FromResult(0);
    }

    public ValueTask<bool> RenewAsync(int rejected, CancellationToken ct) => ValueTask.FromResult(false);

    /// <summary>Adds date, security token and signature. Headers that are added later are not signed, and need not be.</summary>
    public static void Sign(HttpRequestMessage request, ReadOnlyMemory<byte> body, AccessKey key, DateTimeOffset now)
    {
        var uri = request.RequestUri!;
        var date = Signer.FormatDate(now);
        request.Headers.TryAddWithoutValidation(Signer.DateHeader, date);
        if (key.SecurityToken is { } token)
        {
            request.Headers.TryAddWithoutValidation("X-Security-Token", token);
        }

        var headers = request.Headers.SelectMany(header => header.Value, (header, value) => KeyValuePair.Create(header.Key, value)).ToList();
        headers.Add(KeyValuePair.Create("Host", uri.IsDefaultPort ? uri.IdnHost : uri.Authority));
        var authorization = Signer.Authorization(new SigningRequest(request.Method.Method, uri, headers, body), key, date);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
    }
}
