using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Evs.Jobs;

/// <summary>What all waits for the service have in common.</summary>
internal static class Waits
{
    /// <summary>Refusals of who asks stay refusals; so does an exception that is not about a request at all.</summary>
    public static bool IsFinal(Exception exception) => exception is not EvsException e || e.IsDefiniteRefusal;

    /// <summary>Too many requests at once: that says nothing about what is waited for.</summary>
    public static bool IsDeferral(Exception exception) => exception is EvsException { Class: ErrorClass.Throttled };

    /// <summary>The service's own wish for when to come back.</summary>
    public static TimeSpan? AskedPause(Exception exception) => (exception as EvsException)?.RetryAfter;
}
