namespace PulumiEvs.Bench.Waiting;

/// <summary>Durations whose logarithm is normal.</summary>
/// <param name="Median">Half of them are longer.</param>
/// <param name="Deviation">Of the logarithm.</param>
internal sealed record LogNormal(TimeSpan Median, double Deviation)
{
    public TimeSpan Draw(Random random)
    {
        // Box and Muller: two even chances make a normal one.
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Median * Math.Exp(Deviation * normal);
    }
}
