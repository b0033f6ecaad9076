using System.Collections.Concurrent;
using PulumiEvs.Harness;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>A long-lived local EVS and an engine's log, on which one run after another is played.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private readonly ConcurrentQueue<LogLine> _lines;

    private Arena(SimulatorProcess cloud, EngineDouble engine, ConcurrentQueue<LogLine> lines, BlindRetryProxy? proxy)
    {
        Cloud = cloud;
        Engine = engine;
        _lines = lines;
        Proxy = proxy;
    }

    public SimulatorProcess Cloud { get; }

    public EngineDouble Engine { get; }

    public BlindRetryProxy? Proxy { get; }

    /// <summary>What plugins have logged since the last reset.</summary>
    public IReadOnlyCollection<LogLine> Lines => _lines;

    /// <summary>Where plugins find the cloud.</summary>
    public string Endpoint => Proxy?.Url ?? Cloud.Url;

    public static async Task<Arena> OpenAsync(int seed, Breakage breakage = Breakage.None, string durations = "*=5ms..40ms")
    {
        var cloud = await SimulatorProcess.StartAsync(
            "--job-duration", durations, "--seed", seed.ToString(System.Globalization.CultureInfo.InvariantCulture), "--request-log", "2000");
        var lines = new ConcurrentQueue<LogLine>();
        var proxy = breakage == Breakage.Retry ? await BlindRetryProxy.StartAsync(cloud.Url) : null;
        return new Arena(cloud, await EngineDouble.StartAsync(lines.Enqueue), lines, proxy);
    }

    public async Task ResetAsync()
    {
        await Cloud.ResetAsync();
        await Cloud.ConfigureAsync("""{"clockOffsetSeconds":0}""");
        _lines.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        await Engine.DisposeAsync();
        await Cloud.DisposeAsync();
    }
}
