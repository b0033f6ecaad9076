using System.Diagnostics;
using System.Globalization;
using PulumiEvs.Chaos;
using PulumiEvs.Chaos.Campaign;
using PulumiEvs.Chaos.Fuzz;
using PulumiEvs.Chaos.Kills;

// Exit code 0: no rule was violated. 1: some were. 2: the arguments are wrong.
var arguments = Arguments.Read(args);
var clock = Stopwatch.StartNew();
switch (arguments)
{
    case { Command: "chaos" }:
        {
            var breakage = Enum.Parse<Breakage>(arguments.Text("break", "none"), ignoreCase: true);
            var (runs, seed) = (arguments.Number("runs", 100), arguments.Seed);
            Say($"chaos: {runs} runs from seed {seed}{(breakage == Breakage.None ? "" : $", broken rule: {breakage}")}");
            var done = 0;
            var reports = await FaultCampaign.PlayAsync(runs, seed, breakage, arguments.Number("workers", 2), report =>
            {
                var number = Interlocked.Increment(ref done);
                if (report.Violations.Length > 0)
                {
                    Say($"--- run {number}: {report}");
                }
                else if (number % 25 == 0)
                {
                    Say($"{number} runs, {clock.Elapsed.TotalSeconds:0} s");
                }
            }, arguments.Bound);
            var violations = reports.SelectMany(report => report.Violations).GroupBy(violation => violation.Rule).OrderBy(group => group.Key).ToArray();
            Say($"chaos: {reports.Count} runs from seed {seed}, {reports.Sum(report => report.Errors)} errors on the way, "
                + $"{violations.Sum(group => group.Count())} violations{string.Concat(violations.Select(group => $", {group.Key} {group.Count()}"))}, {clock.Elapsed.TotalSeconds:0} s");
            return violations.Length == 0 ? 0 : 1;
        }

    case { Command: "kills" }:
        {
            var (rounds, seed) = (arguments.Number("runs", 200), arguments.Seed);
            var failed = 0;
            foreach (var version in (string[])["v3", "v2.1"])
            {
                await using var arena = await Arena.OpenAsync(seed, durations: KillRounds.Durations);
                var reports = await KillRounds.PlayAsync(arena, rounds, seed, version, report =>
                {
                    if (report.Problem is { } problem)
                    {
                        Say($"--- round {report.Round} ({version}), killed after {report.Instant.TotalMilliseconds:0} ms: {problem}");
                    }
                });
                failed += reports.Count(report => report.Problem is not null);
                Say($"kills: {reports.Count} on {version} from seed {seed}, {reports.Count(report => report.Problem is not null)} without exactly one tracked disk, {clock.Elapsed.TotalSeconds:0} s");
            }

            return failed == 0 ? 0 : 1;
        }

    case { Command: "fuzz" }:
        {
            var (inputs, seed) = (arguments.Number("inputs", 100_000), arguments.Seed);
            var targets = FuzzTargets.All(FuzzTargets.Recorded());
            var total = 0;
            foreach (var target in targets)
            {
                var findings = await Fuzzer.FeedAsync(target, inputs / targets.Count, seed);
                findings.ToList().ForEach(finding => Say($"--- {finding}"));
                total += findings.Count;
                Say($"fuzz: {target.Name}, {inputs / targets.Count} inputs from seed {seed}, {findings.Count} findings, {clock.Elapsed.TotalSeconds:0} s");
            }

            return total == 0 ? 0 : 1;
        }

    default:
        Say(Arguments.Usage);
        return 2;
}

static void Say(string text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
