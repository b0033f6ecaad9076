using System.Collections.Concurrent;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Plugin.Engine;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Plugin.Service;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Plugin.Doubles;
using PulumiEvs.Tests.Unit.Plugin.Grpc;
using PulumiEvs.Tests.Unit.Support;
using CheckRequest = PulumiEvs.Plugin.Protos.CheckRequest;
using CreateRequest = PulumiEvs.Plugin.Protos.CreateRequest;
using DeleteRequest = PulumiEvs.Plugin.Protos.DeleteRequest;
using ListRequest = PulumiEvs.Plugin.Protos.ListRequest;
using ReadRequest = PulumiEvs.Plugin.Protos.ReadRequest;
using UpdateRequest = PulumiEvs.Plugin.Protos.UpdateRequest;

namespace PulumiEvs.Tests.Unit.Plugin.Service;

public sealed class ProviderServiceTests : IDisposable
{
    private const string Urn = "urn:pulumi:dev::program::evs:index:Volume::data";
    private const string Schema = """{"name":"evs","description":"größer"}""";

    private const int AtTheDoor = 2;

    private static readonly PropertyMap Inputs = PropertyMap.Of(("size", 40), ("kmsKeyId", new PropertyValue.Secret("k")));

    private readonly ConcurrentQueue<LogRequest> lines = new();
    private readonly EngineLink engine = new("127.0.0.1:1000");
    private readonly OperationCancellation cancellation = new();
    private readonly GrpcMethodTable methods;
    private int providersMade;

    public ProviderServiceTests() => methods = CreateSut().Methods();

    /// <summary>What the service finds when it first needs a provider.</summary>
    private ScriptedProvider Provider { get; set; } = new();

    public void Dispose() => cancellation.Dispose();

    [Fact]
    public async Task The_handshake_agrees_to_what_the_values_can_carry()
    {
        var answer = await CallAsync("Handshake", new ProviderHandshakeRequest { EngineAddress = "127.0.0.1:2000" }, ProviderHandshakeResponse.Parser);

        answer.ShouldBe(new ProviderHandshakeResponse
        {
            AcceptSecrets = true,
            AcceptResources = true,
            AcceptOutputs = true,
            SupportsAutonamingConfiguration = true,
            AcceptsByteString = false,
        });
        engine.Address.ShouldBe("127.0.0.1:2000");
    }

    [Fact]
    public async Task Configure_repeats_what_the_handshake_agreed_to()
    {
        var answer = await CallAsync("Configure", new ConfigureRequest { Args = PropertyEncoder.Encode(PropertyMap.Of(("region", "eu-de"))) }, ConfigureResponse.Parser);

        answer.ShouldBe(new ConfigureResponse { AcceptSecrets = true, AcceptResources = true, AcceptOutputs = true, SupportsPreview = true, SupportsAutonamingConfiguration = true });
        Provider.Requests.ShouldBe([PropertyMap.Of(("region", "eu-de"))]);
    }

    [Fact]
    public async Task The_schema_is_answered_as_it_is_and_without_making_a_provider()
    {
        (await CallAsync("GetSchema", new GetSchemaRequest(), GetSchemaResponse.Parser)).Schema.ShouldBe(Schema);
        (await CallAsync("GetPluginInfo", new Empty(), PluginInfo.Parser)).Version.ShouldBe("1.2.3");

        providersMade.ShouldBe(0);
    }

    [Theory]
    [InlineData(1, "", "schema version 1")]
    [InlineData(0, "other", "subpackage \"other\"")]
    public async Task A_schema_that_there_is_not_is_refused(int version, string subpackage, string message)
    {
        var failure = await FailureOf("GetSchema", new GetSchemaRequest { Version = version, SubpackageName = subpackage });

        failure.Code.ShouldBe(GrpcStatusCode.InvalidArgument);
        failure.Message.ShouldContain(message);
    }

    [Fact]
    public async Task Mappings_are_empty()
    {
        (await CallAsync("GetMapping", new GetMappingRequest { Key = "terraform" }, GetMappingResponse.Parser)).ShouldBe(new GetMappingResponse());
        (await CallAsync("GetMappings", new GetMappingsRequest { Key = "terraform" }, GetMappingsResponse.Parser)).ShouldBe(new GetMappingsResponse());
    }

