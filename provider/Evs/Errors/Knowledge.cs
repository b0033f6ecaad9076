namespace PulumiEvs.Evs.Errors;

/// <summary>What is known about whether the service acted on a request that failed.</summary>
internal enum Knowledge
{
    /// <summary>It did not: the request never got there, or was turned away before the service looked at it.</summary>
    NotActedOn,

    /// <summary>It looked at the request and refused it.</summary>
    Refused,

    /// <summary>It may have acted.</summary>
    Unknown,
}
