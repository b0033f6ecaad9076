using System.Globalization;

namespace PulumiEvs.Harness;

/// <summary>The plugin as a process, started as the engine starts it.</summary>
internal sealed class PluginProcess : IAsyncDisposable
{
    /// <summary>Variables that would give a test the credentials or settings of whoever runs it.</summary>
    private static readonly string[] Foreign =
    [
        "HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN", "HW_REGION_NAME", "HW_PROJECT_ID", "HW_AUTH_TOKEN",
        "OS_ACCESS_KEY", "OS_SECRET_KEY", "OS_SECURITY_TOKEN", "OS_REGION_NAME", "OS_REGION", "OS_PROJECT_ID", "OS_TENANT_ID", "OS_TOKEN",
        "OS_AUTH_TOKEN", "OS_CLOUD", "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY",
    ];

    private PluginProcess(ChildProcess process)
    {
        Process = process;
        Client = new ProviderClient("127.0.0.1:" + process.FirstLine);
    }

    public ChildProcess Process { get; }

    public int Port => int.Parse(Process.FirstLine, CultureInfo.InvariantCulture);

    public ProviderClient Client { get; }

    /// <param name="engine">The engine's address; null = started by hand.</param>
    /// <param name="home">Pulumi's home for this plugin: never that of whoever runs the test.</param>
    public static async Task<PluginProcess> StartAsync(string home, string? engine = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var variables = Foreign.ToDictionary(name => name, _ => (string?)null);
        variables["PULUMI_HOME"] = home;
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            variables[name] = value;
        }

        return new PluginProcess(await ChildProcess.StartAsync(Executables.Plugin, engine is null ? [] : [engine], variables));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }
}
