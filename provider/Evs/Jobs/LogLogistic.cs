namespace PulumiEvs.Evs.Jobs;

/// <summary>
/// A log-logistic distribution of durations: the logarithm of the duration, in seconds, is logistic. Close to the log-normal that
/// durations of jobs follow, with heavier tails, which a guess from few observations should have, and with a survival and a hazard
/// that are one exponential each.
/// </summary>
/// <param name="Center">The logarithm of the median, in seconds.</param>
/// <param name="Spread">The scale of the logarithm, above 0.</param>
internal readonly record struct LogLogistic(double Center, double Spread)
{
    /// <summary>
    /// The scale that stands for a standard deviation of the logarithm: the one that makes the densities at the median equal. The one
    /// that makes the variances equal (0.55) would leave too few looks for those that take long.
    /// </summary>
    private const double SpreadOfDeviation = 0.63;

    public static LogLogistic Of(double mean, double deviation) => new(mean, deviation * SpreadOfDeviation);

    /// <summary>The probability of lasting longer than a time.</summary>
    /// <param name="logTime">The logarithm of the time, in seconds.</param>
    public double Survival(double logTime) => 1 / (1 + Math.Exp((logTime - Center) / Spread));

    /// <summary>The rate of ending at a time, given that it has lasted until then, per unit of the logarithm of the time.</summary>
    public double Hazard(double logTime) => (1 - Survival(logTime)) / Spread;
}
