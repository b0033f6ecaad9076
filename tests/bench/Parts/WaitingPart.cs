using PulumiEvs.Bench.Report;
using PulumiEvs.Bench.Waiting;
using PulumiEvs.Evs.Jobs;

namespace PulumiEvs.Bench.Parts;

/// <summary>
/// The waits for single jobs, in computed time: the provider's own waiter and the rules of the peers, all for the same jobs and with the
/// time-outs they have unless their users set others. No round trip and no other load is in it: lag here is what the rule itself loses.
/// </summary>
internal sealed class WaitingPart(int seed) : IPart
{
    private const int Jobs = 2000;

    /// <summary>How many jobs of the kind a run before has seen: what the targets are judged on.</summary>
    private const int Learnt = 40;

    private static readonly JobKind Kind = new(JobTypes.CreateVolume, "SSD");

    /// <summary>The asks, by the median of the jobs.</summary>
    private static readonly (TimeSpan Median, string Text, double P50, double? P99, double Queries)[] Targets =
    [
        (TimeSpan.FromSeconds(7), "7 s", 0.03, 0.12, 15),
        (TimeSpan.FromSeconds(25), "25 s", 0.02, null, 16),
        (TimeSpan.FromHours(3), "3 h", 0.01, null, 300),
    ];

    public string Name => "waiting";

    public string Title => $"Lag = Create's return − job's end, as a share of the job; log-normal jobs, σ 0.25; {Jobs} of each, computed";

    public Task<IReadOnlyList<Figure>> RunAsync() => Task.FromResult<IReadOnlyList<Figure>>([.. Targets.SelectMany(Compare)]);

    private IEnumerable<Figure> Compare((TimeSpan Median, string Text, double P50, double? P99, double Queries) target)
    {
        var distribution = new LogNormal(target.Median, 0.25);
        var drawn = new Random(seed);
        var jobs = Enumerable.Range(0, Jobs).Select(_ => distribution.Draw(drawn)).ToArray();

        // Each job is met with what forty others have taught, each with its own forty: one lucky or unlucky set decides nothing.
        var learned = Watch(jobs, random => new PollRule(Book(Enumerable.Range(0, Learnt).Select(_ => distribution.Draw(drawn))), Kind, random));
        var unlearned = Watch(jobs, random => new PollRule(Book([]), Kind, random));
        var peers = PeerRule.All.Select(rule => (Rule: rule, Waits: WaitSummary.Of([.. jobs.Select(rule.Watch)]))).ToArray();
        var everySecond = peers.Single(peer => peer.Rule.Name == PeerRule.EverySecond).Waits;

        yield return Figure.AtMost($"{target.Text}: lag p50", learned.LagP50, target.P50, Write.Percent);
        yield return target.P99 is { } p99
            ? Figure.AtMost($"{target.Text}: lag p99", learned.LagP99, p99, Write.Percent)
            : new Figure($"{target.Text}: lag p99", Write.Percent(learned.LagP99));
        yield return Figure.AtMost($"{target.Text}: job queries, mean", learned.MeanJobQueries, target.Queries, Write.Number);
        yield return Below($"{target.Text}: lag p50 below every peer's", learned.LagP50, peers.Min(peer => peer.Waits.LagP50), Write.Percent);
        if (target.Median >= TimeSpan.FromSeconds(25))
        {
            yield return Figure.AtMost($"{target.Text}: no more queries than every second", learned.MeanJobQueries, everySecond.MeanJobQueries, Write.Number);
        }

        yield return Row($"{target.Text}: pulumi-evs, the first job ever seen", unlearned);
        foreach (var (rule, waits) in peers)
        {
            yield return Row($"{target.Text}: {rule.Name}", waits);
            if (rule.Limit is not null && waits.GivenUp > 0)
            {
                yield return Row($"{target.Text}: {rule.Name}, if its user allows it enough time", WaitSummary.Of([.. jobs.Select((rule with { Limit = null }).Watch)]));
            }
        }
    }

    private WaitSummary Watch(TimeSpan[] jobs, Func<Random, PollRule> rule)
    {
        var random = new Random(seed + 1);
        return WaitSummary.Of([.. jobs.Select(job => rule(random).Watch(job))]);
    }

    private static IJobDurations Book(IEnumerable<TimeSpan> seen)
    {
        var book = new DurationBook(null, TimeProvider.System).At("evs");
        foreach (var duration in seen)
        {
            book.Learn(Kind, duration);
        }

        return book;
    }

    private static Figure Below(string subject, double value, double limit, Func<double, string> write) =>
        new(subject, write(value), "< " + write(limit), value < limit);

    private static Figure Row(string subject, WaitSummary waits) => new(
        subject,
        $"p50 {Write.Percent(waits.LagP50)}, p99 {Write.Percent(waits.LagP99)}, {Write.Number(waits.MeanJobQueries)} queries"
        + (waits.GivenUp > 0 ? $", gives up {Write.Number(waits.GivenUp * 100.0 / Jobs)} % of them" : ""));
}
