using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>Draws a run from its seed.</summary>
internal static class PlanMaker
{
    /// <summary>Longer than any job that ends, but the slowest.</summary>
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(6);

    /// <summary>Of the commands that nobody kills; the others are played within the campaign's process.</summary>
    private const double ProcessShare = 0.15;

    public static RunPlan Make(int seed, Breakage breakage)
    {
        var random = new Random(seed);
        var secret = string.Create(CultureInfo.InvariantCulture, $"not-for-any-eye-{seed}-{random.Next()}");
        var programs = new ProgramMaker(random, secret);
        var ahead = Offset(random);
        var right = RightOf(breakage, random, ahead);
        var faults = new FaultMaker(random, tokensExpire: right == Right.Password);
        var phases = ImmutableArray.CreateBuilder<Phase>();
        var program = programs.First();
        for (var count = random.Next(1, 4); phases.Count < count; program = programs.Next(program))
        {
            var timeout = random.NextDouble() < 0.15 ? TimeSpan.FromSeconds(2) : UsualTimeout;
            var phase = Broken(breakage, random, new Phase
            {
                Program = [.. program.Select(wish => wish with { Timeout = timeout })],
                Faults = [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => faults.Make())],
                Parallel = random.NextDouble() < 0.7,
                Interruption = random.NextDouble() switch { < 0.35 => Interruption.Kill, < 0.5 => Interruption.Cancel, _ => Interruption.None },
                Instant = TimeSpan.FromMilliseconds(3 * Math.Pow(600, random.NextDouble())),
                AtCreate = random.NextDouble() < 0.4 ? random.Next(1, 4) : 0,

                // The clocks may differ by anything, and this machine's be set anyhow. A service's own clock moves little, and forward only: set
                // back, the local EVS would hide what it has made in the meantime, which no cloud does.
                CloudAhead = ahead += random.NextDouble() < 0.2 ? TimeSpan.FromSeconds(random.Next(0, 5)) : TimeSpan.Zero,
                ClockStep = random.NextDouble() < 0.2 ? TimeSpan.FromSeconds(random.Next(-7200, 7200)) : TimeSpan.Zero,
            });
            phases.Add(phase with { IsProcess = phase.Interruption == Interruption.Kill || random.NextDouble() < ProcessShare });
        }

        return new RunPlan
        {
            Seed = seed,
            CreateVersion = breakage == Breakage.Retry || random.NextDouble() < 0.6 ? "v3" : "v2.1",
            Right = right,
            Secret = secret,
            Phases = phases.ToImmutable(),
            IsProcess = random.NextDouble() < ProcessShare,
            Breakage = breakage,
        };
    }

    private static Right RightOf(Breakage breakage, Random random, TimeSpan ahead) => random.Next(3) switch
    {
        _ when breakage != Breakage.None => Right.Token,

        // Signatures hold for some minutes only: they would do nothing but fail where the clocks differ.
        0 when ahead.Duration() < TimeSpan.FromMinutes(4) => Right.Keys,
        1 => Right.Password,
        _ => Right.Token,
    };

    private static TimeSpan Offset(Random random) =>
        random.NextDouble() < 0.3 ? TimeSpan.FromSeconds(random.Next(-3600, 3600)) : TimeSpan.Zero;

    private static Phase Broken(Breakage breakage, Random random, Phase phase) => breakage switch
    {
        Breakage.Journal => phase with
        {
            Interruption = Interruption.Kill,
            AtCreate = 1,
            Instant = TimeSpan.FromMilliseconds(random.Next(0, 200)),
            Faults = [.. phase.Faults, Fault("jobDuration", ("ms", 1000), ("count", 6))],
        },
        Breakage.Retry => phase with { Faults = [.. phase.Faults, Fault("loseAnswer", ("nth", 1), ("count", 1))] },
        Breakage.Id => phase with
        {
            Program = [.. phase.Program.Select(wish => wish with { Timeout = TimeSpan.FromSeconds(1) })],
            Faults = [.. phase.Faults, Fault("jobDuration", ("ms", 3000), ("count", 3))],
        },
        _ => phase,
    };

    private static JsonObject Fault(string effect, params (string Member, JsonNode Value)[] members)
    {
        var fault = new JsonObject { ["operation"] = "createVolume", ["effect"] = effect };
        foreach (var (member, value) in members)
        {
            fault[member] = value;
        }

        return fault;
    }
}
