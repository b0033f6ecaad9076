using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace PulumiEvs.Plugin.Grpc;

/// <summary>Unary calls to one gRPC server over HTTP/2 in clear text.</summary>
internal sealed class GrpcClient : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        // The peer is on this machine: what the environment says about proxies is meant for the cloud.
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        InitialHttp2StreamWindowSize = 1024 * 1024,
    });

    private readonly Uri _server;

    /// <param name="address">The server's <c>HOST:PORT</c>.</param>
    public GrpcClient(string address)
    {
        _server = Uri.TryCreate("http://" + address, UriKind.Absolute, out var uri)
            ? uri
            : throw new ArgumentException($"\"{address}\" is not HOST:PORT.", nameof(address));
    }

    /// <param name="timeout">The call's deadline; the server is told.</param>
    /// <exception cref="GrpcStatusException">The call ended with another status than OK; UNAVAILABLE when the server was not reached.</exception>
    public async Task<TResponse> CallAsync<TResponse>(
        string path, IMessage request, MessageParser<TResponse> parser, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
        where TResponse : class, IMessage<TResponse>
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (timeout is { } limit)
        {
            deadline.CancelAfter(limit);
        }

        try
        {
            return await ExchangeAsync(path, request, parser, timeout, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GrpcStatusException(GrpcStatusCode.DeadlineExceeded, $"no answer within {timeout}");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new GrpcStatusException(GrpcStatusCode.Unavailable, $"{_server.Authority}: {broken.Message}", broken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<TResponse> ExchangeAsync<TResponse>(
        string path, IMessage request, MessageParser<TResponse> parser, TimeSpan? timeout, CancellationToken cancellationToken)
        where TResponse : class, IMessage<TResponse>
    {
        var frame = new ArrayBufferWriter<byte>(request.CalculateSize() + GrpcFraming.PrefixLength);
        GrpcFraming.Write(frame, request);
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(_server, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ReadOnlyMemoryContent(frame.WrittenMemory),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        message.Headers.TryAddWithoutValidation("te", "trailers");
        if (timeout is { } limit)
        {
            message.Headers.TryAddWithoutValidation("grpc-timeout", GrpcTimeout.Format(limit));
        }

        using var response = await _http.SendAsync(message, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new GrpcStatusException(GrpcStatusCode.Unknown, $"{_server.Authority} answered HTTP {(int)response.StatusCode}, which no gRPC server does");
        }

        var body = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellationToken));
        var answer = await GrpcFraming.ReadAsync(body, parser, GrpcFraming.MaxMessageLength, cancellationToken);

        // The trailers are there once the stream has been read to its end.
        var surplus = answer is null ? null : await GrpcFraming.ReadAsync(body, parser, GrpcFraming.MaxMessageLength, cancellationToken);
        await body.CompleteAsync();
        if (GrpcTrailers.Read(response.TrailingHeaders, response.Headers) is { } failure)
        {
            throw failure;
        }

        return surplus is null && answer is not null
            ? answer
            : throw new GrpcStatusException(GrpcStatusCode.Internal, "the answer to a unary call is not one message");
    }
}
