using EvsSimulator.Accounts;
using EvsSimulator.Core;
using EvsSimulator.Core.Errors;
using EvsSimulator.Faults;
using EvsSimulator.Http.Auth;
using EvsSimulator.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EvsSimulator.Http;

/// <summary>
/// The way of a request: log, throttle, faults before acting, authentication, the handler, the state file, faults after
/// acting, the answer.
/// </summary>
internal sealed class Pipeline(
    Cloud cloud,
    AccountDirectory accounts,
    FaultSet faults,
    RequestLog log,
    StateFile? stateFile,
    Doorway doorway,
    Activity activity,
    TimeProvider clock,
    TextWriter errors)
{
    private readonly Authenticator authenticator = new(cloud, accounts, new SignatureVerifier(accounts));
    private readonly Throttle throttle = new(clock);

    public async Task RunAsync(HttpContext context, Route route)
    {
        activity.Note();
        var body = await ReadBodyAsync(context);
        var entry = StartEntry(context, route, body);
        var startedAt = clock.GetTimestamp();
        context.Response.Headers["X-Request-Id"] = entry.RequestId;
        log.Keep(entry);
        try
        {
            var (answer, struck) = await AnswerAsync(context, route, body, entry.RequestId);
            entry = entry with { Faults = struck };
            if (answer is null)
            {
                context.Abort();
                return;
            }

            entry = entry with { Status = answer.Status };
            context.Response.Headers.Date = cloud.Now.ToString("R");
            await WriteAsync(context, answer);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away while a fault held its request back; the log shows it without a status.
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // A defect of this program, or a state file that cannot be written: said here, and answered as the service would.
            await errors.WriteLineAsync($"evs-simulator: {entry.Method} {entry.Path}: {e}");
            entry = entry with { Status = 500 };
            await WriteAsync(context, ErrorBodies.Of(Refusal.Of("EVS.5500"), route.Shape, entry.RequestId));
        }
        finally
        {
            activity.Note();
            log.Finish(entry with { DurationMs = clock.GetElapsedTime(startedAt).TotalMilliseconds });
        }
    }

    /// <summary>Writes an answer as it is.</summary>
    public static async Task WriteAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.ContentType is not null)
        {
            context.Response.ContentType = answer.ContentType;
        }

        if (answer.Status is not (204 or 304))
        {
            context.Response.ContentLength = answer.Body.Length;
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    public static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength is 0 || (context.Request.ContentLength is null && context.Request.Headers.TransferEncoding.Count == 0))
        {
            return [];
        }

        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }

    public static string BaseUrlOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";

    /// <summary>The answer, or none when the connection is to be cut; and the faults that struck.</summary>
    private async Task<(Answer? Answer, IReadOnlyList<string> Struck)> AnswerAsync(
        HttpContext context, Route route, byte[] body, string requestId)
    {
        if (!throttle.Admit(cloud.Settings.RateLimit))
        {
            var limit = cloud.Settings.RateLimit!;
            var refused = ErrorBodies.Of(GatewayRefusals.Throttled(limit.PerSecond), route.Shape, requestId);
            return (WithRetryAfter(refused, limit.RetryAfterSeconds), []);
        }

        var values = context.Request.RouteValues.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "");
        var subject = new RequestSubject(cloud, values, body);
        var plan = faults.Strike(new FaultTarget(route.Operation, route.Method, context.Request.Path.Value ?? "", subject.VolumeName));
        if (plan.ClockOffset is { } offset)
        {
            cloud.Change(settings => settings with { ClockOffset = offset });
        }

        if (plan.ExpireToken && context.Request.Headers.TryGetValue(Authenticator.TokenHeader, out var token))
        {
            accounts.Revoke(token.ToString());
        }

        await PauseAsync(plan.DelayBefore, context);
        if (plan.Refuse is { } length)
        {
            doorway.Close(length);
        }

        if (plan.Abort || doorway.IsClosed)
        {
            return (null, plan.Names);
        }

        if (plan.ErrorBefore is { } before)
        {
            return (ErrorOf(before, route, requestId), plan.Names);
        }

        var answer = Act(context, route, values, body, plan, requestId);
        if (stateFile is not null && route.Method != "GET")
        {
            await stateFile.SaveAsync();
        }

        await PauseAsync(plan.DelayAfter, context);
        return (plan.LoseAnswer ? null : plan.ErrorAfter is { } after ? ErrorOf(after, route, requestId) : answer, plan.Names);
    }

    private Answer Act(
        HttpContext context, Route route, Dictionary<string, string> values, byte[] body, FaultPlan plan, string requestId)
    {
        // What needs no credentials may still be asked with some: an agency is assumed by somebody.
        var known = authenticator.Authenticate(context.Request.Headers, Signed(context, body)).Succeeded(out var principal, out var refusal);
        refusal = known ? authenticator.Authorize(principal!, route.Operation, values.GetValueOrDefault("project")) : refusal;
        if (refusal is not null && !route.IsOpen)
        {
            return ErrorBodies.Of(refusal, route.Shape, requestId);
        }

        var call = new Call
        {
            Route = route,
            Cloud = cloud,
            Accounts = accounts,
            Principal = principal ?? Principal.Nobody,
            BaseUrl = BaseUrlOf(context),
            RouteValues = values,
            Query = context.Request.Query,
            Headers = context.Request.Headers,
            Body = body,
            Fate = plan.Fate,
        };
        return route.Handle(call).Succeeded(out var answer, out refusal) ? answer : ErrorBodies.Of(refusal, route.Shape, requestId);
    }

    private static SignedRequest Signed(HttpContext context, byte[] body)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return new SignedRequest(
            context.Request.Method,
            question < 0 ? target : target[..question],
            question < 0 ? "" : target[(question + 1)..],
            name => context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null,
            body);
    }

    private static Answer ErrorOf(FaultError error, Route route, string requestId) => WithRetryAfter(
        error.Shape is { } shape
            ? ErrorBodies.In(shape, error.Refusal, requestId)
            : ErrorBodies.Of(error.Refusal, route.Shape, requestId),
        error.RetryAfterSeconds);

    private static Answer WithRetryAfter(Answer answer, int? seconds) =>
        seconds is { } wait ? answer.With("Retry-After", wait.ToString()) : answer;

    private Task PauseAsync(TimeSpan length, HttpContext context) =>
        length > TimeSpan.Zero ? Task.Delay(length, clock, context.RequestAborted) : Task.CompletedTask;

    private LoggedRequest StartEntry(HttpContext context, Route route, byte[] body)
    {
        var headers = context.Request.Headers;
        var index = log.NextIndex();
        return new LoggedRequest
        {
            Index = index,
            Time = cloud.Now,
            RequestId = new Draws((ulong)index).Hex32(),
            Method = context.Request.Method,
            Path = context.Request.Path + context.Request.QueryString,
            Operation = route.Operation,
            Auth = Authenticator.MeansOf(headers),
            ClientToken = headers.TryGetValue("X-Client-Token", out var token) ? token.ToString() : null,
            UserAgent = headers.UserAgent.Count > 0 ? headers.UserAgent.ToString() : null,
            Body = RequestLog.Redact(body),
        };
    }
}