    [Theory]
    [InlineData("Parameterize")]
    [InlineData("Construct")]
    [InlineData("Call")]
    [InlineData("handshake")]
    public async Task Everything_else_is_unimplemented(string method) =>
        (await FailureOf(method, new Empty())).Code.ShouldBe(GrpcStatusCode.Unimplemented);

    [Fact]
    public async Task Values_go_to_the_resource_and_back_as_they_are()
    {
        var checkedInputs = await CallAsync("Check", new CheckRequest { Urn = Urn, News = PropertyEncoder.Encode(Inputs) }, CheckResponse.Parser);
        PropertyDecoder.Decode(checkedInputs.Inputs).ShouldBe(Inputs);

        var created = await CallAsync("Create", new CreateRequest { Urn = Urn, Properties = checkedInputs.Inputs }, CreateResponse.Parser);
        created.Id.ShouldBe("vol-1");
        PropertyDecoder.Decode(created.Properties).ShouldBe(Inputs);

        var read = await CallAsync("Read", new ReadRequest { Urn = Urn, Id = "vol-1", Properties = created.Properties, Inputs = checkedInputs.Inputs }, ReadResponse.Parser);
        PropertyDecoder.Decode(read.Inputs).ShouldBe(Inputs);

        await CallAsync("Delete", new DeleteRequest { Urn = Urn, Id = "vol-1", Properties = created.Properties }, Empty.Parser);
        Provider.Requests.Count.ShouldBe(4);
        providersMade.ShouldBe(1);
    }

    [Fact]
    public async Task A_function_gets_its_arguments_and_answers_with_its_result()
    {
        var result = await CallAsync("Invoke", new InvokeRequest { Tok = "evs:index:getVolume", Args = PropertyEncoder.Encode(Inputs) }, InvokeResponse.Parser);

        PropertyDecoder.Decode(result.Return).ShouldBe(Inputs);
    }

    [Fact]
    public async Task A_function_answers_with_what_is_wrong_with_its_arguments()
    {
        Provider = new ScriptedProvider { OnInvoke = _ => new InvokeResult(PropertyMap.Empty, [new PulumiEvs.Resources.Contracts.CheckFailure("id", "unknown")]) };
        (await CallAsync("Invoke", new InvokeRequest { Tok = "evs:index:getVolume" }, InvokeResponse.Parser)).Failures.Single().Reason.ShouldBe("unknown");
    }

    [Fact]
    public async Task A_type_or_function_that_there_is_not_is_named()
    {
        (await FailureOf("Check", new CheckRequest { Urn = Urn, Type = "evs:index:Other", Name = "x" })).Message.ShouldContain("evs:index:Other");
        (await FailureOf("Invoke", new InvokeRequest { Tok = "evs:index:other" })).Message.ShouldContain("evs:index:other");
    }

