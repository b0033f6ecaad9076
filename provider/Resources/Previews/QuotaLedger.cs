namespace PulumiEvs.Resources.Previews;

/// <summary>
/// What the resources of one preview ask of the quotas, each counted once, in the order in which they first came. Previews run side
/// by side, so each sees the sum up to itself, and no two see the same room for the last disk.
/// </summary>
internal sealed class QuotaLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<QuotaDemand> _demands = [];
    private QuotaDemand _sum = QuotaDemand.None;

    /// <summary>Enters what a resource asks for; entered again, it takes the place of what was there.</summary>
    /// <returns>What the resources up to and with this one ask for together.</returns>
    public QuotaDemand Enter(string urn, QuotaDemand demand)
    {
        lock (_lock)
        {
            if (_places.TryGetValue(urn, out var place))
            {
                _demands[place] = demand;
                _sum = Sum(_demands.Count);
                return Sum(place + 1);
            }

            _places[urn] = _demands.Count;
            _demands.Add(demand);
            return _sum = _sum.Plus(demand);
        }
    }

    private QuotaDemand Sum(int count) => _demands.Take(count).Aggregate(QuotaDemand.None, (sum, demand) => sum.Plus(demand));
}
