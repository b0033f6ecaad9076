using Microsoft.AspNetCore.Http;

namespace PulumiEvs.Plugin.Grpc;

/// <summary>Takes one HTTP/2 request through the table of methods to its answer and trailers.</summary>
internal sealed class GrpcDispatcher(GrpcMethodTable methods, TimeProvider time, int maxMessageLength = GrpcFraming.MaxMessageLength)
{
    private const string ContentType = "application/grpc";

    public async Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        if (!IsGrpc(http.Request.ContentType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        http.Response.ContentType = ContentType;
        var (failure, answered) = await ServeAsync(http);

        // The client that reset its stream reads no trailers.
        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (failure is { Code: GrpcStatusCode.Unimplemented } && !http.Response.HasStarted)
        {
            // It may have been the encoding of the request: this is what would do.
            http.Response.Headers["grpc-accept-encoding"] = "identity";
        }

        GrpcTrailers.Write(http.Response, failure);
        if (answered is not null)
        {
            await http.Response.CompleteAsync();
            if (!http.RequestAborted.IsCancellationRequested)
            {
                answered();
            }
        }
    }

    /// <remarks>Thousands of calls may wait at once: what stands between them and their handlers is kept short.</remarks>
    private Task<(GrpcStatusException? Failure, Action? Answered)> ServeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (!methods.TryFind(path, out var handler))
        {
            return Refused(GrpcStatusCode.Unimplemented, $"unknown method {path}");
        }

        if (http.Request.Headers["grpc-timeout"] is not [{ } header])
        {
            return RunAsync(http, handler, new GrpcCallContext(path, http.RequestAborted));
        }

        return GrpcTimeout.TryParse(header, out var timeout)
            ? RunWithinAsync(timeout, http, handler, path)
            : Refused(GrpcStatusCode.Internal, $"grpc-timeout \"{header}\" is not digits and one of H M S m u n");

        static Task<(GrpcStatusException?, Action?)> Refused(GrpcStatusCode code, string message) =>
            Task.FromResult<(GrpcStatusException?, Action?)>((new GrpcStatusException(code, message), null));
    }

    private async Task<(GrpcStatusException? Failure, Action? Answered)> RunWithinAsync(TimeSpan timeout, HttpContext http, GrpcHandler handler, string path)
    {
        // A timer holds about 49 days; a longer deadline is none.
        using var deadline = timeout.TotalMilliseconds < uint.MaxValue - 1 ? new CancellationTokenSource(timeout, time) : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, deadline.Token);
        return await RunAsync(http, handler, new GrpcCallContext(path, both.Token, deadline.Token));
    }

    private async Task<(GrpcStatusException? Failure, Action? Answered)> RunAsync(HttpContext http, GrpcHandler handler, GrpcCallContext context)
    {
        try
        {
            await handler(new GrpcExchange(http.Request.BodyReader, http.Response.BodyWriter, context, maxMessageLength));
            return (null, context.Answered);
        }
#pragma warning disable CA1031 // Whatever a handler lets escape becomes an answer, not a broken connection.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return (StatusOf(failure, context), context.Answered);
        }
    }

    private static GrpcStatusException StatusOf(Exception failure, GrpcCallContext context) => failure switch
    {
        GrpcStatusException status => status,

        // A read of a body whose client has gone may throw either.
        OperationCanceledException or IOException when context.Deadline.IsCancellationRequested =>
            new GrpcStatusException(GrpcStatusCode.DeadlineExceeded, "the call's deadline has passed", failure),
        OperationCanceledException or IOException when context.CancellationToken.IsCancellationRequested =>
            new GrpcStatusException(GrpcStatusCode.Cancelled, "the call was cancelled by its client", failure),

        _ => new GrpcStatusException(GrpcStatusCode.Internal, $"unexpected {failure.GetType().Name}: {failure.Message}", failure),
    };

    private static bool IsGrpc(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is '+' or ';' or ' ');
}
