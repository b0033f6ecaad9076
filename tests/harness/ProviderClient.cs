using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;

namespace PulumiEvs.Harness;

/// <summary>The calls of an engine to a provider, with the messages of the protocol.</summary>
/// <param name="address">The plugin's <c>HOST:PORT</c>.</param>
/// <param name="bound">No call waits longer: it hangs then. Null = 3 minutes.</param>
internal sealed class ProviderClient(string address, TimeSpan? bound = null) : IDisposable
{
    private readonly TimeSpan _bound = bound ?? TimeSpan.FromMinutes(3);
    private readonly GrpcClient _grpc = new(address);

    public Task<ProviderHandshakeResponse> HandshakeAsync(ProviderHandshakeRequest request) =>
        CallAsync("Handshake", request, ProviderHandshakeResponse.Parser);

    public Task<PluginInfo> GetPluginInfoAsync() => CallAsync("GetPluginInfo", new Empty(), PluginInfo.Parser);

    public Task<GetSchemaResponse> GetSchemaAsync() => CallAsync("GetSchema", new GetSchemaRequest(), GetSchemaResponse.Parser);

    public Task<CheckResponse> CheckConfigAsync(CheckRequest request) => CallAsync("CheckConfig", request, CheckResponse.Parser);

    public Task<DiffResponse> DiffConfigAsync(DiffRequest request) => CallAsync("DiffConfig", request, DiffResponse.Parser);

    public Task<ConfigureResponse> ConfigureAsync(ConfigureRequest request) => CallAsync("Configure", request, ConfigureResponse.Parser);

    public Task<CheckResponse> CheckAsync(CheckRequest request) => CallAsync("Check", request, CheckResponse.Parser);

    public Task<DiffResponse> DiffAsync(DiffRequest request) => CallAsync("Diff", request, DiffResponse.Parser);

    public Task<CreateResponse> CreateAsync(CreateRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("Create", request, CreateResponse.Parser, cancellationToken);

    public Task<ReadResponse> ReadAsync(ReadRequest request) => CallAsync("Read", request, ReadResponse.Parser);

    public Task<UpdateResponse> UpdateAsync(UpdateRequest request) => CallAsync("Update", request, UpdateResponse.Parser);

    public Task<Empty> DeleteAsync(DeleteRequest request) => CallAsync("Delete", request, Empty.Parser);

    public Task<InvokeResponse> InvokeAsync(InvokeRequest request) => CallAsync("Invoke", request, InvokeResponse.Parser);

    public Task<Empty> CancelAsync() => CallAsync("Cancel", new Empty(), Empty.Parser);

    public Task<Empty> AttachAsync(PluginAttach request) => CallAsync("Attach", request, Empty.Parser);

    /// <summary>The partial state that a failed call carries, or null.</summary>
    public static ErrorResourceInitFailed? InitFailedOf(GrpcStatusException failure) => failure.Details
        .Where(detail => detail.TypeUrl.EndsWith("/pulumirpc.ErrorResourceInitFailed", StringComparison.Ordinal))
        .Select(detail => ErrorResourceInitFailed.Parser.ParseFrom(detail.Value))
        .FirstOrDefault();

    public void Dispose() => _grpc.Dispose();

    private Task<TResponse> CallAsync<TResponse>(
        string method, IMessage request, MessageParser<TResponse> parser, CancellationToken cancellationToken = default)
        where TResponse : class, IMessage<TResponse> =>
        _grpc.CallAsync("/pulumirpc.ResourceProvider/" + method, request, parser, cancellationToken: cancellationToken).WaitAsync(_bound, cancellationToken);
}
