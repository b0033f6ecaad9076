using PulumiEvs.Evs.Errors;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Plugin.Service;

/// <summary>
/// The one place where failures become gRPC statuses. To the engine UNKNOWN, INTERNAL and DATA_LOSS mean that the
/// resource's state is not known; every other code means that nothing happened (protocol A1). The user sees the text only.
/// </summary>
internal static class ErrorMapping
{
    public const string MissingKeysType = "pulumirpc.ConfigureErrorMissingKeys";

    /// <param name="call">The call that the operation served.</param>
    /// <param name="cancellation">The token that the operation ran under.</param>
    public static GrpcStatusException ToStatus(Exception error, GrpcCallContext call, CancellationToken cancellation) => error switch
    {
        GrpcStatusException status => status,
        ResourceException failure => new GrpcStatusException(CodeOf(failure.Kind), failure.Message, failure),
        EvsException failure => new GrpcStatusException(CodeOf(failure), failure.Message, failure),
        MissingConfigurationException missing => new GrpcStatusException(
            GrpcStatusCode.InvalidArgument, missing.Message, [GrpcStatusException.Detail(MissingKeysType, MissingKeys(missing))], missing),
        MalformedValueException malformed => new GrpcStatusException(GrpcStatusCode.InvalidArgument, malformed.Message, malformed),

        // Only when somebody did cancel: a stray cancellation from below says nothing about what has happened.
        OperationCanceledException when call.Deadline.IsCancellationRequested =>
            new GrpcStatusException(GrpcStatusCode.DeadlineExceeded, "the call's deadline has passed", error),
        OperationCanceledException when cancellation.IsCancellationRequested =>
            new GrpcStatusException(GrpcStatusCode.Cancelled, "the operation was cancelled", error),
        _ => new GrpcStatusException(
            GrpcStatusCode.Internal,
            $"unexpected {error.GetType().Name}: {error.Message} (this is a bug of the provider; --debug shows where it arose)",
            error),
    };

    public static GrpcStatusCode CodeOf(FailureKind kind) => kind switch
    {
        FailureKind.InvalidRequest => GrpcStatusCode.InvalidArgument,
        FailureKind.Precondition => GrpcStatusCode.FailedPrecondition,
        FailureKind.NotFound => GrpcStatusCode.NotFound,
        FailureKind.Cancelled => GrpcStatusCode.Cancelled,
        FailureKind.TimedOut => GrpcStatusCode.DeadlineExceeded,
        FailureKind.Unknown => GrpcStatusCode.Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <remarks>
    /// UNAVAILABLE is left to the transport: to a gRPC client it says that the plugin itself was not reached.
    /// </remarks>
    private static GrpcStatusCode CodeOf(EvsException failure)
    {
        if (failure.Knowledge == Knowledge.Unknown || failure.EarlierAttemptUnknown)
        {
            return GrpcStatusCode.Unknown;
        }

        return failure.Class switch
        {
            ErrorClass.Input or ErrorClass.TypeOrZone => GrpcStatusCode.InvalidArgument,
            ErrorClass.SoldOut or ErrorClass.Quota or ErrorClass.Throttled => GrpcStatusCode.ResourceExhausted,
            ErrorClass.Authentication => GrpcStatusCode.Unauthenticated,
            ErrorClass.Permission => GrpcStatusCode.PermissionDenied,
            ErrorClass.NotFound or ErrorClass.JobUnknown => GrpcStatusCode.NotFound,
            ErrorClass.Service or ErrorClass.Network or ErrorClass.Protocol => GrpcStatusCode.Aborted,
            ErrorClass.WrongState or ErrorClass.Encryption or ErrorClass.Account or ErrorClass.Order
                or ErrorClass.ResourceInError or ErrorClass.Unknown => GrpcStatusCode.FailedPrecondition,
            _ => throw new ArgumentOutOfRangeException(nameof(failure), failure.Class, null),
        };
    }

    private static ConfigureErrorMissingKeys MissingKeys(MissingConfigurationException missing) => new()
    {
        MissingKeys = { missing.Keys.Select(key => new ConfigureErrorMissingKeys.Types.MissingKey { Name = key.Name, Description = key.Description }) },
    };
}
