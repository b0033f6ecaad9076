using System.Collections.Concurrent;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Harness;
using PulumiEvs.Plugin.Engine;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Service;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Chaos.Campaign;

/// <summary>
/// A plugin within the campaign's process, for commands that nobody kills: provider, gRPC and HTTP are the real ones, only the start of
/// a process is saved, which is most of what a command costs. To the journal it is a process like any other, gone when it has ended.
/// </summary>
internal sealed class PluginWithin : IPlugin
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);
    private static int s_started;

    private readonly GrpcServer _server;
    private readonly EvsProvider _provider;
    private readonly OperationCancellation _cancellation;
    private readonly EngineClient _engineClient;
    private readonly ConcurrentQueue<string> _output;

    private PluginWithin(
        GrpcServer server, EvsProvider provider, OperationCancellation cancellation, EngineClient engineClient, ConcurrentQueue<string> output)
    {
        _server = server;
        _provider = provider;
        _cancellation = cancellation;
        _engineClient = engineClient;
        _output = output;
        Client = new ProviderClient($"127.0.0.1:{server.Port}");
    }

    public ProviderClient Client { get; }

    public IReadOnlyCollection<string> Output => _output;

    public static async Task<PluginWithin> StartAsync(string home, string engineAddress)
    {
        var output = new ConcurrentQueue<string>();
        var processes = new Processes(Interlocked.Increment(ref s_started));
        var provider = new EvsProvider(
            Host.Of(name => name is "PULUMI_HOME" or "HOME" ? home : null, AppContext.BaseDirectory), TimeProvider.System, Random.Shared, Guid.NewGuid, processes);
        var engineClient = new EngineClient();
        var engine = new EngineLink(engineAddress);
        var log = new EngineLog(engine, engineClient.LogAsync, output.Enqueue, TimeProvider.System);
        var cancellation = new OperationCancellation();
        var service = new ProviderService(
            new(() => provider), () => throw new NotSupportedException("no command asks for the schema"), "0.0.0", engine, log, cancellation, new Doorway(256, () => { }));
        return new PluginWithin(
            await GrpcServer.StartAsync(service.Methods(), TimeProvider.System, StopTimeout), provider, cancellation, engineClient, output);
    }

    public void Kill() => throw new InvalidOperationException("the campaign would be killed with it");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _server.RequestStop();
        await _server.DisposeAsync();
        _provider.Dispose();
        _cancellation.Dispose();
        _engineClient.Dispose();
    }

    /// <summary>Commands follow each other: of the plugins within, only this one is alive, and no number is also a process's.</summary>
    private sealed class Processes(int number) : IProcessTable
    {
        private readonly ProcessTable _real = new();

        public ProcessIdentity Self { get; } = new(-number, DateTimeOffset.UnixEpoch);

        public bool IsAlive(ProcessIdentity process) => process == Self || (process.Id > 0 && _real.IsAlive(process));
    }
}
