using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Jobs;
using EvsSimulator.Http;

namespace EvsSimulator.Faults;

/// <summary>An error that a fault answers.</summary>
internal sealed record FaultError(Refusal Refusal, ErrorShape? Shape, int? RetryAfterSeconds);

/// <summary>What all the faults that strike one request want, in the order in which the pipeline does it.</summary>
internal sealed record FaultPlan
{
    public static readonly FaultPlan None = new();

    public IReadOnlyList<string> Names { get; init; } = [];

    public TimeSpan? Refuse { get; init; }

    public TimeSpan DelayBefore { get; init; }

    public bool Abort { get; init; }

    public FaultError? ErrorBefore { get; init; }

    public bool ExpireToken { get; init; }

    public TimeSpan? ClockOffset { get; init; }

    public JobFate Fate { get; init; } = JobFate.Usual;

    public TimeSpan DelayAfter { get; init; }

    public FaultError? ErrorAfter { get; init; }

    public bool LoseAnswer { get; init; }

    /// <summary>This plan with one fault more; of two errors the first stands.</summary>
    public FaultPlan With(string name, FaultSpec fault)
    {
        var length = TimeSpan.FromMilliseconds(fault.Ms ?? 0);
        var plan = this with { Names = [.. Names, name] };
        return fault.Effect switch
        {
            FaultEffect.JobFail => plan.WithFate(fault, new JobFate
            {
                Failure = new JobFailure(fault.ToRefusal("EVS.2024").Code, fault.ToRefusal("EVS.2024").Message),
                Remains = fault.Leave,
            }),
            FaultEffect.JobStuck => plan.WithFate(fault, new JobFate { Stuck = true }),
            FaultEffect.JobVanish => plan.WithFate(fault, new JobFate { VanishesAfter = length }),
            FaultEffect.JobDuration => plan.WithFate(fault, new JobFate { Duration = length }),
            FaultEffect.Hide => plan.WithFate(fault, new JobFate { HiddenFor = length }),
            FaultEffect.Error => fault.AfterActing
                ? plan with { ErrorAfter = ErrorAfter ?? ErrorOf(fault, "EVS.5500") }
                : plan with { ErrorBefore = ErrorBefore ?? ErrorOf(fault, "EVS.5500") },
            FaultEffect.Throttle => plan with { ErrorBefore = ErrorBefore ?? Throttling(fault) },
            FaultEffect.Abort => plan with { Abort = true },
            FaultEffect.LoseAnswer => plan with { LoseAnswer = true },
            FaultEffect.Delay => plan with
            {
                DelayBefore = DelayBefore + length,
                DelayAfter = DelayAfter + TimeSpan.FromMilliseconds(fault.AfterMs ?? 0),
            },
            FaultEffect.ExpireToken => plan with { ExpireToken = true },
            FaultEffect.ClockOffset => plan with { ClockOffset = TimeSpan.FromSeconds(fault.OffsetSeconds ?? 0) },
            FaultEffect.Refuse => plan with { Refuse = length },
            _ => throw new InvalidOperationException($"{fault.Effect} has no meaning"),
        };
    }

    private static FaultError ErrorOf(FaultSpec fault, string defaultCode) =>
        new(fault.ToRefusal(defaultCode), fault.Shape, fault.RetryAfterSeconds);

    private static FaultError Throttling(FaultSpec fault) =>
        new(GatewayRefusals.Throttled(0) with { Status = fault.Status ?? 429 }, fault.Shape, fault.RetryAfterSeconds);

    private FaultPlan WithFate(FaultSpec fault, JobFate fate) =>
        this with { Fate = Fate.And(fate with { SubJobs = fault.SubJobs is { } numbers ? [.. numbers] : null }) };
}
