namespace PulumiEvs.Evs.Jobs;

/// <summary>
/// What was learnt of the durations of one kind of job: weight, mean and scatter of their logarithms. Older observations fade, so
/// that a service that has become faster or slower is believed soon.
/// </summary>
/// <param name="Weight">How many observations it stands for; 0 for a guess.</param>
/// <param name="Mean">Of the logarithms of the durations in seconds.</param>
/// <param name="Squares">The sum of the squared deviations from the mean; of a guess, the square of its deviation.</param>
internal readonly record struct DurationEstimate(double Weight, double Mean, double Squares)
{
    /// <summary>Above this many observations a new one makes the old ones fade.</summary>
    private const double MaxWeight = 40;

    /// <summary>
    /// A duration so many deviations off is a freak, or the first sign that things have changed. For the one it counts as no further
    /// off than that, for the other most of what was learnt is let go: a freak then moves little, and a change is believed within
    /// five jobs.
    /// </summary>
    private const double Surprise = 3;

    private const double KeptAfterSurprise = 1 / 3d;

    /// <summary>What is thought of the deviation before it is seen, and how many observations that thought counts for.</summary>
    private const double UsualDeviation = 0.3;

    private const double UsualDeviationWeight = 2;

    /// <summary>How much the medians of disks of different types differ, as a deviation of the logarithm.</summary>
    private const double BetweenTypes = 0.4;

    /// <summary>The deviation of what may be the case when the estimate is wrong.</summary>
    private const double BroadDeviation = 1.5;

    /// <summary>
    /// What a query costs at most, in seconds of lag, for a kind of job that has been seen before. A job of three hours is then asked for
    /// about 180 times, one of an hour 125 times; for jobs of less than half a minute it changes nothing.
    /// </summary>
    private const double MostPriceWhenKnown = 0.045;

    /// <summary>An estimate from nothing seen.</summary>
    /// <param name="deviation">Of the logarithm of the duration.</param>
    public static DurationEstimate Guess(TimeSpan median, double deviation) => new(0, Math.Log(median.TotalSeconds), deviation * deviation);

    public bool IsGuess => Weight <= 0;

    /// <summary>The expected deviation of the next duration's logarithm: the scatter, and what is not known of the mean.</summary>
    public double Deviation => IsGuess
        ? Math.Sqrt(Squares)
        : Math.Sqrt(
            ((UsualDeviationWeight * UsualDeviation * UsualDeviation) + Squares) / (UsualDeviationWeight + Math.Max(0, Weight - 1)) * (1 + (1 / Weight)));

    /// <summary>The estimate after one more duration; below a millisecond it counts as one.</summary>
    public DurationEstimate With(TimeSpan duration)
    {
        var value = Math.Log(Math.Max(duration.TotalSeconds, 0.001));
        if (IsGuess)
        {
            return new DurationEstimate(1, value, 0);
        }

        var (weight, squares) = (Weight, Squares);
        var bound = Surprise * Deviation;
        if (Math.Abs(value - Mean) > bound)
        {
            value = Mean + Math.CopySign(bound, value - Mean);
            (weight, squares) = (weight * KeptAfterSurprise, squares * KeptAfterSurprise);
        }

        if (weight > MaxWeight - 1)
        {
            (weight, squares) = (MaxWeight - 1, squares * (MaxWeight - 1) / weight);
        }

        // Welford's step, with weights.
        weight++;
        var mean = Mean + ((value - Mean) / weight);
        return new DurationEstimate(weight, mean, squares + ((value - Mean) * (value - mean)));
    }

    /// <summary>The looks for a job of this kind.</summary>
    public LikelyEndSchedule Schedule() => Schedule(Deviation);

    /// <summary>The looks for a job that differs from this kind in the type of its disk.</summary>
    public LikelyEndSchedule ScheduleForOtherType() => Schedule(Math.Sqrt((Deviation * Deviation) + (BetweenTypes * BetweenTypes)));

    private LikelyEndSchedule Schedule(double deviation) =>
        new(
            LogLogistic.Of(Mean, deviation),
            LogLogistic.Of(Mean, Math.Max(deviation, BroadDeviation)),
            IsGuess ? double.PositiveInfinity : MostPriceWhenKnown);
}
