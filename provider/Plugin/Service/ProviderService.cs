using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Plugin.Engine;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using CheckRequest = PulumiEvs.Plugin.Protos.CheckRequest;
using CreateRequest = PulumiEvs.Plugin.Protos.CreateRequest;
using DeleteRequest = PulumiEvs.Plugin.Protos.DeleteRequest;
using DiffRequest = PulumiEvs.Plugin.Protos.DiffRequest;
using ListRequest = PulumiEvs.Plugin.Protos.ListRequest;
using ReadRequest = PulumiEvs.Plugin.Protos.ReadRequest;
using UpdateRequest = PulumiEvs.Plugin.Protos.UpdateRequest;

namespace PulumiEvs.Plugin.Service;

/// <summary>
/// The methods of <c>pulumirpc.ResourceProvider</c>. Each takes its request to the provider and the outcome back; what
/// a volume is, and what the cloud says, is known elsewhere. A method that is not here is answered with UNIMPLEMENTED.
/// </summary>
/// <param name="provider">Made at the first call that needs it: the schema and the handshake need none.</param>
/// <param name="schema">The package schema as UTF-8 JSON.</param>
/// <param name="version">The plugin's semantic version.</param>
/// <param name="doorway">Where operations on resources wait for their turn.</param>
internal sealed class ProviderService(
    Lazy<IProvider> provider,
    Func<ReadOnlyMemory<byte>> schema,
    string version,
    EngineLink engine,
    EngineLog engineLog,
    OperationCancellation cancellation,
    Doorway doorway)
{
    private const string Service = "/pulumirpc.ResourceProvider/";

    /// <summary>The only version of the schema format there is.</summary>
    private const int SchemaVersion = 0;

    private readonly Lazy<ReadOnlyMemory<byte>> _schemaAnswer = new(() => EncodeSchema(schema().Span));

    private IProvider Provider => provider.Value;

    public GrpcMethodTable Methods() => new GrpcMethodTable()
        .Unary(Service + "Handshake", ProviderHandshakeRequest.Parser, Handshake)
        .Unary(Service + "Attach", PluginAttach.Parser, Attach)
        .Unary(Service + "GetPluginInfo", Empty.Parser, GetPluginInfo)
        .UnaryEncoded(Service + "GetSchema", GetSchemaRequest.Parser, GetSchema)
        .Unary(Service + "GetMapping", GetMappingRequest.Parser, (_, _) => Task.FromResult(new GetMappingResponse()))
        .Unary(Service + "GetMappings", GetMappingsRequest.Parser, (_, _) => Task.FromResult(new GetMappingsResponse()))
        .Unary(Service + "CheckConfig", CheckRequest.Parser, CheckConfig)
        .Unary(Service + "DiffConfig", DiffRequest.Parser, DiffConfig)
        .Unary(Service + "Configure", ConfigureRequest.Parser, Configure)
        .Unary(Service + "Check", CheckRequest.Parser, Check)
        .Unary(Service + "Diff", DiffRequest.Parser, Diff)
        .UnaryInTurn(Service + "Create", CreateRequest.Parser, AdmitAsync, Create)
        .UnaryInTurn(Service + "Read", ReadRequest.Parser, AdmitAsync, Read)
        .UnaryInTurn(Service + "Update", UpdateRequest.Parser, AdmitAsync, Update)
        .UnaryInTurn(Service + "Delete", DeleteRequest.Parser, AdmitAsync, Delete)
        .ServerStreaming(Service + "List", ListRequest.Parser, List)
        .Unary(Service + "Invoke", InvokeRequest.Parser, Invoke)
        .Unary(Service + "Cancel", Empty.Parser, Cancel);

    private Task<ProviderHandshakeResponse> Handshake(ProviderHandshakeRequest request, GrpcCallContext call)
    {
        engine.Handshake(request.EngineAddress, request.HasRootDirectory || request.HasProgramDirectory);
        return Task.FromResult(new ProviderHandshakeResponse
        {
            AcceptSecrets = true,
            AcceptResources = true,
            AcceptOutputs = true,
            SupportsAutonamingConfiguration = true,
        });
    }

    private Task<Empty> Attach(PluginAttach request, GrpcCallContext call)
    {
        engine.Attach(request.Address);
        return Task.FromResult(new Empty());
    }

    private Task<PluginInfo> GetPluginInfo(Empty request, GrpcCallContext call) => Task.FromResult(new PluginInfo { Version = version });

    private ReadOnlyMemory<byte> GetSchema(GetSchemaRequest request, GrpcCallContext call)
    {
        if (request.Version != SchemaVersion)
        {
            throw new GrpcStatusException(
                GrpcStatusCode.InvalidArgument, $"schema version {request.Version} is not known; this plugin has version {SchemaVersion}");
        }

        return request.SubpackageName.Length == 0
            ? _schemaAnswer.Value
            : throw new GrpcStatusException(
                GrpcStatusCode.InvalidArgument, $"there is no subpackage \"{request.SubpackageName}\": this plugin takes no parameters");
    }

    private Task<CheckResponse> CheckConfig(CheckRequest request, GrpcCallContext call) => RunAsync(request.Urn, call, (log, _) =>
        Task.FromResult(WireAnswers.ToCheck(Provider.CheckConfig(WireRequests.ToCheckConfig(request), log))));

    private Task<DiffResponse> DiffConfig(DiffRequest request, GrpcCallContext call) => RunAsync(request.Urn, call, (_, _) =>
        Task.FromResult(WireAnswers.ToDiff(Provider.DiffConfig(WireRequests.ToDiffConfig(request)))));

    private Task<ConfigureResponse> Configure(ConfigureRequest request, GrpcCallContext call) => RunAsync(request.Urn, call, async (log, token) =>
    {
        await Provider.ConfigureAsync(request.Urn, WireRequests.ToConfiguration(request), log, token);
        return new ConfigureResponse
        {
            AcceptSecrets = true,
            AcceptResources = true,
            AcceptOutputs = true,
            SupportsPreview = true,
            SupportsAutonamingConfiguration = true,
        };
    });

    private Task<CheckResponse> Check(CheckRequest request, GrpcCallContext call) => RunAsync(request.Urn, call, (_, _) =>
    {
        var check = WireRequests.ToCheck(request);
        return Task.FromResult(WireAnswers.ToCheck(ResourceOf(check.Resource).Check(check)));
    });

    private Task<DiffResponse> Diff(DiffRequest request, GrpcCallContext call) => RunAsync(request.Urn, call, (_, _) =>
    {
        var diff = WireRequests.ToDiff(request);
        return Task.FromResult(WireAnswers.ToDiff(ResourceOf(diff.Resource).Diff(diff)));
    });

    private Task<CreateResponse> Create(CreateRequest request, OperationTurn turn, GrpcCallContext call) => RunAsync(request.Urn, call, turn, async (log, token) =>
    {
        var create = WireRequests.ToCreate(request);
        log.Hide(create.Inputs);
        var outcome = await ResourceOf(create.Resource).CreateAsync(create, log, token);
        call.Answered = outcome.Delivered;
        return WireAnswers.ToCreate(Redacted(outcome, log), create.Preview);
    });

    private Task<ReadResponse> Read(ReadRequest request, OperationTurn turn, GrpcCallContext call) => RunAsync(request.Urn, call, turn, async (log, token) =>
    {
        var read = WireRequests.ToRead(request);
        log.Hide(read.Inputs, read.State);
        return WireAnswers.ToRead(Redacted(await ResourceOf(read.Resource).ReadAsync(read, log, token), log));
    });

    private Task<UpdateResponse> Update(UpdateRequest request, OperationTurn turn, GrpcCallContext call) => RunAsync(request.Urn, call, turn, async (log, token) =>
    {
        var update = WireRequests.ToUpdate(request);
        log.Hide(update.NewInputs, update.OldInputs, update.OldOutputs);
        var outcome = await ResourceOf(update.Resource).UpdateAsync(update, log, token);
        call.Answered = outcome.Delivered;
        return WireAnswers.ToUpdate(Redacted(outcome, log));
    });

    private Task<Empty> Delete(DeleteRequest request, OperationTurn turn, GrpcCallContext call) => RunAsync(request.Urn, call, turn, async (log, token) =>
    {
        var delete = WireRequests.ToDelete(request);
        log.Hide(delete.OldInputs, delete.OldOutputs);
        await ResourceOf(delete.Resource).DeleteAsync(delete, log, token);
        return new Empty();
    });

    private Task<InvokeResponse> Invoke(InvokeRequest request, GrpcCallContext call) => RunAsync("", call, async (log, token) =>
    {
        var arguments = WireRequests.ToMap(request.Args) ?? PropertyMap.Empty;
        log.Hide(arguments);
        return WireAnswers.ToInvoke(await Provider.Function(request.Tok).InvokeAsync(arguments, log, token));
    });

    private async IAsyncEnumerable<ListResponse> List(ListRequest request, GrpcCallContext call)
    {
        var page = await RunAsync("", call, (log, token) =>
        {
            var list = WireRequests.ToList(request);
            log.Hide(list.Query);
            return Provider.Listing(request.Token).ListAsync(list, log, token);
        });
        foreach (var answer in WireAnswers.ToList(page))
        {
            yield return answer;
        }
    }

    /// <summary>Comes at every end of a command, not only when the user interrupts it: at once, again and again, and silently.</summary>
    private Task<Empty> Cancel(Empty request, GrpcCallContext call)
    {
        cancellation.CancelInFlight();
        CommandEnded();
        return Task.FromResult(new Empty());
    }

    /// <summary>The engine lives and goes on: what it was answered is in its hands.</summary>
    public void CommandEnded()
    {
        if (provider.IsValueCreated)
        {
            provider.Value.CommandEnded();
        }
    }

    private IResource ResourceOf(ResourceIdentity identity) => Provider.Resource(identity.Type);

    /// <summary>The reasons of a partial outcome are shown as they are, so what is secret has to be out of them.</summary>
    private static ResourceOutcome Redacted(ResourceOutcome outcome, OperationLog log) => outcome is ResourceOutcome.Partial partial
        ? partial with { Reasons = [.. partial.Reasons.Select(log.Redact)] }
        : outcome;

    /// <summary>The turn of an operation on a resource; what is cancelled before it is not begun.</summary>
    private async Task<OperationTurn> AdmitAsync(GrpcCallContext call)
    {
        // Of now: who cancels meanwhile means this operation too.
        var inFlight = cancellation.Token;
        var place = await doorway.EnterAsync();
        var turn = new OperationTurn(CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, inFlight), place);
        if (!turn.Token.IsCancellationRequested)
        {
            return turn;
        }

        using (turn)
        {
            throw ErrorMapping.ToStatus(new OperationCanceledException(turn.Token), call, turn.Token);
        }
    }

    /// <summary>Runs an operation that needs no turn.</summary>
    private async Task<TResponse> RunAsync<TResponse>(
        string urn, GrpcCallContext call, Func<OperationLog, CancellationToken, Task<TResponse>> operation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, cancellation.Token);
        return await RunAsync(engineLog.For(urn), call, operation, ended.Token);
    }

    /// <summary>Runs an operation whose turn it is.</summary>
    private Task<TResponse> RunAsync<TResponse>(
        string urn, GrpcCallContext call, OperationTurn turn, Func<OperationLog, CancellationToken, Task<TResponse>> operation) =>
        RunAsync(engineLog.For(urn, turn.UnderWay), call, operation, turn.Token);

    /// <summary>Runs one operation with its log and its token, and gives every failure its status.</summary>
    private static async Task<TResponse> RunAsync<TResponse>(
        OperationLog log, GrpcCallContext call, Func<OperationLog, CancellationToken, Task<TResponse>> operation, CancellationToken ended)
    {
        try
        {
            return await operation(log, ended);
        }
        catch (Exception error)
        {
            var status = ErrorMapping.ToStatus(error, call, ended);
            if (log.Redact(status.Message) is var text && text != status.Message)
            {
                status = new GrpcStatusException(status.Code, text, status.Details, status);
            }

            if (status.Code == GrpcStatusCode.Internal)
            {
                log.Debug($"{call.Method}: {error}");
            }

            throw status;
        }
        finally
        {
            await log.CompleteAsync();
        }
    }

    /// <summary>A GetSchemaResponse of its one field, encoded once and without a detour over UTF-16.</summary>
    private static ReadOnlyMemory<byte> EncodeSchema(ReadOnlySpan<byte> json)
    {
        var encoded = new byte[CodedOutputStream.ComputeTagSize(GetSchemaResponse.SchemaFieldNumber) + CodedOutputStream.ComputeLengthSize(json.Length) + json.Length];
        using var output = new CodedOutputStream(encoded);
        output.WriteTag(GetSchemaResponse.SchemaFieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteLength(json.Length);
        output.Flush();
        json.CopyTo(encoded.AsSpan(encoded.Length - json.Length));
        return encoded;
    }
}
