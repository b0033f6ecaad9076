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
        http.Response.Headers["grpc-accept-encoding"] = "identity";
        var (failure, answered) = await ServeAsync(http);

        // The client that reset its stream reads no trailers.
        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
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

    private async Task<(GrpcStatusException? Failure, Action? Answered)> ServeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (!methods.TryFind(path, out var handler))
        {
            return (new GrpcStatusException(GrpcStatusCode.Unimplemented, $"unknown method {path}"), null);
        }

        if (http.Request.Headers["grpc-timeout"] is not [{ } header])
        {
            return await RunAsync(http, handler, new GrpcCallContext(path, http.RequestAborted));
        }

        if (!GrpcTimeout.TryParse(header, out var timeout))
        {
            return (new GrpcStatusException(GrpcStatusCode.Internal, $"grpc-timeout \"{header}\" is not digits and one of H M S m u n"), null);
        }

        // A timer holds about 49 days; a longer deadline is none.
        using var deadline = timeout.TotalMilliseconds < uint.MaxValue - 1 ? new CancellationTokenSource(timeout, time) : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, deadline.Token);
        return await RunAsync(http, handler, new GrpcCallContext(path, both.Token, deadline.Token));
    }

    private async Task<(GrpcStatusException? Failure, Action? Answered)> RunAsync(HttpContext http, GrpcHandler handler, GrpcCallContext context)
    {
        var failure = await TryRunAsync(http, handler, context);
        return (failure, context.Answered);
    }

    private async Task<GrpcStatusException?> TryRunAsync(HttpContext http, GrpcHandler handler, GrpcCallContext context)
    {
        try
        {
            await handler(new GrpcExchange(http.Request.BodyReader, http.Response.BodyWriter, context, maxMessageLength));
            return null;
        }
        catch (GrpcStatusException failure)
        {
            return failure;
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException && context.CancellationToken.IsCancellationRequested)
        {
            // A read of a body whose client has gone may throw either.
            return context.Deadline.IsCancellationRequested
                ? new GrpcStatusException(GrpcStatusCode.DeadlineExceeded, "the call's deadline has passed", ended)
                : new GrpcStatusException(GrpcStatusCode.Cancelled, "the call was cancelled by its client", ended);
        }
#pragma warning disable CA1031 // The last resort: whatever a handler lets escape becomes an answer, not a broken connection.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            return new GrpcStatusException(GrpcStatusCode.Internal, $"unexpected {unexpected.GetType().Name}: {unexpected.Message}", unexpected);
        }
    }

    private static bool IsGrpc(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is '+' or ';' or ' ');
}
