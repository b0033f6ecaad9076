using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PulumiEvs.Harness;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>What ends a command before its time.</summary>
internal enum Interruption
{
    None,

    /// <summary>The plugin is killed (SIGKILL).</summary>
    Kill,

    /// <summary>The engine cancels, as on Ctrl-C.</summary>
    Cancel,
}

/// <summary>With what right a run speaks to the cloud.</summary>
internal enum Right
{
    /// <summary>A ready token.</summary>
    Token,

    /// <summary>An access key.</summary>
    Keys,

    /// <summary>User and password, by which tokens are fetched and renewed: these may expire at any request.</summary>
    Password,
}

/// <summary>One <c>pulumi up</c> with all that goes wrong during it.</summary>
internal sealed record Phase
{
    public required ImmutableArray<Wish> Program { get; init; }

    /// <summary>In the JSON form of the local EVS's manual.</summary>
    public required ImmutableArray<JsonObject> Faults { get; init; }

    public required bool Parallel { get; init; }

    public Interruption Interruption { get; init; }

    /// <summary>When it comes: after so long since the command began, or since <see cref="AtCreate"/>.</summary>
    public TimeSpan Instant { get; init; }

    /// <summary>The clock of the interruption starts when the cloud has been sent so many creates; 0 = with the command.</summary>
    public int AtCreate { get; init; }

    /// <summary>Whether the plugin is a process of its own: only such a one can be killed.</summary>
    public bool IsProcess { get; init; }

    /// <summary>By how much the cloud's clock is ahead of this machine's, from here on.</summary>
    public TimeSpan CloudAhead { get; init; }

    /// <summary>By how much this machine's clock is set forward before this phase; less than zero = back.</summary>
    public TimeSpan ClockStep { get; init; }
}

/// <summary>All that one run does, drawn from its seed.</summary>
internal sealed record RunPlan
{
    public required int Seed { get; init; }

    /// <summary>The API version of creates: v2.1 takes client tokens, v3 does not.</summary>
    public required string CreateVersion { get; init; }

    public required Right Right { get; init; }

    /// <summary>A text that some disk has as a secret description: it must show up nowhere.</summary>
    public required string Secret { get; init; }

    public required ImmutableArray<Phase> Phases { get; init; }

    /// <summary>Whether the plugins of the undisturbed commands that follow the phases are processes of their own.</summary>
    public bool IsProcess { get; init; }

    public Breakage Breakage { get; init; }

    public override string ToString()
    {
        var lines = new List<string> { $"seed {Seed}, creates by {CreateVersion}, {Right}" };
        foreach (var (number, phase) in Phases.Index())
        {
            var interruption = phase.Interruption == Interruption.None ? "" : $", {phase.Interruption} {phase.Instant.TotalMilliseconds:0} ms after {(phase.AtCreate > 0 ? $"create {phase.AtCreate}" : "the start")}";
            lines.Add($"  phase {number + 1}{(phase.Parallel ? ", parallel" : "")}{interruption}, cloud ahead {phase.CloudAhead}, clock step {phase.ClockStep}");
            lines.AddRange(phase.Program.Select(wish => $"    {wish.Name} ({wish.Timeout?.TotalSeconds} s): {wish.Inputs}"));
            lines.AddRange(phase.Faults.Select(fault => $"    fault {fault.ToJsonString()}"));
        }

        return string.Join('\n', lines);
    }
}
