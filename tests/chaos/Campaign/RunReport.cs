using System.Collections.Immutable;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>A rule of the campaign that did not hold.</summary>
/// <param name="Rule">Which one: orphan, double, deleted, state, cause, secret, converge, hang.</param>
internal sealed record Violation(string Rule, string Text);

/// <summary>What one run came to.</summary>
/// <param name="Errors">How many errors the provider gave on the way: a run without any has proved little.</param>
internal sealed record RunReport(RunPlan Plan, ImmutableArray<Violation> Violations, int Errors, ImmutableArray<string> Story)
{
    public override string ToString() => string.Join('\n', [
        .. Violations.Select(violation => $"VIOLATION {violation.Rule}: {violation.Text}"),
        Plan.ToString(),
        .. Story.Select(line => "  | " + line)]);
}
