using System.Globalization;
using System.Text.Json.Nodes;
using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;

namespace PulumiEvs.Tests.Functional.Local;

/// <summary>A home folder in which plugins with <c>cloud: local</c> work, and what is to be seen there of the local EVS that they share.</summary>
internal sealed class LocalStage : IAsyncDisposable
{
    private readonly List<PluginProcess> _plugins = [];
    private readonly string _idle;

    private LocalStage(EngineDouble engine, string idle)
    {
        Engine = engine;
        _idle = idle;
    }

    public EngineDouble Engine { get; }

    public string Home { get; } = Directory.CreateTempSubdirectory("pulumi-evs-test-").FullName;

    public PluginProcess LastPlugin => _plugins[^1];

    /// <summary>The folder of the local EVS.</summary>
    public string Folder => Path.Combine(Home, "evs", "local", "local-1");

    /// <summary>Where the local EVS answers; null when none runs.</summary>
    public string? Url => File.Exists(Path.Combine(Folder, "url")) ? File.ReadAllText(Path.Combine(Folder, "url")).Trim() : null;

    /// <param name="idle">How long the local EVS goes on unused.</param>
    public static async Task<LocalStage> OpenAsync(string idle) => new(await EngineDouble.StartAsync(), idle);

    /// <summary>A new plugin that has been told nothing but the cloud.</summary>
    public async Task<EngineDriver> StartAsync(EngineDriver? before = null)
    {
        var plugin = await PluginProcess.StartAsync(Home, Engine.Address, new Dictionary<string, string?> { ["PULUMI_EVS_LOCAL_IDLE"] = _idle });
        lock (_plugins)
        {
            _plugins.Add(plugin);
        }

        var driver = before?.Continue(plugin.Client) ?? new EngineDriver(plugin.Client);
        await driver.StartAsync(PropertyMap.Of(("cloud", "local")), Engine.Address);
        return driver;
    }

    /// <summary>What the local EVS has written down of its starts and ends: the process and "serves" or "ended".</summary>
    public IReadOnlyList<(int Process, string What)> Log() =>
    [
        .. File.ReadAllLines(Path.Combine(Folder, "log"))
            .Select(line => line.Split(' ', 4))
            .Select(words => (int.Parse(words[1], CultureInfo.InvariantCulture), words[2])),
    ];

    /// <summary>The names of the disks in the books.</summary>
    public IEnumerable<string> Disks() => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "state.json")))!["volumes"]!.AsArray()
        .Select(volume => volume!["name"]!.GetValue<string>());

    /// <summary>No process that was ever started here runs.</summary>
    public bool IsQuiet() => !Directory.Exists(Folder) || Log().All(entry => !IsRunning(entry.Process));

    public async ValueTask DisposeAsync()
    {
        await EndPluginsAsync();
        await Waiting.UntilAsync(IsQuiet, "every local EVS has ended", TimeSpan.FromSeconds(60));
        await Engine.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }

    public async Task EndPluginsAsync()
    {
        foreach (var plugin in _plugins)
        {
            await plugin.DisposeAsync();
        }

        _plugins.Clear();
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return process.ProcessName.StartsWith("evs-simulator", StringComparison.Ordinal) && !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
