using EvsSimulator.Core;

namespace EvsSimulator.Faults;

/// <summary>What of a request a fault can be matched by.</summary>
/// <param name="VolumeName">The name of the volume that the request makes or is about, looked up only when asked for.</param>
internal sealed record FaultTarget(string Operation, string Method, string Path, Func<string?> VolumeName);

/// <summary>A fault that is in force, with what it has done so far.</summary>
/// <param name="Matched">How many requests it has matched.</param>
/// <param name="Struck">How many of them it has struck.</param>
internal sealed record ActiveFault(string Name, FaultSpec Spec, int Matched, int Struck);

/// <summary>The faults in force. Thread-safe; its chance is seeded apart from the cloud's.</summary>
internal sealed class FaultSet(ulong seed)
{
    private readonly Lock gate = new();
    private readonly List<ActiveFault> faults = [];
    private readonly Draws draws = new(~seed);
    private int added;

    public IReadOnlyList<ActiveFault> Active
    {
        get
        {
            lock (gate)
            {
                return [.. faults];
            }
        }
    }

    public string Add(FaultSpec spec)
    {
        lock (gate)
        {
            added++;
            var name = spec.Name ?? $"fault-{added}";
            faults.Add(new ActiveFault(name, spec, 0, 0));
            return name;
        }
    }

    /// <summary>Takes out all faults, or those of one name; says how many.</summary>
    public int Clear(string? name)
    {
        lock (gate)
        {
            return faults.RemoveAll(fault => name is null || fault.Name == name);
        }
    }

    /// <summary>Counts a request against every fault and says what those that strike want.</summary>
    public FaultPlan Strike(FaultTarget target)
    {
        lock (gate)
        {
            var plan = FaultPlan.None;
            for (var i = 0; i < faults.Count; i++)
            {
                var fault = faults[i];
                if (!Matches(fault.Spec, target))
                {
                    continue;
                }

                fault = fault with { Matched = fault.Matched + 1 };
                if (Strikes(fault))
                {
                    fault = fault with { Struck = fault.Struck + 1 };
                    plan = plan.With(fault.Name, fault.Spec);
                }

                faults[i] = fault;
            }

            return plan;
        }
    }

    private static bool Matches(FaultSpec spec, FaultTarget target) =>
        (spec.Operation is null || Glob.Matches(spec.Operation, target.Operation))
        && (spec.Method is null || string.Equals(spec.Method, target.Method, StringComparison.OrdinalIgnoreCase))
        && (spec.Path is null || Glob.Matches(spec.Path, target.Path))
        && (spec.VolumeName is null || (target.VolumeName() is { } name && Glob.Matches(spec.VolumeName, name)));

    private bool Strikes(ActiveFault fault)
    {
        var spec = fault.Spec;
        var most = spec.Count ?? (spec.Nth is null ? int.MaxValue : 1);
        return fault.Matched >= (spec.Nth ?? 1)
            && fault.Struck < most
            && (spec.Probability is not { } probability || draws.Unit() < probability);
    }
}
