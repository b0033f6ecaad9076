using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>
/// Stands between plugin and cloud and does what a provider must not: when the answer to a create is lost, it sends the create once
/// more. Everything else it passes on as it is.
/// </summary>
internal sealed class BlindRetryProxy : IAsyncDisposable
{
    private static readonly string[] NotPassedOn = ["Transfer-Encoding", "Connection", "Keep-Alive", "Content-Length"];

    private readonly WebApplication _server;
    private readonly HttpClient _http;
    private int _retries;

    private BlindRetryProxy(WebApplication server, HttpClient http)
    {
        _server = server;
        _http = http;
    }

    public string Url => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>How many creates it has sent a second time.</summary>
    public int Retries => _retries;

    [SuppressMessage("Reliability", "CA2000", Justification = "The proxy that is returned owns both.")]
    public static async Task<BlindRetryProxy> StartAsync(string cloud)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(cloud) };
        var proxy = new BlindRetryProxy(server, http);
        server.Run(proxy.PassOnAsync);
        await server.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        _http.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var isCreate = context.Request.Method == "POST" && context.Request.Path.Value!.EndsWith("/cloudvolumes", StringComparison.Ordinal);
        try
        {
            await AnswerAsync(context, body.ToArray());
        }
        catch (HttpRequestException) when (isCreate)
        {
            Interlocked.Increment(ref _retries);
            try
            {
                await AnswerAsync(context, body.ToArray());
            }
            catch (HttpRequestException)
            {
                context.Abort();
            }
        }
        catch (HttpRequestException)
        {
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString);
        request.Content = body.Length > 0 ? new ByteArrayContent(body) : null;
        foreach (var (name, values) in context.Request.Headers)
        {
            if (name != "Host" && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var answer = await _http.SendAsync(request, context.RequestAborted);
        var content = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!NotPassedOn.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        await context.Response.Body.WriteAsync(content);
    }
}
