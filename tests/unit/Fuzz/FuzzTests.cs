using PulumiEvs.Chaos.Fuzz;

namespace PulumiEvs.Tests.Unit.Fuzz;

/// <summary>A short run of what <c>make fuzz</c> does at length.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20260301;

    public static TheoryData<string> Targets => [.. FuzzTargets.All(FuzzTargets.Recorded()).Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Bad_input_is_refused_in_the_documented_way_or_read(string name)
    {
        var target = FuzzTargets.All(FuzzTargets.Recorded()).Single(target => target.Name == name);

        (await Fuzzer.FeedAsync(target, 4000, Seed)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reader_that_breaks_its_promise_is_found_out()
    {
        var fragile = new FuzzTarget(
            "fragile",
            ["{}"u8.ToArray()],
            (input, _) => input is [(byte)'{', .., (byte)'}'] ? Task.CompletedTask : throw new InvalidOperationException("no braces"),
            error => error is FormatException);

        (await Fuzzer.FeedAsync(fragile, 1000, Seed)).ShouldNotBeEmpty();
    }
}
