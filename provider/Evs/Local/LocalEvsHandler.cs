namespace PulumiEvs.Evs.Local;

/// <summary>
/// Takes requests to the local EVS, which is started by the first of them, and again when it has ended since. The requests are
/// signed for a name that stays; the port they go to is another one after each start.
/// </summary>
internal sealed class LocalEvsHandler(LocalEvs local, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = await local.GetAddressAsync(cancellationToken);
        try
        {
            return await base.SendAsync(At(address, request), cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            // No connection, so nothing was sent.
            local.Forget(address);
            return await base.SendAsync(At(await local.GetAddressAsync(cancellationToken), request), cancellationToken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            local.Dispose();
        }

        base.Dispose(disposing);
    }

    private static HttpRequestMessage At(Uri address, HttpRequestMessage request)
    {
        // The name that the signature has in it.
        request.Headers.Host ??= request.RequestUri!.Authority;
        request.RequestUri = new Uri(address, request.RequestUri!.PathAndQuery);
        return request;
    }
}
