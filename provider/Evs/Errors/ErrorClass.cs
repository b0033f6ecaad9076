namespace PulumiEvs.Evs.Errors;

/// <summary>What kind of trouble an error is: what a person, or the code above, would do about it.</summary>
internal enum ErrorClass
{
    /// <summary>A code that is in no document; it passes through whole.</summary>
    Unknown,

    /// <summary>The request's content is wrong; sending it again changes nothing.</summary>
    Input,

    /// <summary>The disk type or zone does not exist or does not fit.</summary>
    TypeOrZone,

    /// <summary>The type exists but is not to be had in that zone.</summary>
    SoldOut,

    Quota,

    /// <summary>The disk, snapshot or backup is in a state that forbids this.</summary>
    WrongState,

    /// <summary>The key or the agency of the key management service.</summary>
    Encryption,

    /// <summary>The token, key or signature is not accepted.</summary>
    Authentication,

    /// <summary>Known to the service, but not allowed to do this.</summary>
    Permission,

    /// <summary>The account is frozen, suspended or not ready.</summary>
    Account,

    /// <summary>Prepaid disks and their orders.</summary>
    Order,

    NotFound,

    /// <summary>The job id is not known, at least not to the node that was asked.</summary>
    JobUnknown,

    /// <summary>A job ended with the disk or snapshot in an error state.</summary>
    ResourceInError,

    /// <summary>Something went wrong inside the service.</summary>
    Service,

    /// <summary>Too many requests.</summary>
    Throttled,

    /// <summary>No answer: name resolution, connection, TLS, time-out, reset.</summary>
    Network,

    /// <summary>An answer that is not what the documents say.</summary>
    Protocol,
}
