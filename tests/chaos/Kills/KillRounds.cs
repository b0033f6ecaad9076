using System.Globalization;
using PulumiEvs.Chaos.Campaign;
using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Chaos.Kills;

/// <summary>One kill: what the next run had to say, and what the cloud and the state have then.</summary>
internal sealed record KillReport(int Round, string CreateVersion, TimeSpan Instant, string? Problem);

/// <summary>The plugin is killed at a random instant of a create; the next run must end with exactly one disk, in the state.</summary>
internal static class KillRounds
{
    /// <summary>Long enough for an instant to fall before, in and after every request of a create.</summary>
    public const string Durations = "*=50ms..300ms";

    private const int LatestKillMs = 900;

    public static async Task<IReadOnlyList<KillReport>> PlayAsync(Arena arena, int rounds, int seed, string createVersion, Action<KillReport>? told = null)
    {
        var random = new Random(seed);
        var reports = new List<KillReport>();
        var home = Directory.CreateTempSubdirectory("pulumi-evs-kills-").FullName;
        try
        {
            for (var round = 1; round <= rounds; round++)
            {
                // Squared: most of a create's requests are sent early.
                var instant = TimeSpan.FromMilliseconds(LatestKillMs * Math.Pow(random.NextDouble(), 2));
                var report = new KillReport(round, createVersion, instant, await PlayAsync(arena, home, instant, createVersion));
                reports.Add(report);
                told?.Invoke(report);
            }
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }

        return reports;
    }

    private static async Task<string?> PlayAsync(Arena arena, string home, TimeSpan instant, string createVersion)
    {
        await arena.ResetAsync();
        var wish = new Wish("disk", PropertyMap.Of(("availabilityZone", SimulatorProcess.Zone), ("volumeType", "SSD"), ("size", 40)));
        EngineDriver driver;
        await using (var killed = await PluginProcess.StartAsync(home, arena.Engine.Address))
        {
            driver = await StartAsync(new EngineDriver(killed.Client), arena, createVersion);
            var running = driver.UpAsync(wish);
            await Task.WhenAny(running, Task.Delay(instant));
            killed.Process.KillAtOnce();
            await running;
        }

        await using var plugin = await PluginProcess.StartAsync(home, arena.Engine.Address);
        driver = await StartAsync(driver.Continue(plugin.Client), arena, createVersion);
        var errors = (await driver.UpAsync(wish)).SelectMany(step => step.Errors).ToArray();
        if (errors.Length > 0)
        {
            return string.Join(" / ", errors);
        }

        var view = await CloudView.AtRestAsync(arena.Cloud);
        return view.Volumes.Keys.SequenceEqual([driver.State["disk"].Id])
            ? null
            : $"the state has {driver.State["disk"].Id}, the cloud has {string.Join(", ", view.Volumes.Keys)}";
    }

    private static async Task<EngineDriver> StartAsync(EngineDriver driver, Arena arena, string createVersion)
    {
        await driver.StartAsync(
            PropertyMap.Of(
                ("endpoint", arena.Endpoint),
                ("projectId", SimulatorProcess.ProjectId),
                ("token", ((PropertyValue)SimulatorProcess.Token).AsSecret()),
                ("apiVersions", string.Create(CultureInfo.InvariantCulture, $$"""{"create":"{{createVersion}}"}""")),
                ("lostAnswerWindow", 1)),
            arena.Engine.Address);
        return driver;
    }
}
