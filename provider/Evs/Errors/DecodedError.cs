namespace PulumiEvs.Evs.Errors;

/// <summary>How an error answer was shaped (EVS API reference, returned values; and what gateways and proxies send).</summary>
internal enum ErrorShape
{
    /// <summary>No body.</summary>
    Empty,

    /// <summary><c>{"error": {"message", "code"}}</c>, EVS's own.</summary>
    Nested,

    /// <summary><c>{"badRequest": {"message", "code"}}</c> and its kind, from the cinder paths.</summary>
    Fault,

    /// <summary><c>{"error_code", "error_msg"}</c>, also in the capitalisations of other services; the gateway's has its own codes.</summary>
    Flat,

    /// <summary>JSON without anything that looks like an error.</summary>
    OtherJson,

    /// <summary>A page or document of something in between.</summary>
    Markup,

    PlainText,
}

/// <summary>What an error answer says, whatever its shape.</summary>
internal sealed record DecodedError
{
    public required ErrorShape Shape { get; init; }

    /// <summary>The innermost code; null when none is given.</summary>
    public string? Code { get; init; }

    /// <summary>The code of the service that wrapped the error, when another one was inside its message.</summary>
    public string? OuterCode { get; init; }

    public string? Message { get; init; }

    /// <summary>The key that wraps a <see cref="ErrorShape.Fault"/>, for example <c>itemNotFound</c>.</summary>
    public string? Fault { get; init; }

    /// <summary>The request id in the body, where the gateway puts it.</summary>
    public string? RequestId { get; init; }
}
