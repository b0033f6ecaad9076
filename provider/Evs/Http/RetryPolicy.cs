using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Evs.Http;

/// <summary>How often and how slowly requests are sent again.</summary>
internal sealed record RetryOptions
{
    /// <summary>Retries of one request; throttled ones are not counted, they are bounded by <see cref="ThrottledBudget"/>.</summary>
    public int MaxRetries { get; init; } = 5;

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A longer wish in a Retry-After is taken as a refusal to be served in time.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a throttled request is tried when the operation has no deadline.</summary>
    public TimeSpan ThrottledBudget { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>Whether a failed request is sent again, and after which pause. Pure: all that it needs comes in.</summary>
internal sealed class RetryPolicy(RetryOptions options)
{
    /// <param name="error">What went wrong.</param>
    /// <param name="idempotency">What sending it again would do.</param>
    /// <param name="retries">Retries so far that counted.</param>
    /// <param name="elapsed">Since the request was first sent.</param>
    /// <param name="remaining">What is left of the operation; null when it has no deadline.</param>
    /// <param name="maxRetries">The caller's own number, in place of the configured one.</param>
    /// <param name="chance">Between 0 and 1, for jitter.</param>
    /// <returns>The pause before the next attempt, or null when there is to be none.</returns>
    public TimeSpan? NextDelay(
        ErrorFacts error, Idempotency idempotency, int retries, TimeSpan elapsed, TimeSpan? remaining, int? maxRetries, double chance)
    {
        var most = maxRetries ?? options.MaxRetries;
        var throttled = error.Class == ErrorClass.Throttled;
        if (most <= 0 || !MayRepeat(error, idempotency) || (!throttled && retries >= most))
        {
            return null;
        }

        if (error.RetryAfter > options.LongestRetryAfter)
        {
            return null;
        }

        var delay = Backoff(retries, chance);
        if (error.RetryAfter is { } asked && asked > delay)
        {
            // A little later than asked, each request a different little, so that they do not all come back together.
            delay = asked + TimeSpan.FromMilliseconds(250 * chance);
        }

        var left = remaining ?? (throttled ? options.ThrottledBudget - elapsed : TimeSpan.MaxValue);
        return delay < left ? delay : null;
    }

    /// <summary>Decided by what is known: what was not acted on may be sent again by anybody, what may have been only where that does no harm.</summary>
    public static bool MayRepeat(ErrorFacts error, Idempotency idempotency) => error.Knowledge switch
    {
        Knowledge.NotActedOn => error.Class is ErrorClass.Network or ErrorClass.Throttled or ErrorClass.Service or ErrorClass.Unknown,
        Knowledge.Unknown => idempotency != Idempotency.Create
            && error.Class is ErrorClass.Network or ErrorClass.Service or ErrorClass.Unknown,
        _ => false,
    };

    /// <summary>Doubling from the first delay to the longest, each somewhere between half and the whole of it.</summary>
    private TimeSpan Backoff(int retries, double chance)
    {
        var whole = Math.Min(options.LongestDelay.TotalMilliseconds, options.FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(retries, 30)));
        return TimeSpan.FromMilliseconds(whole * (0.5 + (0.5 * chance)));
    }
}