    [Fact]
    public async Task A_value_that_cannot_be_decoded_is_named_and_reaches_no_resource()
    {
        var news = new Struct { Fields = { ["size"] = new Value() } };

        var failure = await FailureOf("Check", new CheckRequest { Urn = Urn, News = news });

        (failure.Code, failure.Message).ShouldBe((GrpcStatusCode.InvalidArgument, "property size: the value is of no kind"));
        Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancel_ends_what_is_in_flight_and_the_plugin_stays_usable()
    {
        var waiting = new TaskCompletionSource();
        Provider = new ScriptedProvider
        {
            OnCreate = async (request, _, token) =>
            {
                if (request.Inputs.ContainsKey("wait"))
                {
                    waiting.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                }

                return new ResourceOutcome.Done("vol-1", request.Inputs);
            },
        };
        var inFlight = FailureOf("Create", new CreateRequest { Urn = Urn, Properties = PropertyEncoder.Encode(PropertyMap.Of(("wait", true))) });
        await waiting.Task;

        await CallAsync("Cancel", new Empty(), Empty.Parser);
        await CallAsync("Cancel", new Empty(), Empty.Parser);
        Provider.CommandsEnded.ShouldBe(2);

        (await inFlight.WaitAsync(TimeSpan.FromSeconds(20))).Code.ShouldBe(GrpcStatusCode.Cancelled);
        (await CallAsync("Create", new CreateRequest { Urn = Urn }, CreateResponse.Parser)).Id.ShouldBe("vol-1");
        lines.ShouldBeEmpty("a cancel is silent: it comes at every normal end too");
    }

    [Fact]
    public async Task An_operations_lines_carry_its_urn_and_its_status_is_cleared()
    {
        Provider = new ScriptedProvider
        {
            OnCreate = (request, log, _) =>
            {
                log.Status("creating: job RUNNING, 1 s");
                log.Warning("careful");
                return Task.FromResult<ResourceOutcome>(new ResourceOutcome.Done("vol-1", request.Inputs));
            },
        };

        await CallAsync("Create", new CreateRequest { Urn = Urn }, CreateResponse.Parser);

        Eventually.True(() => lines.Count == 3);
        lines.ShouldAllBe(line => line.Urn == Urn);
        lines.Where(line => line.Ephemeral).Select(line => line.Message).ShouldBe(["creating: job RUNNING, 1 s", ""]);
    }

    [Fact]
    public async Task A_bug_is_answered_as_such_and_told_in_full_to_the_debug_log()
    {
        Provider = new ScriptedProvider { OnCheck = _ => throw new KeyNotFoundException("no such key") };

        var failure = await FailureOf("Check", new CheckRequest { Urn = Urn });

        failure.Code.ShouldBe(GrpcStatusCode.Internal);
        failure.Message.ShouldContain("KeyNotFoundException: no such key");
        Eventually.True(() => !lines.IsEmpty);
        var line = lines.Single();
        (line.Severity, line.Urn).ShouldBe((LogSeverity.Debug, Urn));
        line.Message.ShouldContain("/pulumirpc.ResourceProvider/Check");
        line.Message.ShouldContain("at PulumiEvs.");
    }

    [Fact]
    public async Task A_partial_create_is_a_failure_with_its_state_and_what_guarded_it_goes_after_the_answer()
    {
        var delivered = false;
        Provider = new ScriptedProvider
        {
            OnCreate = (_, _, _) => Task.FromResult<ResourceOutcome>(new ResourceOutcome.Partial("vol-1", Inputs, ["job failed"]) { Delivered = () => delivered = true }),
        };

        var call = await SendAsync("Create", new CreateRequest { Urn = Urn });

        call.Code.ShouldBe(GrpcStatusCode.Unknown);
        call.Trailing["grpc-status-details-bin"].ToString().ShouldNotBeEmpty();
        delivered.ShouldBeTrue();
    }

    [Fact]
    public async Task What_guarded_an_update_goes_after_the_answer()
    {
        var delivered = false;
        Provider = new ScriptedProvider { OnUpdate = _ => new ResourceOutcome.Done("batch-1", Inputs) { Delivered = () => delivered = true } };

        (await SendAsync("Update", new UpdateRequest { Urn = Urn, Id = "batch-1" })).Code.ShouldBe(GrpcStatusCode.Ok);

        delivered.ShouldBeTrue();
    }

    [Fact]
    public async Task A_list_is_one_message_for_each_resource_and_one_for_where_it_goes_on()
    {
        Provider = new ScriptedProvider { OnList = _ => new ListPage([new("vol-1", "data"), new("vol-2", "logs")], "next") };

        var messages = await ListAsync(new ListRequest { Token = "evs:index:Volume", Query = PropertyEncoder.Encode(Inputs), Limit = 5, PageSize = 2, ContinuationToken = "here" });

        messages.ShouldBe(
        [
            new ListResponse { Result = new() { Id = "vol-1", Name = "data" } },
            new ListResponse { Result = new() { Id = "vol-2", Name = "logs" } },
            new ListResponse { Continuation = new() { ContinuationToken = "next" } },
        ]);
        Provider.Requests.ShouldBe([new PulumiEvs.Resources.Contracts.ListRequest(Inputs, 5, 2, "here")]);
    }

    [Fact]
    public async Task A_list_of_none_is_no_message_and_one_that_is_not_known_yet_says_so()
    {
        (await ListAsync(new ListRequest { Token = "evs:index:Volume" })).ShouldBeEmpty();
        Provider.Requests.ShouldBe([new PulumiEvs.Resources.Contracts.ListRequest(PropertyMap.Empty, null, null, null)]);

        Provider = new ScriptedProvider { OnList = _ => null };
        var other = new GrpcCallDouble("/pulumirpc.ResourceProvider/List", new ListRequest { Token = "evs:index:Volume" });
        var call = await other.SendAsync(CreateSut().Methods());
        (await call.MessagesAsync(ListResponse.Parser)).ShouldBe([new ListResponse { Computed = new() }]);
    }

    [Fact]
    public async Task What_cannot_be_listed_is_refused()
    {
        var failure = await FailureOf("List", new ListRequest { Token = "evs:index:SnapshotRollback" });

        failure.ShouldBe((GrpcStatusCode.NotFound, "evs:index:SnapshotRollback cannot be listed"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_many_operations_at_once_one_begins_when_another_is_under_way_or_over(bool underWay)
    {
        var begun = new ConcurrentQueue<(string Urn, IOperationLog Log)>();
        var end = new ConcurrentDictionary<string, TaskCompletionSource>();
        Provider = new ScriptedProvider
        {
            OnCreate = async (request, log, _) =>
            {
                begun.Enqueue((request.Resource.Urn, log));
                await end.GetOrAdd(request.Resource.Urn, _ => new TaskCompletionSource()).Task;
                return new ResourceOutcome.Done("vol", PropertyMap.Empty);
            },
        };

        var calls = Enumerable.Range(0, AtTheDoor + 2).Select(number => SendAsync("Create", new CreateRequest { Urn = $"{Urn}{number}" })).ToArray();

        Eventually.True(() => begun.Count == AtTheDoor);
        for (var next = 0; next < 2; next++)
        {
            var (urn, log) = begun.ElementAt(next);
            if (underWay)
            {
                log.UnderWay();
                log.UnderWay();
            }
            else
            {
                end[urn].SetResult();
            }

            Eventually.True(() => begun.Count == AtTheDoor + next + 1);
            begun.Select(operation => operation.Urn).ShouldBe(Enumerable.Range(0, AtTheDoor + next + 1).Select(number => $"{Urn}{number}"));
        }

        foreach (var (urn, _) in begun)
        {
            end[urn].TrySetResult();
        }

        (await Task.WhenAll(calls)).ShouldAllBe(call => call.Code == GrpcStatusCode.Ok);
    }

    [Fact]
    public async Task What_is_cancelled_before_its_turn_is_not_begun()
    {
        Provider = new ScriptedProvider
        {
            OnCreate = async (_, _, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                throw new System.Diagnostics.UnreachableException();
            },
        };
        var calls = Enumerable.Range(0, AtTheDoor + 3).Select(_ => SendAsync("Create", new CreateRequest { Urn = Urn })).ToArray();
        Eventually.True(() => Provider.Requests.Count == AtTheDoor);

        await CallAsync("Cancel", new Empty(), Empty.Parser);

        (await Task.WhenAll(calls)).ShouldAllBe(call => call.Code == GrpcStatusCode.Cancelled);
        Provider.Requests.Count.ShouldBe(AtTheDoor);
    }

    private async Task<IReadOnlyList<ListResponse>> ListAsync(ListRequest request)
    {
        var call = await SendAsync("List", request);
        (call.Code, call.Message).ShouldBe((GrpcStatusCode.Ok, ""));
        return await call.MessagesAsync(ListResponse.Parser);
    }

    private Task<GrpcCallDouble> SendAsync(string method, IMessage request) =>
        new GrpcCallDouble("/pulumirpc.ResourceProvider/" + method, request).SendAsync(methods);

    private async Task<TResponse> CallAsync<TResponse>(string method, IMessage request, MessageParser<TResponse> parser)
        where TResponse : class, IMessage<TResponse>
    {
        var call = await SendAsync(method, request);
        (call.Code, call.Message).ShouldBe((GrpcStatusCode.Ok, ""));
        return (await call.MessagesAsync(parser)).Single();
    }

    private async Task<(GrpcStatusCode Code, string Message)> FailureOf(string method, IMessage request)
    {
        var call = await SendAsync(method, request);
        call.Answer.ShouldBeEmpty();
        return (call.Code, call.Message);
    }

    private ProviderService CreateSut() => new(
        new Lazy<IProvider>(() =>
        {
            providersMade++;
            return Provider;
        }),
        () => Encoding.UTF8.GetBytes(Schema),
        "1.2.3",
        engine,
        new EngineLog(engine, KeepAsync, _ => { }, TimeProvider.System),
        cancellation,
        new Doorway(AtTheDoor, () => { }));

    private Task KeepAsync(string address, LogRequest line)
    {
        lines.Enqueue(line);
        return Task.CompletedTask;
    }
}
