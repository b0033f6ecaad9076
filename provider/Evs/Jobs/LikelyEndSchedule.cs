namespace PulumiEvs.Evs.Jobs;

/// <summary>
/// Looks where the end is likely, and sparsely elsewhere.
/// <para>
/// A pause of length g at a moment when the job ends with the rate h (the hazard: given that it still runs) costs on average g/2 of
/// lag for each end in it, and one query for each job that lives to see it. Over the whole job, with the density f = h·S and the
/// survival S, that is the lag ∫ f·g/2 dt and the queries ∫ S/g dt. With a price p of one query, in seconds of lag, their sum is least
/// where f/2 = p·S/g², so
/// <code>g(t) = √(2·p(t) / h(t))</code>
/// the pauses go with the inverse root of the hazard: twice as dense where the end is four times as likely. The looks are therefore
/// placed where ∫ dt/g(t) has grown by one since the last look; stepping by g alone would jump over a sudden rise of the hazard.
/// </para>
/// <para>
/// What is known may be wrong: with a small probability, the <em>doubt</em>, the job follows a broad distribution instead. While the
/// job runs as expected that costs next to nothing. A job that outlives what is known moves the weight to the broad one by Bayes'
/// rule, and the pauses then grow with the elapsed time.
/// </para>
/// <para>
/// The price grows with the elapsed time, but less than in proportion: somebody who waits for hours minds a share of it less than
/// somebody who waits for seconds, and minds a minute more. Where the end is known to be near, it grows no further than to
/// <paramref name="MostPrice"/>: the end of a change of type that takes three hours is then seen a quarter of a minute late, in the median.
/// A job that runs otherwise than known has no such bound, as little as one of which nothing is known: minutes lie between their looks.
/// </para>
/// </summary>
/// <param name="Known">How long such jobs take.</param>
/// <param name="Broad">How long they take if that is wrong.</param>
/// <param name="MostPrice">What a query costs at most while the job runs as known, in seconds of lag.</param>
internal sealed record LikelyEndSchedule(LogLogistic Known, LogLogistic Broad, double MostPrice) : IPollSchedule
{
    /// <summary>The price of one query after one second, in seconds of lag.</summary>
    private const double Price = 0.0045;

    /// <summary>How the price grows with the elapsed time: to this power.</summary>
    private const double PriceGrowth = 0.7;

    private const double Doubt = 0.02;

    /// <summary>How far a pause may be shortened or lengthened, as a share of it.</summary>
    private const double Jitter = 0.2;

    /// <summary>The step of the integral, in the logarithm of the time: 2 % of the elapsed time, well below a pause.</summary>
    private const double Step = 0.02;

    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public TimeSpan Pause(TimeSpan elapsed, int looks, double chance)
    {
        // The first pause has a whole look's width of chance, so that jobs begun together are not asked for together.
        var share = looks <= 1 ? 0.5 + chance : 1 + (Jitter * ((2 * chance) - 1));
        var from = Math.Max(elapsed.TotalSeconds, Shortest.TotalSeconds);
        var pause = NextLook(from, share) - elapsed.TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(pause, Shortest.TotalSeconds, Longest.TotalSeconds));
    }

    /// <summary>The moment at which a share of one look is due since another moment, both in seconds.</summary>
    private double NextLook(double from, double share)
    {
        var end = Math.Log(from + Longest.TotalSeconds);
        var at = Math.Log(from);
        while (at < end)
        {
            var density = LooksPerUnit(at + (Step / 2));
            if (density * Step >= share)
            {
                return Math.Exp(at + (share / density));
            }

            share -= density * Step;
            at += Step;
        }

        return Math.Exp(end);
    }

    /// <summary>How many looks per unit of the logarithm of the time: t/g(t), with the hazard per unit of the logarithm H = t·h.</summary>
    private double LooksPerUnit(double logTime)
    {
        var known = (1 - Doubt) * Known.Survival(logTime);
        var broad = Doubt * Broad.Survival(logTime);
        var belief = known + broad > 0 ? known / (known + broad) : 0;
        var hazard = (belief * Known.Hazard(logTime)) + ((1 - belief) * Broad.Hazard(logTime));
        var price = Price * Math.Exp(logTime * PriceGrowth);
        price = (belief * Math.Min(price, MostPrice)) + ((1 - belief) * price);
        return Math.Sqrt(hazard * Math.Exp(logTime) / (2 * price));
    }
}
