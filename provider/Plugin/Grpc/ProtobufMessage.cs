using System.Buffers;
using Google.Protobuf;

namespace PulumiEvs.Plugin.Grpc;

/// <summary>Parsing of message bytes that come from a peer.</summary>
internal static class ProtobufMessage
{
    /// <summary>
    /// How deep messages may be nested. The library's own 100 allows a struct 33 levels; the engine, which knows no
    /// such limit, may nest deeper. The value codec sets the bound that users meet.
    /// </summary>
    private const int RecursionLimit = 1024;

    /// <exception cref="GrpcStatusException">INTERNAL: not a message of this type.</exception>
    public static T Parse<T>(MessageParser<T> parser, ReadOnlySequence<byte> bytes)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return ParseDeep(parser, bytes);
        }
    }

    /// <summary>The slow way, which alone takes a limit; also the one that tells malformed from merely deep.</summary>
    private static T ParseDeep<T>(MessageParser<T> parser, ReadOnlySequence<byte> bytes)
        where T : class, IMessage<T>
    {
        try
        {
            using var input = CodedInputStream.CreateWithLimits(new MemoryStream(bytes.ToArray()), int.MaxValue, RecursionLimit);
            return parser.ParseFrom(input);
        }
        catch (InvalidProtocolBufferException malformed)
        {
            throw new GrpcStatusException(GrpcStatusCode.Internal, $"the bytes are no {typeof(T).Name}: {malformed.Message}", malformed);
        }
    }
}
