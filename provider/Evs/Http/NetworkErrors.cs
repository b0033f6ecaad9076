using System.Security.Authentication;
using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Evs.Http;

/// <summary>From the exception of a request that got no answer to what is known about it.</summary>
internal static class NetworkErrors
{
    /// <param name="request">What is known already.</param>
    /// <param name="exception">From the HTTP handler.</param>
    /// <param name="timeout">The time that ran out, when it was that.</param>
    /// <param name="bodyHeldBack">The request has a body and it never began to leave.</param>
    public static ErrorFacts Classify(ErrorFacts request, Exception exception, RequestTime? timeout, bool bodyHeldBack)
    {
        var facts = exception switch
        {
            OperationCanceledException { InnerException: TimeoutException } when timeout is null => request with
            {
                ServiceMessage = "no connection could be made in time",
                Knowledge = Knowledge.NotActedOn,
                Hint = $"Check {request.HostSetting}, {Setting.Region}, the network and any proxy.",
            },
            OperationCanceledException => request with
            {
                ServiceMessage = timeout?.ToString() ?? "the request was cut off",
                Knowledge = Knowledge.Unknown,
                Hint = timeout is { IsOperations: true }
                    ? "customTimeouts allows the operation more time."
                    : $"Check the network and the service's state; {Setting.RequestTimeout} allows it more time.",
            },
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => request with
            {
                ServiceMessage = $"the host {request.Host} is not known",
                Knowledge = Knowledge.NotActedOn,
                Hint = $"Check {Setting.Cloud}, {Setting.Region} and {request.HostSetting}, and the name server of this machine.",
            },
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => request with
            {
                ServiceMessage = Messages(exception),
                Knowledge = Knowledge.NotActedOn,
                Hint = $"Check {request.HostSetting}, the network and any proxy.",
            },
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => request with
            {
                ServiceMessage = Messages(exception),
                Knowledge = Knowledge.NotActedOn,
                Hint =
                    $"The connection could not be secured: check {request.HostSetting}, any proxy in between and the clock; "
                    + $"give its authority as {Setting.CaCertFile} if it has its own.",
                // A certificate that is refused will be refused again; a handshake that broke may work the next time.
                Class = exception.InnerException is AuthenticationException ? ErrorClass.Protocol : ErrorClass.Network,
            },
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => request with
            {
                ServiceMessage = Messages(exception),
                Knowledge = Knowledge.NotActedOn,
                Hint = "The proxy did not let the connection through: check the proxy variables and NO_PROXY.",
            },
            _ => request with
            {
                ServiceMessage = Messages(exception),
                Knowledge = Knowledge.Unknown,
            },
        };
        return bodyHeldBack ? facts with { Knowledge = Knowledge.NotActedOn } : facts;
    }

    private static string Messages(Exception exception)
    {
        // The outer message may only point at the inner one, which follows it here.
        var text = exception.Message.Replace(", see inner exception", "", StringComparison.Ordinal);
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (!text.Contains(inner.Message, StringComparison.Ordinal))
            {
                text = $"{text.TrimEnd('.')}: {inner.Message}";
            }
        }

        return text;
    }
}
