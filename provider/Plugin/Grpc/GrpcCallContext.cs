namespace PulumiEvs.Plugin.Grpc;

/// <summary>What a handler may know of the call it serves, besides its request.</summary>
/// <param name="Method">The method's path, such as <c>/pulumirpc.ResourceProvider/Check</c>.</param>
/// <param name="CancellationToken">Ends when the client gives up or its deadline passes.</param>
/// <param name="Deadline">Ends when the client's deadline passes; never when it set none.</param>
internal sealed record GrpcCallContext(string Method, CancellationToken CancellationToken, CancellationToken Deadline = default)
{
    /// <summary>To be run once the answer, whatever it is, has been handed to the client; not when the client has gone before.</summary>
    public Action? Answered { get; set; }
}
