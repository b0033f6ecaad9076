using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;

namespace PulumiEvs.Plugin.Grpc;

/// <summary>Serves one call: reads its request, writes its answer, throws for a status other than OK.</summary>
internal delegate Task GrpcHandler(GrpcExchange exchange);

/// <summary>The methods that a server knows, by their paths.</summary>
internal sealed class GrpcMethodTable
{
    private readonly Dictionary<string, GrpcHandler> _handlers = new(StringComparer.Ordinal);

    public GrpcMethodTable Unary<TRequest, TResponse>(
        string path, MessageParser<TRequest> parser, Func<TRequest, GrpcCallContext, Task<TResponse>> serve)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        _handlers.Add(path, async exchange =>
        {
            var request = await exchange.ReadSingleAsync(parser);
            exchange.Write(await serve(request, exchange.Context));
        });
        return this;
    }

    /// <summary>A unary method whose calls may have to wait before they are served: they wait as the bytes they came as.</summary>
    /// <param name="admit">Returns when it is the call's turn. What it returns is given up when the call has been served.</param>
    public GrpcMethodTable UnaryInTurn<TRequest, TResponse, TTurn>(
        string path,
        MessageParser<TRequest> parser,
        Func<GrpcCallContext, Task<TTurn>> admit,
        Func<TRequest, TTurn, GrpcCallContext, Task<TResponse>> serve)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
        where TTurn : IDisposable
    {
        _handlers.Add(path, async exchange =>
        {
            var encoded = new ReadOnlySequence<byte>(await exchange.ReadSingleEncodedAsync());
            using var turn = await admit(exchange.Context);
            exchange.Write(await serve(Decode(ref encoded), turn, exchange.Context));
        });
        return this;

        // The bytes are let go of: what waits for an hour from here on does so without them.
        TRequest Decode(ref ReadOnlySequence<byte> encoded)
        {
            var request = ProtobufMessage.Parse(parser, encoded);
            encoded = default;
            return request;
        }
    }

    /// <summary>A unary method whose answer is there as encoded bytes.</summary>
    public GrpcMethodTable UnaryEncoded<TRequest>(
        string path, MessageParser<TRequest> parser, Func<TRequest, GrpcCallContext, ReadOnlyMemory<byte>> serve)
        where TRequest : class, IMessage<TRequest>
    {
        _handlers.Add(path, async exchange =>
        {
            var request = await exchange.ReadSingleAsync(parser);
            exchange.Write(serve(request, exchange.Context).Span);
        });
        return this;
    }

    public GrpcMethodTable ServerStreaming<TRequest, TResponse>(
        string path, MessageParser<TRequest> parser, Func<TRequest, GrpcCallContext, IAsyncEnumerable<TResponse>> serve)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        _handlers.Add(path, async exchange =>
        {
            var request = await exchange.ReadSingleAsync(parser);
            await foreach (var message in serve(request, exchange.Context).WithCancellation(exchange.Context.CancellationToken))
            {
                exchange.Write(message);
                await exchange.FlushAsync();
            }
        });
        return this;
    }

    public bool TryFind(string path, [MaybeNullWhen(false)] out GrpcHandler handler) => _handlers.TryGetValue(path, out handler);
}
