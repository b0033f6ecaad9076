using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Evs.Http;

/// <summary>How far a request comes on its way to a service.</summary>
internal enum EndpointLayer
{
    /// <summary>The host's name is to be found.</summary>
    Name,

    /// <summary>A connection is to be made.</summary>
    Connection,

    /// <summary>It is to be secured.</summary>
    Tls,

    /// <summary>The service is to answer.</summary>
    Answer,

    /// <summary>It has answered, whatever it said.</summary>
    Done,
}

/// <summary>What the certificate of a service says of it.</summary>
internal sealed record TlsSight(string Protocol, string Subject, string Issuer, DateTimeOffset ValidUntil);

/// <summary>What was seen of a service without credentials.</summary>
/// <param name="Reached">How far the request came: the layer that failed, or <see cref="EndpointLayer.Done"/>.</param>
/// <param name="Failure">Why it came no further.</param>
/// <param name="Tls">The secured connection; null for one that is not, or was kept from before.</param>
/// <param name="ClockAhead">By how much the service's clock is ahead of this machine's; null when the answer has no date.</param>
internal sealed record EndpointSight(EndpointLayer Reached, ErrorFacts? Failure, TlsSight? Tls, TimeSpan? ClockAhead);

/// <summary>Asks services for their root, which needs no credentials, to see whether they can be reached.</summary>
internal sealed class EndpointProbe : IDisposable
{
    /// <summary>A date in a header is cut to whole seconds: on average half of one is missing.</summary>
    private static readonly TimeSpan CutOff = TimeSpan.FromSeconds(0.5);

    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _time;
    private TlsSight? _secured;

    public EndpointProbe(ConnectionPlan plan, TimeProvider time)
    {
        _http = new HttpMessageInvoker(plan.CreateHandler(time, secured => _secured = Read(secured)), disposeHandler: true);
        _time = time;
    }

    /// <param name="service">The service's address.</param>
    /// <param name="patience">How long it may take to answer.</param>
    public async Task<EndpointSight> LookAsync(Uri service, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service, "/"));
        _secured = null;
        try
        {
            // The first one may have to look up, connect and start things: the second tells the time.
            using (await _http.SendAsync(request, either.Token))
            {
            }

            using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(service, "/"));
            var before = _time.GetUtcNow();
            using var response = await _http.SendAsync(again, either.Token);
            var ours = before + ((_time.GetUtcNow() - before) / 2);
            return new EndpointSight(EndpointLayer.Done, null, _secured, response.Headers.Date is { } theirs ? theirs + CutOff - ours : null);
        }
        catch (EvsException e)
        {
            return new EndpointSight(EndpointLayer.Connection, e.Facts, null, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var facts = new ErrorFacts
            {
                Operation = $"reaching {service.Authority}",
                Method = HttpMethod.Get.Method,
                Host = service.Authority,
                Path = "/",
                Knowledge = Knowledge.NotActedOn,
                Class = ErrorClass.Network,
            };
            var over = limit.IsCancellationRequested ? new RequestTime(patience, IsOperations: false) : (RequestTime?)null;
            return new EndpointSight(LayerOf(e), NetworkErrors.Classify(facts, e, over, bodyHeldBack: true), null, null);
        }
    }

    public void Dispose() => _http.Dispose();

    private static EndpointLayer LayerOf(Exception e) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => EndpointLayer.Name,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => EndpointLayer.Tls,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => EndpointLayer.Connection,
        OperationCanceledException { InnerException: TimeoutException } => EndpointLayer.Connection,
        _ => EndpointLayer.Answer,
    };

    private static TlsSight? Read(SslStream secured)
    {
        if (secured.RemoteCertificate is not X509Certificate2 certificate)
        {
            return null;
        }

        var protocol = secured.SslProtocol switch
        {
            SslProtocols.Tls13 => "TLS 1.3",
            SslProtocols.Tls12 => "TLS 1.2",
            var other => other.ToString(),
        };
        return new TlsSight(
            protocol,
            certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false),
            certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true),
            certificate.NotAfter.ToUniversalTime());
    }
}
