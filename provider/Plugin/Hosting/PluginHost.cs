using System.Globalization;
using System.Reflection;
using System.Text;
using PulumiEvs.Plugin.Engine;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Service;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Plugin.Hosting;

/// <summary>
/// The plugin process: prints its port, serves until it is told to end or its engine is gone, and ends within two
/// seconds whatever is in flight.
/// </summary>
/// <param name="provider">Makes the provider, at the first call that needs it.</param>
/// <param name="schema">The package schema as UTF-8 JSON, asked for once.</param>
internal sealed class PluginHost(Func<IProvider> provider, Func<ReadOnlyMemory<byte>> schema, TimeProvider time)
{
    /// <summary>What calls in flight have to end in once the plugin is told to; the engine kills it after 5 s (protocol B1).</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>Operations that may be on their way to their first request: some more than requests can be, so that none of those waits for one.</summary>
    private const int AtTheDoor = 256;

    /// <summary>The version without what the build adds to it.</summary>
    public static string Version { get; } =
        typeof(PluginHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string[] commandLine)
    {
        var arguments = PluginArguments.Parse(commandLine);
        if (arguments.ShowVersion)
        {
            Print(Version);
            return 0;
        }

        var engine = new EngineLink(arguments.EngineAddress);
        using var engineClient = new EngineClient();
        var engineLog = new EngineLog(engine, engineClient.LogAsync, Console.Error.WriteLine, time);
        using var cancellation = new OperationCancellation();
        var made = new Lazy<IProvider>(provider);
        var service = new ProviderService(made, schema, Version, engine, engineLog, cancellation, new Doorway(AtTheDoor, CompactMemory));

        // Not disposed of: that would wait for calls that have had their time; the process ends here anyway.
        var server = await GrpcServer.StartAsync(service.Methods(), time, ShutdownTimeout);
        using var stopping = server.Stopping.Register(cancellation.CancelInFlight);
        using var signals = new StopSignals(() =>
        {
            service.CommandEnded();
            server.RequestStop();
        });
        Print(server.Port.ToString(CultureInfo.InvariantCulture));

        var watch = new OrphanWatch(engine, ParentProcess.HasEnded(), () => server.ConnectionCount, PortProbe.IsListeningAsync, time);
        var watching = EndWithEngineAsync(watch, server);
        await server.WaitForStopAsync();
        await watching;
        if (made is { IsValueCreated: true, Value: IDisposable disposable })
        {
            // What the run has learnt is kept for the next one.
            disposable.Dispose();
        }

        return 0;
    }

    /// <summary>
    /// Closes the holes that finished operations have left. The collector itself, told to conserve memory, does so only when they are a
    /// fifth of all; with ten thousand calls waiting that is more than a tenth of what the plugin takes. It takes about a tenth of a second.
    /// </summary>
    private static void CompactMemory() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);

    private static async Task EndWithEngineAsync(OrphanWatch watch, GrpcServer server)
    {
        try
        {
            await watch.WaitAsync(server.Stopping);
            server.RequestStop();
        }
        catch (OperationCanceledException)
        {
            // The plugin ends for another reason.
        }
    }

    /// <summary>Straight to the stream: the first line must be the port and nothing else, whatever the console is set to.</summary>
    private static void Print(string line)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.ASCII.GetBytes(line + "\n"));
    }
}
