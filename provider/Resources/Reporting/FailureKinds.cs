using PulumiEvs.Evs.Jobs;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.Reporting;

/// <summary>What the end of a wait, or an exception, lets the engine conclude.</summary>
internal static class FailureKinds
{
    public static FailureKind Of(WaitOutcome outcome) => outcome switch
    {
        WaitOutcome.Cancelled => FailureKind.Cancelled,
        WaitOutcome.TimedOut => FailureKind.TimedOut,
        _ => FailureKind.Unknown,
    };

    public static FailureKind Of(Exception exception) => exception switch
    {
        ResourceException resource => resource.Kind,
        OperationCanceledException => FailureKind.Cancelled,
        _ => FailureKind.Unknown,
    };

    /// <summary>Of several: what they agree on.</summary>
    public static FailureKind Of(IReadOnlyCollection<FailureKind> kinds) =>
        kinds.Contains(FailureKind.Cancelled) ? FailureKind.Cancelled
        : kinds.Distinct().ToArray() is [var only] ? only
        : FailureKind.Unknown;
}
