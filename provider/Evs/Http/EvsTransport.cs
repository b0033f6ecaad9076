using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Polly.Retry;
using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Evs.Http;

/// <summary>
/// The one way to the service: builds, authorizes, paces and sends requests, sends them again where that is safe, reads the answers
/// and turns everything that is not one into an <see cref="EvsException"/>. A call that its caller cancels ends with an
/// <see cref="OperationCanceledException"/>, whose inner exception is an <see cref="EvsException"/> that says what is known of it.
/// </summary>
internal sealed class EvsTransport : IDisposable
{
    private static readonly ResiliencePropertyKey<Sending> SendingKey = new("sending");

    /// <summary>How long a create that is on its way may go on after its caller has cancelled.</summary>
    private static readonly TimeSpan CreateGrace = TimeSpan.FromSeconds(3);

    private readonly HttpMessageInvoker _http;
    private readonly ICredential _credential;
    private readonly TransportOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, RateLimiter> _limiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly AnswerReader _reader;
    private readonly ResiliencePipeline<Attempt> _pipeline;

    public EvsTransport(HttpMessageInvoker http, ICredential credential, TransportOptions options, TimeProvider time, Random random)
    {
        _http = http;
        _credential = credential;
        _options = options;
        _time = time;
        _reader = new AnswerReader(options, credential, time);
        var policy = new RetryPolicy(options.Retry);
        _pipeline = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<Attempt>
            {
                // The policy decides, not the count: it knows which failures count and when the operation is over.
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = arguments =>
                {
                    var sending = arguments.Context.Properties.GetValue(SendingKey, null!);
                    return ValueTask.FromResult(arguments.Outcome.Result is { Error: { } error } && sending.Plan(policy, error, time, Chance(random)));
                },
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Context.Properties.GetValue(SendingKey, null!).Delay),
            })
            .Build();
    }

    /// <summary>Sends the request and reads the answer's body as <typeparamref name="T"/>.</summary>
    public async Task<T> SendAsync<T>(RequestDescription request, JsonTypeInfo<T> shape, CancellationToken ct)
        where T : class
    {
        var answer = await SendAsync(request, ct);
        try
        {
            return JsonSerializer.Deserialize(answer.Body.Span, shape) ?? throw new JsonException("the body is the word null");
        }
        catch (JsonException e)
        {
            throw Unexpected(request, answer, e);
        }
        finally
        {
            _reader.Reuse(answer.Body);
        }
    }

    /// <summary>Sends the request. Any 2xx is success.</summary>
    public async Task<HttpAnswer> SendAsync(RequestDescription request, CancellationToken ct)
    {
        var sending = new Sending(request, _time.GetTimestamp());
        var context = ResilienceContextPool.Shared.Get(ct);
        context.Properties.Set(SendingKey, sending);
        try
        {
            var attempt = await _pipeline.ExecuteAsync(
                static async (context, transport) =>
                    await transport.AttemptAsync(context.Properties.GetValue(SendingKey, null!), context.CancellationToken),
                context,
                this);
            return attempt.Answer is { } answer
                ? answer with { Attempts = sending.Attempts, EarlierAttemptUnknown = sending.EarlierUnknown }
                : throw new EvsException(sending.Final(attempt.Error!), attempt.Cause);
        }
        catch (EvsException e) when (e.Facts != sending.Ended)
        {
            // The credential failed, or the answer could not be read: what came before must not be forgotten over it.
            throw e.With(sending.Interrupted);
        }
        catch (OperationCanceledException e) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, new EvsException(sending.Cancelled(request.ToFacts())), ct);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose()
    {
        foreach (var limiter in _limiters.Values)
        {
            limiter.Dispose();
        }

        _http.Dispose();
    }

    /// <summary>An answer with a success status whose content is not what was asked for.</summary>
    public EvsException Unexpected(RequestDescription request, HttpAnswer answer, JsonException e) => new(
        request.ToFacts() with
        {
            HttpStatus = answer.Status,
            RequestId = answer.RequestId,
            Attempts = answer.Attempts,
            EarlierAttemptUnknown = answer.EarlierAttemptUnknown,
            ServiceMessage = Redactor.Text(
                $"the answer is not as documented ({e.Message.Split(" Path:", 2)[0].TrimEnd('.')}): {Start(request, answer.Body.Span)}", _credential.Secrets),
            Hint = $"Check {request.EndpointSetting}, {Setting.ApiVersions} and any proxy in between.",
            Knowledge = Knowledge.Unknown,
            Class = ErrorClass.Protocol,
        },
        e);

    // Random is not safe for several threads at once.
    private static double Chance(Random random)
    {
        lock (random)
        {
            return random.NextDouble();
        }
    }

    private async ValueTask<Attempt> AttemptAsync(Sending sending, CancellationToken ct)
    {
        var (attempt, generation) = await SendOnceAsync(sending, ct);
        sending.Finished(attempt);
        if (attempt.Error is { Class: ErrorClass.Authentication, Knowledge: Knowledge.Refused } && !sending.Renewed)
        {
            sending.Renewed = true;
            if (await AsPartOf(sending.Request, () => _credential.RenewAsync(generation, ct)))
            {
                (attempt, _) = await SendOnceAsync(sending, ct);
                sending.Finished(attempt);
            }
        }

        return attempt;
    }

    private async ValueTask<(Attempt Attempt, int Generation)> SendOnceAsync(Sending sending, CancellationToken ct)
    {
        var request = sending.Request;
        var limiter = _limiters.GetOrAdd(request.Endpoint.Authority, _ => new RateLimiter(_options.RateLimit, _time));
        if (await EnterAsync(limiter, request, ct) is not { } entered)
        {
            return (TooLate(sending), 0);
        }

        var (pace, retryAfter, named) = (Pace.Unknown, (TimeSpan?)null, (double?)null);
        try
        {
            using var message = Message(request);

            // After the wait for its turn, so that neither date nor token is stale.
            var generation = await AsPartOf(request, () => _credential.AuthorizeAsync(message, request.Body ?? ReadOnlyMemory<byte>.Empty, ct));

            // Not signed, because what stands in between may rewrite them.
            message.Headers.TryAddWithoutValidation("Accept", "application/json");
            message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);

            var attempt = await ExchangeAsync(sending, message, ct);
            (pace, retryAfter, named) = attempt switch
            {
                { Error: { Class: ErrorClass.Throttled } throttled } => (Pace.TooFast, throttled.RetryAfter, NamedLimit.Read(throttled.ServiceMessage)),
                { Answer: null, Error.HttpStatus: null } => (Pace.Unknown, null, null),
                _ => (Pace.Accepted, null, null),
            };
            return (attempt, generation);
        }
        finally
        {
            limiter.Leave(entered, pace, retryAfter, named);
        }
    }

    private static HttpRequestMessage Message(RequestDescription request)
    {
        var message = new HttpRequestMessage(request.Method, request.ToUri())
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = request.Body is { } body ? new TrackedContent(body) : null,
        };
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    /// <summary>Sends the message and reads the answer, within the request's time.</summary>
    private async Task<Attempt> ExchangeAsync(Sending sending, HttpRequestMessage message, CancellationToken ct)
    {
        var request = sending.Request;
        var content = (TrackedContent?)message.Content;
        if (RequestTime.Of(_options.RequestTimeout, request.Context.Remaining(_time)) is not { } allowed)
        {
            ct.ThrowIfCancellationRequested();
            return TooLate(sending);
        }

        using var timeout = new CancellationTokenSource(allowed.Limit, _time);

        // A create that is on its way is not cut off at once: its answer says what was made. It gets a short grace instead.
        var isCreate = request.Idempotency is Idempotency.Create or Idempotency.CreateWithToken;
        using var grace = isCreate ? ct.Register(() => timeout.CancelAfter(CreateGrace)) : default;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(isCreate ? CancellationToken.None : ct, timeout.Token);
        ct.ThrowIfCancellationRequested();
        sending.Begin(content);
        var begun = _time.GetTimestamp();
        Attempt attempt;
        ReadOnlyMemory<byte> received = default;
        int? status = null;
        string? requestId = null;
        DateTimeOffset? serverTime = null;
        try
        {
            using var response = await _http.SendAsync(message, either.Token);
            status = (int)response.StatusCode;
            requestId = AnswerReader.RequestId(response);
            serverTime = response.Headers.Date;
            received = await _reader.ReadAsync(request, response, either.Token);
            attempt = _reader.Judge(request, response, received, requestId);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // A connection may break while the caller cancels: then the cancellation is what ended the call.
            ct.ThrowIfCancellationRequested();
            var timedOut = timeout.IsCancellationRequested ? allowed : (RequestTime?)null;
            var facts = NetworkErrors.Classify(
                request.ToFacts() with { HttpStatus = status, RequestId = requestId }, e, timedOut, content is { Begun: false });
            attempt = new Attempt(null, facts, e);
        }

        Report(request, message, sending.Attempts, _time.GetElapsedTime(begun), status, requestId, serverTime, received, attempt);
        return attempt;
    }

    private void Report(
        RequestDescription request, HttpRequestMessage message, int attempt, TimeSpan elapsed, int? status, string? requestId,
        DateTimeOffset? serverTime, ReadOnlyMemory<byte> received, Attempt outcome)
    {
        if (_options.OnExchange is null && request.Context.OnExchange is null)
        {
            return;
        }

        var secrets = _credential.Secrets.ToArray();
        var exchange = new HttpExchange
        {
            Operation = request.Operation,
            Method = request.Method.Method,
            Host = message.RequestUri!.Authority,
            Path = Redactor.Text(message.RequestUri.PathAndQuery, secrets),
            Status = status,
            Elapsed = elapsed,
            Attempt = attempt,
            RequestId = requestId,
            RequestBody = request.HideBodies ? Redactor.Mask : request.Body is { } sent ? Redactor.Body(sent.Span, secrets) : null,
            ResponseBody = request.HideBodies || (request.HidesAnswer && outcome.Answer is not null)
                ? Redactor.Mask
                : Redactor.Body(received.Span, secrets),
            Failure = status is null ? outcome.Error?.ServiceMessage : null,
            ServerTime = serverTime,
        };
        _options.OnExchange?.Invoke(exchange);
        request.Context.OnExchange?.Invoke(exchange);
    }

    /// <summary>Waits for the request's turn, no longer than its operation may take.</summary>
    /// <returns>The moment of its turn; null when the operation's time is over.</returns>
    private async ValueTask<long?> EnterAsync(RateLimiter limiter, RequestDescription request, CancellationToken ct)
    {
        if (limiter.TryEnter() is { } atOnce)
        {
            return atOnce;
        }

        if (request.Context.Remaining(_time) is not { } left)
        {
            return await limiter.EnterAsync(request.Precedence, ct);
        }

        using var end = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, end.Token);
        try
        {
            return await limiter.EnterAsync(request.Precedence, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>An attempt that was not made, because nobody would wait for its answer.</summary>
    private static Attempt TooLate(Sending sending)
    {
        sending.Begin(null);
        var facts = sending.Request.ToFacts() with
        {
            ServiceMessage = "the operation's time was over before the request could be sent",
            Knowledge = Knowledge.NotActedOn,
            Hint = "customTimeouts allows the operation more time.",
        };
        return new Attempt(null, facts, null);
    }

    /// <summary>Getting or renewing a credential failed: the request itself was then not acted on.</summary>
    private static async ValueTask<T> AsPartOf<T>(RequestDescription request, Func<ValueTask<T>> authorize)
    {
        try
        {
            return await authorize();
        }
        catch (EvsException e)
        {
            throw e.With(facts => facts with
            {
                Operation = $"{request.Operation}: {facts.Operation}",
                Knowledge = facts.Knowledge == Knowledge.Refused ? Knowledge.Refused : Knowledge.NotActedOn,
            });
        }
    }

    /// <summary>Enough of a body to see what it is, with its secret fields masked before it is cut.</summary>
    private static string Start(RequestDescription request, ReadOnlySpan<byte> body)
    {
        if (request.HidesAnswer)
        {
            return Redactor.Mask;
        }

        var text = Redactor.Body(body, []) ?? "it is empty";
        return text.Length > 400 ? string.Concat(text.AsSpan(0, 400), " …") : text;
    }
}
