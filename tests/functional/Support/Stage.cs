using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Functional.Support;

/// <summary>A local EVS, an engine's log and a home folder, on which a test starts one plugin after another.</summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>Jobs are quick: what a test waits for is a round trip, not a cloud.</summary>
    private static readonly string[] Quick = ["--job-duration", "*=20ms..60ms", "--seed", "7"];

    private readonly List<PluginProcess> _plugins = [];

    private Stage(SimulatorProcess cloud, EngineDouble engine)
    {
        Cloud = cloud;
        Engine = engine;
        Home = Directory.CreateTempSubdirectory("pulumi-evs-test-").FullName;
    }

    public SimulatorProcess Cloud { get; }

    public EngineDouble Engine { get; }

    /// <summary>Pulumi's home for the plugins of this test.</summary>
    public string Home { get; }

    /// <summary>Endpoint, project and token: what a configuration needs at least.</summary>
    public PropertyMap Configuration => PropertyMap.Of(
        ("endpoint", Cloud.Url), ("projectId", SimulatorProcess.ProjectId), ("token", ((PropertyValue)SimulatorProcess.Token).AsSecret()));

    public static async Task<Stage> OpenAsync(params string[] simulatorArguments)
    {
        var cloud = await SimulatorProcess.StartAsync(simulatorArguments.Length == 0 ? Quick : simulatorArguments);
        return new Stage(cloud, await EngineDouble.StartAsync());
    }

    public async Task<PluginProcess> StartPluginAsync(IReadOnlyDictionary<string, string?>? environment = null)
    {
        var plugin = await PluginProcess.StartAsync(Home, Engine.Address, environment);
        _plugins.Add(plugin);
        return plugin;
    }

    /// <summary>A new plugin, configured, as at the start of a command; of the same stack when <paramref name="before"/> is given.</summary>
    public async Task<EngineDriver> StartDriverAsync(EngineDriver? before = null, params (string Key, PropertyValue Value)[] more)
    {
        var plugin = await StartPluginAsync();
        var driver = before?.Continue(plugin.Client) ?? new EngineDriver(plugin.Client);
        await driver.StartAsync(Configuration.With(PropertyMap.Of(more)), Engine.Address);
        return driver;
    }

    public PluginProcess LastPlugin => _plugins[^1];

    public async ValueTask DisposeAsync()
    {
        foreach (var plugin in _plugins)
        {
            await plugin.DisposeAsync();
        }

        await Engine.DisposeAsync();
        await Cloud.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }
}
