namespace PulumiEvs.Evs.Errors;

/// <summary>The one exception of this room: a request to the service that did not succeed, and all that is known about it.</summary>
internal sealed class EvsException : Exception
{
    public EvsException(ErrorFacts facts, Exception? inner = null)
        : base(ErrorText.Compose(facts), inner)
    {
        Facts = facts;
    }

    public ErrorFacts Facts { get; }

    /// <summary>What was being done, as a fragment: <c>creating volume 'data'</c>.</summary>
    public string Operation => Facts.Operation;

    public string? Method => Facts.Method;

    public string? Path => Facts.Path;

    public int? HttpStatus => Facts.HttpStatus;

    /// <summary>The innermost error code, for example <c>EVS.2072</c>.</summary>
    public string? Code => Facts.Code;

    public string? ServiceMessage => Facts.ServiceMessage;

    public string? RequestId => Facts.RequestId;

    /// <summary>How often the request was sent.</summary>
    public int Attempts => Facts.Attempts;

    public Knowledge Knowledge => Facts.Knowledge;

    /// <summary>An earlier attempt of the same request may have been acted on, whatever the last one says.</summary>
    public bool EarlierAttemptUnknown => Facts.EarlierAttemptUnknown;

    public ErrorClass Class => Facts.Class;

    /// <summary>What to do about it, as a sentence; null when nothing is known.</summary>
    public string? Hint => Facts.Hint;

    /// <summary>How long the service asked to wait.</summary>
    public TimeSpan? RetryAfter => Facts.RetryAfter;

    /// <summary>No use in asking again: the service knows who asks and says no, or does not accept who asks even after a renewal.</summary>
    public bool IsDefiniteRefusal =>
        Knowledge == Knowledge.Refused && Class is ErrorClass.Authentication or ErrorClass.Permission or ErrorClass.Account;

    /// <summary>The thing asked for does not exist, said by the service itself and not by something in front of it.</summary>
    public bool IsDefinitelyNotFound => Facts.DefinitelyNotFound;

    public EvsException With(Func<ErrorFacts, ErrorFacts> change) => new(change(Facts), InnerException);
}
