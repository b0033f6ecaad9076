namespace PulumiEvs.Evs.Http;

/// <summary>A successful answer, whole.</summary>
internal sealed record HttpAnswer
{
    public required int Status { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The headers that some calls answer with, by name.</summary>
    public required Func<string, string?> Header { get; init; }

    /// <summary>How often the request was sent.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>An earlier attempt of the same request may have been acted on too.</summary>
    public bool EarlierAttemptUnknown { get; init; }
}
