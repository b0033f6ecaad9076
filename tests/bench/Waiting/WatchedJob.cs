namespace PulumiEvs.Bench.Waiting;

/// <summary>How the wait for one job went.</summary>
/// <param name="Duration">From the job's begin to its end.</param>
/// <param name="Returned">When the wait was over, since the job's begin; null when it was given up before the job's end.</param>
/// <param name="JobQueries">How often the job was asked for.</param>
/// <param name="OtherQueries">How often the disk was read to end the wait.</param>
internal readonly record struct WatchedJob(TimeSpan Duration, TimeSpan? Returned, int JobQueries, int OtherQueries)
{
    /// <summary>The time lost, as a share of the job's.</summary>
    public double? Lag => (Returned - Duration) / Duration;
}
