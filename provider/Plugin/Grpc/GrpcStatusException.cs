using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace PulumiEvs.Plugin.Grpc;

/// <summary>A call that ends, or ended, with a status other than OK.</summary>
internal sealed class GrpcStatusException : Exception
{
    public GrpcStatusException(GrpcStatusCode code, string message, Exception? inner = null)
        : this(code, message, [], inner)
    {
    }

    public GrpcStatusException(GrpcStatusCode code, string message, IReadOnlyList<Any> details, Exception? inner = null)
        : base(message, inner)
    {
        if (code == GrpcStatusCode.Ok)
        {
            throw new ArgumentOutOfRangeException(nameof(code), code, "OK is not a failure.");
        }

        Code = code;
        Details = details;
    }

    public GrpcStatusCode Code { get; }

    /// <summary>What goes into the <c>grpc-status-details-bin</c> trailer.</summary>
    public IReadOnlyList<Any> Details { get; }

    /// <summary>A detail under its type name, such as <c>pulumirpc.ErrorResourceInitFailed</c>.</summary>
    /// <remarks>Not <see cref="Any.Pack(IMessage)"/>: that builds the descriptors of the whole file just to learn the name.</remarks>
    public static Any Detail(string typeName, IMessage message) =>
        new() { TypeUrl = "type.googleapis.com/" + typeName, Value = message.ToByteString() };
}
