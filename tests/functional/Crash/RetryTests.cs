using PulumiEvs.Harness;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Crash;

/// <summary>What the service does not act on is sent again; what it refuses is told whatever shape its answer has; and debug lines tell the story.</summary>
public sealed class RetryTests
{
    private static readonly string[] Passing =
    [
        """{"operation":"createVolume","effect":"refuse","ms":300,"count":1}""",
        """{"operation":"createVolume","effect":"error","status":500,"afterActing":true,"shape":"html","count":1}""",
        """{"operation":"getJob","effect":"error","status":502,"shape":"html","count":2}""",
        """{"operation":"getVolume","effect":"abort","count":2}""",
        """{"operation":"createVolume","effect":"throttle","count":1}""",
    ];

    /// <summary>The shapes of the service's errors, and what of such an error can be told.</summary>
    private static readonly (string Shape, string Cause)[] Shapes =
    [
        ("nested", "EVS.1009"), ("flat", "EVS.1009"), ("codeMessage", "EVS.1009"), ("cinder", "the size is odd"), ("gateway", "EVS.1009"),
        ("escaped", "EVS.1009"), ("html", "HTTP 400"), ("text", "the size is odd"), ("empty", "HTTP 400"),
    ];

    [Fact]
    public async Task What_passes_by_itself_fails_nothing_and_doubles_nothing()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync(null, ("lostAnswerWindow", 5));
        foreach (var fault in Passing)
        {
            await stage.Cloud.AddFaultAsync(fault);

            (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty(fault);

            (await stage.Cloud.VolumesAsync()).Keys.ShouldBe([driver.State["data"].Id], fault);
            await stage.Cloud.ClearFaultsAsync();
            (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty(fault);
        }
    }

    [Fact]
    public async Task In_a_storm_of_429_creates_slow_down_instead_of_failing()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"throttle","count":6}""");
        var driver = await stage.StartDriverAsync();

        var steps = await driver.UpInParallelAsync([.. Enumerable.Range(1, 24).Select(number => new Wish($"disk-{number}", Disk()))]);

        steps.SelectMany(step => step.Errors).ShouldBeEmpty();
        (await stage.Cloud.VolumesAsync()).Count.ShouldBe(24);
    }

    [Fact]
    public async Task A_refusal_of_any_shape_names_its_cause()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        foreach (var (shape, cause) in Shapes)
        {
            await stage.Cloud.AddFaultAsync(
                $$"""{"operation":"createVolume","effect":"error","status":400,"code":"EVS.1009","message":"the size is odd","shape":"{{shape}}","count":1}""");

            var error = (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem(shape);

            error.ShouldContain("creating volume 'data-", customMessage: shape);
            error.ShouldContain("HTTP 400", customMessage: shape);
            error.ShouldContain(cause, customMessage: shape);
            driver.State.ShouldBeEmpty(shape);
        }
    }

    [Fact]
    public async Task Debug_lines_tell_of_each_request_and_nothing_secret()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();

        await driver.UpAsync(Volume());

        IEnumerable<string> Lines() => stage.Engine.Lines.Where(line => line.Severity == LogSeverity.Debug).Select(line => line.Text);
        foreach (var (method, rest) in ((string, string)[])[("POST", "/cloudvolumes -> HTTP 2"), ("GET", "/jobs/"), ("GET", "/cloudvolumes/" + driver.State["data"].Id)])
        {
            await Waiting.UntilAsync(
                () => Lines().Any(line => line.StartsWith(method, StringComparison.Ordinal) && line.Contains(rest, StringComparison.Ordinal)),
                $"a line tells of {method} {rest}");
        }

        Lines().ShouldNotContain(line => line.Contains(SimulatorProcess.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_journal_nothing_is_written_down()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "*=2s", "--seed", "7");
        var driver = await stage.StartDriverAsync(null, ("createJournal", false));
        var running = driver.UpAsync(Volume());
        await Waiting.UntilAsync(() => stage.Engine.Lines.Any(line => line.Text.StartsWith("creating: job ", StringComparison.Ordinal)), "the job runs");

        Directory.Exists(Path.Combine(stage.Home, "evs", "creates")).ShouldBeFalse();

        (await running).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
    }
}
