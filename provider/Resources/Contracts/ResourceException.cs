namespace PulumiEvs.Resources.Contracts;

/// <summary>What the engine may conclude from a failed call.</summary>
internal enum FailureKind
{
    /// <summary>The request itself is at fault; nothing happened.</summary>
    InvalidRequest,

    /// <summary>What the call needs is not so (attached disk, missing configuration); nothing happened.</summary>
    Precondition,

    /// <summary>The resource or function is not there.</summary>
    NotFound,

    /// <summary>The call was cancelled before anything happened.</summary>
    Cancelled,

    /// <summary>The time allowed ran out.</summary>
    TimedOut,

    /// <summary>It failed, and the cloud may or may not have acted.</summary>
    Unknown,
}

/// <summary>A failure of an operation, with a message written for the user.</summary>
internal class ResourceException(FailureKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public FailureKind Kind { get; } = kind;
}
