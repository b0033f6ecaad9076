using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Evs.Http;

/// <summary>What sending a request twice would do.</summary>
internal enum Idempotency
{
    /// <summary>Changes nothing.</summary>
    Read,

    /// <summary>Changes something, but a second time no more than once.</summary>
    IdempotentWrite,

    /// <summary>Makes something new each time: never sent again unless it is certain that it was not acted on.</summary>
    Create,

    /// <summary>A create that the service recognises by its client token when it comes again.</summary>
    CreateWithToken,
}

/// <summary>What a caller brings to each of its requests.</summary>
internal sealed record CallContext
{
    public static readonly CallContext Default = new();

    /// <summary>
    /// When the operation that the request belongs to is over, as a timestamp of the <see cref="TimeProvider"/>: no request takes
    /// longer, and no retry is begun that would end later. Not a date, because a clock that is set must not end an operation.
    /// </summary>
    public long? Deadline { get; init; }

    /// <summary>Told of every exchange, redacted; besides the transport's own observer.</summary>
    public Action<HttpExchange>? OnExchange { get; init; }

    /// <summary>Retries of one request, in place of the configured number.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>The turn among the requests that wait, in place of the one that follows from what the request does.</summary>
    public Precedence? Precedence { get; init; }

    /// <summary>What is read may be other resources', or another run's, with texts that this operation does not know to be secret: it is never shown.</summary>
    public bool ReadsOthers { get; init; }

    /// <summary>The deadline that is so far away.</summary>
    public static long DeadlineIn(TimeProvider time, TimeSpan allowed) =>
        time.GetTimestamp() + (long)(allowed.TotalSeconds * time.TimestampFrequency);

    /// <summary>What is left until the deadline, negative after it; null when there is none.</summary>
    public TimeSpan? Remaining(TimeProvider time) => Deadline is { } deadline ? time.GetElapsedTime(time.GetTimestamp(), deadline) : null;
}

/// <summary>One request as the client means it, before it has a credential.</summary>
internal sealed record RequestDescription
{
    /// <summary>What is being done, as a fragment for errors: <c>creating volume 'data'</c>.</summary>
    public required string Operation { get; init; }

    public required HttpMethod Method { get; init; }

    /// <summary>The service's address without path, or with the path of a reverse proxy.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The setting that gives another address than this one.</summary>
    public string EndpointSetting { get; init; } = Setting.Endpoint;

    /// <summary>Begins with a slash; its parts are escaped.</summary>
    public required string Path { get; init; }

    public required Idempotency Idempotency { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>JSON; null for a request without body.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    public CallContext Context { get; init; } = CallContext.Default;

    /// <summary>The bodies are secret as a whole and are never shown.</summary>
    public bool HideBodies { get; init; }

    /// <summary>As <see cref="CallContext.ReadsOthers"/>, for this request: a list has more than what belongs to the operation.</summary>
    public bool ReadsOthers { get; init; }

    public bool HidesAnswer => HideBodies || ReadsOthers || Context.ReadsOthers;

    /// <summary>A status outside 2xx that is an answer all the same.</summary>
    public int? AlsoSuccess { get; init; }

    public Precedence Precedence => Context.Precedence ?? Idempotency switch
    {
        Idempotency.Create or Idempotency.CreateWithToken => Precedence.Create,
        Idempotency.IdempotentWrite => Precedence.Change,
        _ => Precedence.Look,
    };

    /// <summary>What an error of this request says of it at least.</summary>
    public ErrorFacts ToFacts() => new()
    {
        Operation = Operation,
        Method = Method.Method,
        Host = Endpoint.Authority,
        HostSetting = EndpointSetting,
        Path = Path,
        Knowledge = Knowledge.Unknown,
        Class = ErrorClass.Network,
    };

    public Uri ToUri()
    {
        var text = Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + Path;
        return Query.Count == 0
            ? new Uri(text)
            : new Uri(text + "?" + string.Join('&', Query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")));
    }
}
