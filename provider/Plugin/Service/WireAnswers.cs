using Google.Protobuf.WellKnownTypes;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using Kind = PulumiEvs.Plugin.Protos.PropertyDiff.Types.Kind;
using Wire = PulumiEvs.Plugin.Protos;

namespace PulumiEvs.Plugin.Service;

/// <summary>What resources answer, as the engine's messages.</summary>
internal static class WireAnswers
{
    public const string InitFailedType = "pulumirpc.ErrorResourceInitFailed";

    public static Wire.CheckResponse ToCheck(CheckResult result) => new()
    {
        Inputs = PropertyEncoder.Encode(result.Inputs),
        Failures = { result.Failures.Select(ToFailure) },
    };

    public static Wire.CheckFailure ToFailure(CheckFailure failure) => new() { Property = failure.Property, Reason = failure.Reason };

    public static Wire.DiffResponse ToDiff(DiffResult result)
    {
        var wire = new Wire.DiffResponse
        {
            Changes = result.HasChanges ? Wire.DiffResponse.Types.DiffChanges.DiffSome : Wire.DiffResponse.Types.DiffChanges.DiffNone,
            Diffs = { result.Changes.Select(change => change.TopLevel).Distinct() },
            Replaces = { result.Changes.Where(change => change.Replaces).Select(change => change.TopLevel).Distinct() },
            Stables = { result.Stables },
            DeleteBeforeReplace = result.DeleteBeforeReplace,
            HasDetailedDiff = true,
        };
        foreach (var change in result.Changes)
        {
            wire.DetailedDiff[change.Path] = new Wire.PropertyDiff { Kind = ToKind(change), InputDiff = change.OfInput };
        }

        return wire;
    }

    /// <exception cref="GrpcStatusException">The outcome is partial, or cannot be of a create.</exception>
    public static Wire.CreateResponse ToCreate(ResourceOutcome outcome, bool preview) => outcome switch
    {
        ResourceOutcome.Done { Id.Length: 0 } when !preview => throw WithoutId(),
        ResourceOutcome.Done done => new Wire.CreateResponse
        {
            Id = done.Id,
            Properties = PropertyEncoder.Encode(done.Outputs),
            RefreshBeforeUpdate = done.RefreshBeforeUpdate,
        },
        _ => throw NotDone(outcome),
    };

    /// <inheritdoc cref="ToCreate"/>
    public static Wire.ReadResponse ToRead(ResourceOutcome outcome) => outcome switch
    {
        // No id for a refresh and no properties for an import or a look-up: both must be left out (protocol B5).
        ResourceOutcome.Gone => new Wire.ReadResponse(),
        ResourceOutcome.Done { Id.Length: 0 } => throw WithoutId(),
        ResourceOutcome.Done done => new Wire.ReadResponse
        {
            Id = done.Id,
            Properties = PropertyEncoder.Encode(done.Outputs),
            Inputs = ToStruct(done.Inputs),
            RefreshBeforeUpdate = done.RefreshBeforeUpdate,
        },
        _ => throw NotDone(outcome),
    };

    /// <inheritdoc cref="ToCreate"/>
    public static Wire.UpdateResponse ToUpdate(ResourceOutcome outcome) => outcome switch
    {
        ResourceOutcome.Done done => new Wire.UpdateResponse
        {
            Properties = PropertyEncoder.Encode(done.Outputs),
            RefreshBeforeUpdate = done.RefreshBeforeUpdate,
        },
        _ => throw NotDone(outcome),
    };

    public static Wire.InvokeResponse ToInvoke(InvokeResult result) => new()
    {
        Return = PropertyEncoder.Encode(result.Result),
        Failures = { result.Failures.Select(ToFailure) },
    };

    /// <summary>A page as one message each; null, of a query that is not known yet, as the mark for that alone (protocol A2).</summary>
    public static IEnumerable<Wire.ListResponse> ToList(ListPage? page)
    {
        if (page is null)
        {
            yield return new Wire.ListResponse { Computed = new() };
            yield break;
        }

        foreach (var resource in page.Resources)
        {
            yield return new Wire.ListResponse { Result = new() { Id = resource.Id, Name = resource.Name } };
        }

        if (page.Continuation is { } continuation)
        {
            yield return new Wire.ListResponse { Continuation = new() { ContinuationToken = continuation } };
        }
    }

    private static GrpcStatusException NotDone(ResourceOutcome outcome) => outcome switch
    {
        ResourceOutcome.Partial { Id.Length: 0 } partial => new GrpcStatusException(
            GrpcStatusCode.Internal, $"a resource without an id cannot be kept: {string.Join("; ", partial.Reasons)}"),

        // UNKNOWN as a rule, as every provider answers it; the user sees the reasons, never the status message.
        ResourceOutcome.Partial partial => new GrpcStatusException(
            ErrorMapping.CodeOf(partial.Kind), string.Join("; ", partial.Reasons), [GrpcStatusException.Detail(InitFailedType, ToInitFailed(partial))]),
        _ => new GrpcStatusException(GrpcStatusCode.Internal, $"the outcome {outcome.GetType().Name} does not fit the call"),
    };

    private static Wire.ErrorResourceInitFailed ToInitFailed(ResourceOutcome.Partial partial) => new()
    {
        Id = partial.Id,
        Properties = PropertyEncoder.Encode(partial.Outputs),
        Reasons = { partial.Reasons },
        Inputs = ToStruct(partial.Inputs),
        RefreshBeforeUpdate = partial.RefreshBeforeUpdate,
    };

    private static Kind ToKind(PropertyChange change) => (change.Kind, change.Replaces) switch
    {
        (ChangeKind.Add, false) => Kind.Add,
        (ChangeKind.Add, true) => Kind.AddReplace,
        (ChangeKind.Delete, false) => Kind.Delete,
        (ChangeKind.Delete, true) => Kind.DeleteReplace,
        (ChangeKind.Update, false) => Kind.Update,
        (ChangeKind.Update, true) => Kind.UpdateReplace,
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, null),
    };

    private static Struct? ToStruct(PropertyMap? map) => map is null ? null : PropertyEncoder.Encode(map);

    private static GrpcStatusException WithoutId() => new(GrpcStatusCode.Internal, "the operation succeeded and gave no id");
}
