namespace PulumiEvs.Bench.Waiting;

/// <summary>Many waits of one rule in a few figures. A wait that was given up counts as endless lag.</summary>
internal sealed record WaitSummary(double LagP50, double LagP99, double MeanJobQueries, double MeanRequests, int GivenUp)
{
    public static WaitSummary Of(IReadOnlyCollection<WatchedJob> jobs)
    {
        var lags = jobs.Select(job => job.Lag ?? double.PositiveInfinity).Order().ToArray();
        return new WaitSummary(
            Quantile(lags, 0.5),
            Quantile(lags, 0.99),
            jobs.Average(job => job.JobQueries),
            jobs.Average(job => job.JobQueries + job.OtherQueries),
            jobs.Count(job => job.Returned is null));
    }

    /// <summary>The smallest value that is not below a share of all.</summary>
    public static double Quantile(double[] sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
