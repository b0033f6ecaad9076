namespace PulumiEvs.Bench.Waiting;

/// <summary>A way of waiting for a job, followed in computed time: no clock, so it is exact and costs nothing.</summary>
internal interface IWaitRule
{
    string Name { get; }

    /// <summary>Follows the rule for a job that takes a time. The job begins when the wait does.</summary>
    WatchedJob Watch(TimeSpan duration);
}
