namespace PulumiEvs.Evs.Jobs;

/// <summary>How a wait passes the time between two looks.</summary>
internal interface IPause
{
    /// <summary>Ends when it is time to look again: after what the schedule says, or when there is a sign that a look is worth it.</summary>
    /// <param name="plan">The pause that the schedule says from now on; may be asked again as time goes by.</param>
    /// <param name="most">It ends by then in any case.</param>
    Task PauseAsync(Func<TimeSpan> plan, TimeSpan most, CancellationToken ct);
}
