using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;

namespace PulumiEvs.Plugin.Engine;

/// <summary>Calls to the engine that uses this plugin. For one caller at a time.</summary>
internal sealed class EngineClient : IDisposable
{
    /// <summary>The engine is on this machine and only stores the line; a longer silence means that it is stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private string? _address;
    private GrpcClient? _client;

    /// <exception cref="GrpcStatusException">The engine did not take the line.</exception>
    public async Task LogAsync(string engineAddress, LogRequest line)
    {
        if (_client is null || _address != engineAddress)
        {
            _client?.Dispose();
            _client = new GrpcClient(engineAddress);
            _address = engineAddress;
        }

        await _client.CallAsync("/pulumirpc.Engine/Log", line, Empty.Parser, Patience);
    }

    public void Dispose() => _client?.Dispose();
}
