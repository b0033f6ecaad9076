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

    /// <summary>When the operation that the request belongs to is over; no retry is begun that would end later.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Told of every exchange, redacted; besides the transport's own observer.</summary>
    public Action<HttpExchange>? OnExchange { get; init; }

    /// <summary>Retries of one request, in place of the configured number.</summary>
    public int? MaxRetries { get; init; }
}

/// <summary>One request as the client means it, before it has a credential.</summary>
internal sealed record RequestDescription
{
    /// <summary>What is being done, as a fragment for errors: <c>creating volume 'data'</c>.</summary>
    public required string Operation { get; init; }

    public required HttpMethod Method { get; init; }

    /// <summary>The service's address without path, or with the path of a reverse proxy.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Begins with a slash; its parts are escaped.</summary>
    public required string Path { get; init; }

    public required Idempotency Idempotency { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>JSON; null for a request without body.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    public CallContext Context { get; init; } = CallContext.Default;

    /// <summary>A status outside 2xx that is an answer all the same.</summary>
    public int? AlsoSuccess { get; init; }

    public Uri ToUri()
    {
        var text = Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + Path;
        return Query.Count == 0
            ? new Uri(text)
            : new Uri(text + "?" + string.Join('&', Query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")));
    }
}
