using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PulumiEvs.Plugin.Grpc;

/// <summary>
/// Takes one HTTP/2 request through the table of methods to its answer and trailers. Straight on the server's features, and with as
/// little as can be between them and a call's handler: thousands of calls may wait at once.
/// </summary>
internal sealed class GrpcDispatcher(GrpcMethodTable methods, TimeProvider time, int maxMessageLength = GrpcFraming.MaxMessageLength)
    : IHttpApplication<IFeatureCollection>
{
    private const string ContentType = "application/grpc";

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
        // The features are the server's own.
    }

    public Task ProcessRequestAsync(IFeatureCollection context)
    {
        var request = context.GetRequiredFeature<IHttpRequestFeature>();
        var response = context.GetRequiredFeature<IHttpResponseFeature>();
        if (!HttpMethods.IsPost(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        if (!IsGrpc(request.Headers.ContentType))
        {
            response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        response.Headers.ContentType = ContentType;
        var path = request.Path;
        if (!methods.TryFind(path, out var handler))
        {
            return EndAsync(context, new GrpcStatusException(GrpcStatusCode.Unimplemented, $"unknown method {path}"), null);
        }

        var aborted = context.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        if (request.Headers["grpc-timeout"] is not [{ } header])
        {
            return RunAsync(context, handler, new GrpcCallContext(path, aborted));
        }

        return GrpcTimeout.TryParse(header, out var timeout)
            ? RunWithinAsync(timeout, context, handler, path, aborted)
            : EndAsync(
                context, new GrpcStatusException(GrpcStatusCode.Internal, $"grpc-timeout \"{header}\" is not digits and one of H M S m u n"), null);
    }

    private async Task RunWithinAsync(TimeSpan timeout, IFeatureCollection http, GrpcHandler handler, string path, CancellationToken aborted)
    {
        // A timer holds about 49 days; a longer deadline is none.
        using var deadline = timeout.TotalMilliseconds < uint.MaxValue - 1 ? new CancellationTokenSource(timeout, time) : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(aborted, deadline.Token);
        await RunAsync(http, handler, new GrpcCallContext(path, both.Token, deadline.Token));
    }

    private async Task RunAsync(IFeatureCollection http, GrpcHandler handler, GrpcCallContext context)
    {
        GrpcStatusException? failure = null;
        try
        {
            await handler(new GrpcExchange(
                http.GetRequiredFeature<IRequestBodyPipeFeature>().Reader,
                http.GetRequiredFeature<IHttpResponseBodyFeature>().Writer,
                context,
                maxMessageLength));
        }
#pragma warning disable CA1031 // Whatever a handler lets escape becomes an answer, not a broken connection.
        catch (Exception escaped)
#pragma warning restore CA1031
        {
            failure = StatusOf(escaped, context);
        }

        await EndAsync(http, failure, context.Answered);
    }

    /// <summary>Ends the answer: with <paramref name="failure"/>, or with OK when there is none.</summary>
    /// <param name="answered">Run when the client has got it all.</param>
    private static async Task EndAsync(IFeatureCollection http, GrpcStatusException? failure, Action? answered)
    {
        // The client that reset its stream reads no trailers.
        var client = http.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        if (client.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var response = http.GetRequiredFeature<IHttpResponseFeature>();
        if (failure is { Code: GrpcStatusCode.Unimplemented } && !response.HasStarted)
        {
            // It may have been the encoding of the request: this is what would do.
            response.Headers["grpc-accept-encoding"] = "identity";
        }

        GrpcTrailers.Write(http.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers, failure);
        if (answered is not null)
        {
            await http.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync();
            if (!client.RequestAborted.IsCancellationRequested)
            {
                answered();
            }
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
