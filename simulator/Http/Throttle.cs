using EvsSimulator.Core.Catalog;

namespace EvsSimulator.Http;

/// <summary>The gateway's bucket of tokens: one a request, filled at the rate of the set-up.</summary>
internal sealed class Throttle(TimeProvider clock)
{
    private readonly Lock gate = new();
    private RateLimit? limit;
    private double tokens;
    private long filledAt;

    /// <summary>Takes a token; false when there is none left.</summary>
    public bool Admit(RateLimit? current)
    {
        if (current is null)
        {
            return true;
        }

        lock (gate)
        {
            var now = clock.GetTimestamp();
            tokens = current == limit
                ? Math.Min(current.Burst, tokens + (clock.GetElapsedTime(filledAt, now).TotalSeconds * current.PerSecond))
                : current.Burst;
            (limit, filledAt) = (current, now);
            if (tokens < 1)
            {
                return false;
            }

            tokens--;
            return true;
        }
    }
}
