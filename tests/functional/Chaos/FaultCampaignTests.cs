using PulumiEvs.Chaos.Campaign;

namespace PulumiEvs.Tests.Functional.Chaos;

/// <summary>A short run of what <c>make chaos</c> does at length.</summary>
public sealed class FaultCampaignTests
{
    private const int Seed = 20260301;

    [Fact]
    public async Task Whatever_goes_wrong_no_disk_is_lost_doubled_or_deleted_unasked()
    {
        var reports = await FaultCampaign.PlayAsync(runs: 15, Seed, Breakage.None, workers: 2);

        reports.Where(report => !report.Violations.IsEmpty).Select(report => report.ToString()).ShouldBeEmpty();
        reports.Count.ShouldBe(15);
        reports.Sum(report => report.Errors).ShouldBeGreaterThan(0, "nothing went wrong, so nothing was proved");
    }

    [Theory]
    [InlineData("Journal")]
    [InlineData("Retry")]
    [InlineData("Id")]
    public async Task A_rule_that_is_broken_on_purpose_is_noticed(string breakage)
    {
        await using var arena = await Arena.OpenAsync(Seed, Enum.Parse<Breakage>(breakage));
        for (var run = 0; run < 12; run++)
        {
            var report = await ChaosRun.PlayAsync(arena, PlanMaker.Make(Seed + run, Enum.Parse<Breakage>(breakage)));
            if (report.Violations.Any(violation => violation.Rule is "orphan" or "double"))
            {
                return;
            }
        }

        Assert.Fail($"12 runs from seed {Seed} did not notice it");
    }
}
