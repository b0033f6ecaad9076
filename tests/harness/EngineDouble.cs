using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;

namespace PulumiEvs.Harness;

/// <summary>One line that a plugin logged to its engine.</summary>
internal sealed record LogLine(LogSeverity Severity, string Text, string Urn, bool IsStatus);

/// <summary>The engine's side of a plugin's log: takes its lines and keeps them.</summary>
internal sealed class EngineDouble : IAsyncDisposable
{
    private readonly GrpcServer _server;
    private readonly ConcurrentQueue<LogLine> _lines;

    private EngineDouble(GrpcServer server, ConcurrentQueue<LogLine> lines)
    {
        _server = server;
        _lines = lines;
    }

    public string Address => $"127.0.0.1:{_server.Port}";

    public IReadOnlyCollection<LogLine> Lines => _lines;

    /// <param name="onLine">Told of each line as it comes.</param>
    public static async Task<EngineDouble> StartAsync(Action<LogLine>? onLine = null)
    {
        var lines = new ConcurrentQueue<LogLine>();
        var methods = new GrpcMethodTable().Unary(
            "/pulumirpc.Engine/Log",
            LogRequest.Parser,
            (request, _) =>
            {
                var line = new LogLine(request.Severity, request.Message, request.Urn, request.Ephemeral);
                lines.Enqueue(line);
                onLine?.Invoke(line);
                return Task.FromResult(new Empty());
            });
        return new EngineDouble(await GrpcServer.StartAsync(methods, TimeProvider.System, TimeSpan.FromSeconds(1)), lines);
    }

    public async ValueTask DisposeAsync()
    {
        _server.RequestStop();
        await _server.DisposeAsync();
    }
}
