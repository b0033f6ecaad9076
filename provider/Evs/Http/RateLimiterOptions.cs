namespace PulumiEvs.Evs.Http;

/// <summary>How the client's own limit follows the service's.</summary>
internal sealed record RateLimiterOptions
{
    /// <summary>Requests a second that are always allowed.</summary>
    public double LowestRate { get; init; } = 0.5;

    /// <summary>Above this rate there is no limit again.</summary>
    public double HighestRate { get; init; } = 400;

    /// <summary>What is left of the rate after a refusal.</summary>
    public double Decrease { get; init; } = 0.7;

    /// <summary>What each second of accepted requests adds, as a share of the rate, while it is below what was refused.</summary>
    public double Recovery { get; init; } = 0.2;

    /// <summary>How near to what was refused the rate is no more below it, as a share of that.</summary>
    public double Near { get; init; } = 0.95;

    /// <summary>What each second of accepted requests adds there: so many requests a second,</summary>
    public double Increase { get; init; } = 0.5;

    /// <summary>and this share of the rate for each second since the last refusal, up to <see cref="Recovery"/>.</summary>
    public double IncreaseShare { get; init; } = 0.002;

    /// <summary>How much of a limit that the service names is used: others may use the account too, and clocks differ.</summary>
    public double ShareOfNamed { get; init; } = 0.97;

    /// <summary>How long a named limit is kept to.</summary>
    public TimeSpan NamedHolds { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long nothing is sent after a refusal without Retry-After.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How far a request that comes late may be made up for by the next ones: timers fire late, more so on a busy machine.</summary>
    public TimeSpan Slack { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Requests under way at once. The others wait here and not for a connection, where their time-out would run and where they could
    /// not be held back any more.
    /// </summary>
    public int MostUnderWay { get; init; } = 64;
}
