using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace PulumiEvs.Plugin.Grpc;

/// <summary>
/// Messages on the wire: one byte that says whether the message is compressed, four bytes of length (big-endian), the
/// message. Works on the pipe's own buffers; only a message that is complete is touched.
/// </summary>
internal static class GrpcFraming
{
    public const int PrefixLength = 5;

    /// <summary>The engine's own limit in both directions (protocol A1).</summary>
    public const int MaxMessageLength = 400 * 1024 * 1024;

    /// <summary>The next message, or null at the end of the stream.</summary>
    /// <exception cref="GrpcStatusException">
    /// RESOURCE_EXHAUSTED: longer than <paramref name="maxLength"/>. UNIMPLEMENTED: compressed. INTERNAL: cut off or malformed.
    /// </exception>
    public static ValueTask<T?> ReadAsync<T>(PipeReader reader, MessageParser<T> parser, int maxLength, CancellationToken cancellationToken)
        where T : class, IMessage<T> =>
        ReadAsync(reader, static (payload, parser) => ProtobufMessage.Parse(parser, payload), parser, maxLength, cancellationToken);

    /// <summary>The next message as the bytes it came as, or null at the end of the stream.</summary>
    /// <inheritdoc cref="ReadAsync{T}(PipeReader, MessageParser{T}, int, CancellationToken)"/>
    public static ValueTask<byte[]?> ReadEncodedAsync(PipeReader reader, int maxLength, CancellationToken cancellationToken) =>
        ReadAsync(reader, static (payload, _) => payload.ToArray(), (object?)null, maxLength, cancellationToken);

    private static async ValueTask<T?> ReadAsync<T, TState>(
        PipeReader reader, Func<ReadOnlySequence<byte>, TState, T> decode, TState state, int maxLength, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (TrySlice(buffer, maxLength, out var payload))
            {
                var message = decode(payload, state);
                reader.AdvanceTo(payload.End);
                return message;
            }

            if (read.IsCompleted)
            {
                return buffer.IsEmpty
                    ? null
                    : throw new GrpcStatusException(GrpcStatusCode.Internal, $"the stream ended within a message, after {buffer.Length} bytes of it");
            }

            // Examined to the end: that is what opens the flow-control window for the rest of a long message.
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Writes one message without flushing.</summary>
    /// <exception cref="GrpcStatusException">RESOURCE_EXHAUSTED: longer than a peer would take.</exception>
    public static void Write(IBufferWriter<byte> writer, IMessage message)
    {
        WritePrefix(writer, message.CalculateSize());
        message.WriteTo(writer);
    }

    /// <summary>Writes a message that is there in encoded form already.</summary>
    /// <inheritdoc cref="Write(IBufferWriter{byte}, IMessage)"/>
    public static void Write(IBufferWriter<byte> writer, ReadOnlySpan<byte> encoded)
    {
        WritePrefix(writer, encoded.Length);
        writer.Write(encoded);
    }

    private static void WritePrefix(IBufferWriter<byte> writer, int length)
    {
        if (length > MaxMessageLength)
        {
            throw new GrpcStatusException(
                GrpcStatusCode.ResourceExhausted, $"the answer has {length} bytes; the limit is {MaxMessageLength}");
        }

        var prefix = writer.GetSpan(PrefixLength);
        prefix[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)length);
        writer.Advance(PrefixLength);
    }

    private static bool TrySlice(ReadOnlySequence<byte> buffer, int maxLength, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (buffer.Length < PrefixLength)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        switch (prefix[0])
        {
            case 0:
                break;
            case 1:
                throw new GrpcStatusException(GrpcStatusCode.Unimplemented, "the message is compressed; only identity encoding is served");
            case var flag:
                throw new GrpcStatusException(GrpcStatusCode.Internal, $"the message starts with flag {flag}; 0 and 1 are known");
        }

        // Before the body is there: an oversized message is refused without holding any of it.
        if (length > maxLength)
        {
            throw new GrpcStatusException(GrpcStatusCode.ResourceExhausted, $"the message has {length} bytes; the limit is {maxLength}");
        }

        if (buffer.Length - PrefixLength < length)
        {
            return false;
        }

        payload = buffer.Slice(PrefixLength, length);
        return true;
    }
}
