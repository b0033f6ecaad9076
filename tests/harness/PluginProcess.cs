using System.Globalization;

namespace PulumiEvs.Harness;

/// <summary>The plugin as a process, started as the engine starts it.</summary>
internal sealed class PluginProcess : IAsyncDisposable
{
    /// <summary>Variables that would give a test the credentials or settings of whoever runs it begin so.</summary>
    private static readonly string[] Foreign = ["HW_", "OS_", "HUAWEICLOUD_SDK_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "PULUMI_"];

    private PluginProcess(ChildProcess process, TimeSpan? bound)
    {
        Process = process;
        Client = new ProviderClient("127.0.0.1:" + process.FirstLine, bound);
    }

    public ChildProcess Process { get; }

    public int Port => int.Parse(Process.FirstLine, CultureInfo.InvariantCulture);

    public ProviderClient Client { get; }

    /// <param name="engine">The engine's address; null = started by hand.</param>
    /// <param name="home">Pulumi's home for this plugin: never that of whoever runs the test.</param>
    /// <param name="bound">How long a call may take before it counts as hanging; null = the client's own.</param>
    public static async Task<PluginProcess> StartAsync(
        string home, string? engine = null, IReadOnlyDictionary<string, string?>? environment = null, TimeSpan? bound = null)
    {
        return new PluginProcess(await ChildProcess.StartAsync(Executables.Plugin, engine is null ? [] : [engine], Variables(home, environment)), bound);
    }

    /// <summary>The changes to the environment that keep a plugin from all that belongs to whoever runs the test.</summary>
    public static IReadOnlyDictionary<string, string?> Variables(string home, IReadOnlyDictionary<string, string?>? environment)
    {
        var variables = System.Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => Foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(name => name, _ => (string?)null);
        variables["PULUMI_HOME"] = home;
        variables["HOME"] = home;
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            variables[name] = value;
        }

        return variables;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }
}
