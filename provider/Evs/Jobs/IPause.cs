namespace PulumiEvs.Evs.Jobs;

/// <summary>How a wait passes the time between two looks.</summary>
internal interface IPause
{
    /// <summary>Ends when it is time to look again: after what the schedule says, or when there is a sign that a look is worth it.</summary>
    /// <param name="planned">What the schedule says.</param>
    /// <param name="most">It ends by then in any case.</param>
    Task PauseAsync(TimeSpan planned, TimeSpan most, CancellationToken ct);
}
