using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Evs.Http;

/// <summary>How one attempt ended.</summary>
internal sealed record Attempt(HttpAnswer? Answer, ErrorFacts? Error, Exception? Cause);

/// <summary>One request on its way through its attempts.</summary>
internal sealed class Sending(RequestDescription request, long started)
{
    private TrackedContent? _content;
    private bool _underWay;
    private int _counted;
    private bool _lastUnknown;

    public RequestDescription Request => request;

    public int Attempts { get; private set; }

    public bool Renewed { get; set; }

    public bool EarlierUnknown { get; private set; }

    public TimeSpan? Delay { get; private set; }

    public void Begin(TrackedContent? content)
    {
        EarlierUnknown |= _lastUnknown;
        _lastUnknown = false;
        _content = content;
        _underWay = true;
        Attempts++;
    }

    public void Finished(Attempt attempt)
    {
        _underWay = false;
        _lastUnknown = attempt.Error is { Knowledge: Knowledge.Unknown };
    }

    /// <summary>Whether there is to be another attempt; its pause is then in <see cref="Delay"/>.</summary>
    public bool Plan(RetryPolicy policy, ErrorFacts error, TimeProvider time, double chance)
    {
        Delay = policy.NextDelay(
            error, request.Idempotency, _counted, time.GetElapsedTime(started), request.Context.Remaining(time), request.Context.MaxRetries, chance);
        if (Delay is null)
        {
            return false;
        }

        if (error.Class != ErrorClass.Throttled)
        {
            _counted++;
        }

        return true;
    }

    /// <summary>The error that it ended with.</summary>
    public ErrorFacts? Ended { get; private set; }

    public ErrorFacts Final(ErrorFacts error) => Ended = error with { Attempts = Attempts, EarlierAttemptUnknown = EarlierUnknown };

    /// <summary>An error that is not an answer's, with what the attempts before it leave open.</summary>
    public ErrorFacts Interrupted(ErrorFacts error) => error with { EarlierAttemptUnknown = EarlierUnknown || _lastUnknown };

    public ErrorFacts Cancelled(ErrorFacts facts) => facts with
    {
        ServiceMessage = "cancelled",
        Attempts = Math.Max(Attempts, 1),
        EarlierAttemptUnknown = EarlierUnknown || (_lastUnknown && !_underWay),
        Knowledge = Attempts == 0 || (_underWay ? _content is { Begun: false } : !_lastUnknown) ? Knowledge.NotActedOn : Knowledge.Unknown,
    };
}
