using PulumiEvs.Chaos.Campaign;

namespace PulumiEvs.Tests.Functional.Chaos;

/// <summary>A short run of what <c>make chaos</c> does at length.</summary>
public sealed class FaultCampaignTests
{
    private const int Seed = 20260301;

    /// <summary>After this no further run is begun: how many there are depends on the machine, what they do on the seed alone.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Whatever_goes_wrong_no_disk_is_lost_doubled_or_deleted_unasked()
    {
        var reports = await FaultCampaign.PlayAsync(runs: 10, Seed, Breakage.None, workers: 2, bound: Bound);

        reports.Where(report => !report.Violations.IsEmpty).Select(report => report.ToString()).ShouldBeEmpty();
        reports.Sum(report => report.Errors).ShouldBeGreaterThan(0, "nothing went wrong, so nothing was proved");
    }

    [Theory]
    [InlineData("Journal")]
    [InlineData("Retry")]
    public async Task A_rule_that_is_broken_on_purpose_is_noticed(string broken)
    {
        var breakage = Enum.Parse<Breakage>(broken);
        await using var arena = await Arena.OpenAsync(Seed, breakage);
        for (var run = 0; run < 12; run++)
        {
            var report = await ChaosRun.PlayAsync(arena, PlanMaker.Make(Seed + run, breakage));
            if (report.Violations.Any(violation => violation.Rule is "orphan" or "double"))
            {
                return;
            }
        }

        Assert.Fail($"12 runs from seed {Seed} did not notice it");
    }
}
