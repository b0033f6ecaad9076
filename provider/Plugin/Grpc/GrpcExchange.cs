using System.IO.Pipelines;
using Google.Protobuf;

namespace PulumiEvs.Plugin.Grpc;

/// <summary>The two directions of one call, in messages.</summary>
internal sealed class GrpcExchange(PipeReader request, PipeWriter response, GrpcCallContext context, int maxMessageLength)
{
    public GrpcCallContext Context { get; } = context;

    /// <summary>What ends a read besides its end: the deadline. A client that resets its stream ends it itself, and a registration less is kept.</summary>
    private CancellationToken EndOfReading => Context.Deadline.CanBeCanceled ? Context.CancellationToken : CancellationToken.None;

    /// <summary>The one message of a unary or server-streaming request.</summary>
    public async ValueTask<T> ReadSingleAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        var message = Required(await GrpcFraming.ReadAsync(request, parser, maxMessageLength, EndOfReading));
        await ReadEndAsync();
        return message;
    }

    /// <summary>The one message of a unary request, as the bytes it came as.</summary>
    public async ValueTask<byte[]> ReadSingleEncodedAsync()
    {
        var message = Required(await GrpcFraming.ReadEncodedAsync(request, maxMessageLength, EndOfReading));
        await ReadEndAsync();
        return message;
    }

    /// <summary>Puts the message into the answer; it leaves with the end of the call, or earlier when there is much.</summary>
    public void Write(IMessage message) => GrpcFraming.Write(response, message);

    /// <inheritdoc cref="Write(IMessage)"/>
    public void Write(ReadOnlySpan<byte> encoded) => GrpcFraming.Write(response, encoded);

    /// <summary>Sends what was written so far, and waits while the client reads slower than we write.</summary>
    public async ValueTask FlushAsync() => await response.FlushAsync(Context.CancellationToken);

    private static T Required<T>(T? message)
        where T : class => message ?? throw new GrpcStatusException(GrpcStatusCode.Internal, "the request has no message");

    /// <summary>Usually the end of the stream came with the message; waiting for it here costs nothing and finds a second message.</summary>
    private async ValueTask ReadEndAsync()
    {
        if (await GrpcFraming.ReadEncodedAsync(request, maxMessageLength, EndOfReading) is not null)
        {
            throw new GrpcStatusException(GrpcStatusCode.Internal, "the request has more than one message");
        }
    }
}
