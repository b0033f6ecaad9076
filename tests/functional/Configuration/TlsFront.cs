using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PulumiEvs.Tests.Functional.Support;

namespace PulumiEvs.Tests.Functional.Configuration;

/// <summary>Stands before a local EVS with TLS and HTTP/2, under a certificate of its own authority, and counts what comes.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly ConcurrentDictionary<string, bool> _connections = new();
    private readonly ConcurrentQueue<string> _protocols = new();

    private TlsFront(string target, X509Certificate2 certificate)
    {
        Pem = certificate.ExportCertificatePem();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        _app = builder.Build();
        _app.Run(context => ForwardAsync(context, new Uri(target)));
    }

    /// <summary>The certificate of the authority.</summary>
    public string Pem { get; }

    public string Url => _app.Urls.First();

    /// <summary>How many connections have brought requests.</summary>
    public int Connections => _connections.Count;

    /// <summary>The protocol of each request.</summary>
    public IReadOnlyCollection<string> Protocols => _protocols;

    public static async Task<TlsFront> StartAsync(string target)
    {
        var front = new TlsFront(target, LoopbackCertificate.Make(TimeProvider.System));
        await front._app.StartAsync();
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context, Uri target)
    {
        _connections[context.Connection.Id] = true;
        _protocols.Enqueue(context.Request.Protocol);
        using var message = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(target, context.Request.Path + context.Request.QueryString));
        foreach (var (name, values) in context.Request.Headers.Where(header => !header.Key.StartsWith(':')))
        {
            message.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        message.Headers.Host = context.Request.Host.Value;
        using var answer = await _http.SendAsync(message, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
