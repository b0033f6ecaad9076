namespace PulumiEvs.Evs.Errors;

/// <summary>All that is known about a failed request.</summary>
internal sealed record ErrorFacts
{
    public required string Operation { get; init; }

    public string? Method { get; init; }

    /// <summary>The path without host and without query.</summary>
    public string? Path { get; init; }

    /// <summary>Who was asked: host and port.</summary>
    public string? Host { get; init; }

    /// <summary>What a user sets to have somebody else asked.</summary>
    public string HostSetting { get; init; } = Setting.Endpoint;

    public int? HttpStatus { get; init; }

    public string? Code { get; init; }

    /// <summary>The code of the service in between, when another service's error was inside its message.</summary>
    public string? OuterCode { get; init; }

    public string? ServiceMessage { get; init; }

    public string? RequestId { get; init; }

    public int Attempts { get; init; } = 1;

    public required Knowledge Knowledge { get; init; }

    public bool EarlierAttemptUnknown { get; init; }

    public required ErrorClass Class { get; init; }

    public string? Hint { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public bool DefinitelyNotFound { get; init; }
}
