using PulumiEvs.Evs.Errors;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Plugin.Service;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Tests.Unit.Plugin.Service;

public sealed class ErrorMappingTests
{
    /// <summary>The codes that make the engine doubt what is in the cloud (protocol A1).</summary>
    private static readonly GrpcStatusCode[] StateUnknown = [GrpcStatusCode.Unknown, GrpcStatusCode.Internal, GrpcStatusCode.DataLoss];

    private static readonly GrpcCallContext Call = new("/pulumirpc.ResourceProvider/Create", CancellationToken.None);
    private static readonly CancellationToken Cancelled = new(canceled: true);

    [Theory]
    [InlineData(nameof(FailureKind.InvalidRequest), 3)]
    [InlineData(nameof(FailureKind.Precondition), 9)]
    [InlineData(nameof(FailureKind.NotFound), 5)]
    [InlineData(nameof(FailureKind.Cancelled), 1)]
    [InlineData(nameof(FailureKind.TimedOut), 4)]
    [InlineData(nameof(FailureKind.Unknown), 2)]
    public void A_resources_failure_has_the_code_of_its_kind_and_its_own_words(string kind, int code)
    {
        var status = Map(new ResourceException(Enum.Parse<FailureKind>(kind), "volume größer: no"));

        ((int)status.Code).ShouldBe(code);
        status.Message.ShouldBe("volume größer: no");
        StateUnknown.Contains(status.Code).ShouldBe(kind == nameof(FailureKind.Unknown));
    }

    [Fact]
    public void Every_kind_of_failure_has_a_code()
    {
        foreach (var kind in Enum.GetValues<FailureKind>())
        {
            Map(new ResourceException(kind, "x")).Code.ShouldNotBe(GrpcStatusCode.Ok);
        }
    }

    [Theory]
    [InlineData(nameof(ErrorClass.Input), 3)]
    [InlineData(nameof(ErrorClass.TypeOrZone), 3)]
    [InlineData(nameof(ErrorClass.SoldOut), 8)]
    [InlineData(nameof(ErrorClass.Quota), 8)]
    [InlineData(nameof(ErrorClass.Throttled), 8)]
    [InlineData(nameof(ErrorClass.Authentication), 16)]
    [InlineData(nameof(ErrorClass.Permission), 7)]
    [InlineData(nameof(ErrorClass.NotFound), 5)]
    [InlineData(nameof(ErrorClass.WrongState), 9)]
    [InlineData(nameof(ErrorClass.Service), 10)]
    [InlineData(nameof(ErrorClass.Network), 10)]
    public void A_refusal_of_the_service_has_the_code_of_its_class(string errorClass, int code) =>
        ((int)Map(Service(Enum.Parse<ErrorClass>(errorClass), Knowledge.Refused)).Code).ShouldBe(code);

    [Fact]
    public void A_request_that_may_have_been_acted_on_leaves_the_state_unknown_whatever_its_class()
    {
        foreach (var errorClass in Enum.GetValues<ErrorClass>())
        {
            Map(Service(errorClass, Knowledge.Unknown)).Code.ShouldBe(GrpcStatusCode.Unknown);
            Map(Service(errorClass, Knowledge.Refused, earlierAttemptUnknown: true)).Code.ShouldBe(GrpcStatusCode.Unknown);
        }
    }

    [Fact]
    public void A_request_that_was_not_acted_on_never_leaves_the_state_unknown()
    {
        foreach (var errorClass in Enum.GetValues<ErrorClass>())
        {
            StateUnknown.ShouldNotContain(Map(Service(errorClass, Knowledge.Refused)).Code);
            StateUnknown.ShouldNotContain(Map(Service(errorClass, Knowledge.NotActedOn)).Code);
        }
    }

    [Fact]
    public void Unavailable_is_never_answered_because_to_a_client_it_means_the_plugin_itself()
    {
        foreach (var errorClass in Enum.GetValues<ErrorClass>())
        {
            Map(Service(errorClass, Knowledge.NotActedOn)).Code.ShouldNotBe(GrpcStatusCode.Unavailable);
        }
    }

    [Fact]
    public void Missing_configuration_names_its_keys_in_a_detail()
    {
        var status = Map(new MissingConfigurationException([new MissingKey("evs:region", "The region."), new MissingKey("evs:projectId", "The project.")]));

        status.Code.ShouldBe(GrpcStatusCode.InvalidArgument);
        status.Message.ShouldContain("evs:region");
        var detail = status.Details.Single();
        detail.TypeUrl.ShouldBe("type.googleapis.com/pulumirpc.ConfigureErrorMissingKeys");
        ConfigureErrorMissingKeys.Parser.ParseFrom(detail.Value).MissingKeys.Select(key => (key.Name, key.Description))
            .ShouldBe([("evs:region", "The region."), ("evs:projectId", "The project.")]);
    }

    [Fact]
    public void A_value_that_cannot_be_decoded_is_an_invalid_argument() =>
        Map(new MalformedValueException("tags[\"a.b\"]", "no")).ShouldSatisfyAllConditions(
            status => status.Code.ShouldBe(GrpcStatusCode.InvalidArgument), status => status.Message.ShouldBe("property tags[\"a.b\"]: no"));

    [Fact]
    public void A_cancelled_operation_is_cancelled() =>
        ErrorMapping.ToStatus(new OperationCanceledException(), Call, Cancelled).Code.ShouldBe(GrpcStatusCode.Cancelled);

    [Fact]
    public void An_operation_ended_by_its_deadline_says_so() =>
        ErrorMapping.ToStatus(new OperationCanceledException(), Call with { Deadline = Cancelled }, Cancelled).Code.ShouldBe(GrpcStatusCode.DeadlineExceeded);

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_bug_and_leaves_the_state_unknown() =>
        Map(new TaskCanceledException("stray")).Code.ShouldBe(GrpcStatusCode.Internal);

    [Fact]
    public void An_unexpected_failure_is_named_by_type_and_message()
    {
        var status = Map(new KeyNotFoundException("no such key"));

        status.Code.ShouldBe(GrpcStatusCode.Internal);
        status.Message.ShouldContain("KeyNotFoundException: no such key");
        status.InnerException.ShouldBeOfType<KeyNotFoundException>();
    }

    [Fact]
    public void A_status_stays_as_it_is()
    {
        var status = new GrpcStatusException(GrpcStatusCode.Unknown, "x");
        Map(status).ShouldBeSameAs(status);
    }

    private static GrpcStatusException Map(Exception error) => ErrorMapping.ToStatus(error, Call, CancellationToken.None);

    private static EvsException Service(ErrorClass errorClass, Knowledge knowledge, bool earlierAttemptUnknown = false) => new(new ErrorFacts
    {
        Operation = "creating volume 'data'",
        Class = errorClass,
        Knowledge = knowledge,
        EarlierAttemptUnknown = earlierAttemptUnknown,
    });
}
