using System.Collections.Immutable;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>An update under way: what there is of the batch, and what has not gone well.</summary>
internal sealed class BatchRun(ImmutableArray<BatchMember> members)
{
    private Func<ResourceOutcome, ResourceOutcome> _finish = outcome => outcome;

    public ImmutableArray<BatchMember> Members { get; private set; } = members;

    public List<string> Reasons { get; } = [];

    public List<FailureKind> Kinds { get; } = [];

    /// <summary>The job that made volumes in this run.</summary>
    public string? JobId { get; private set; }

    public bool IsUnfinished { get; private set; }

    /// <summary>Whether something may have been changed already, so that a failure is no longer one of the whole.</summary>
    public bool HasActed { get; private set; }

    public void Add(ImmutableArray<string> reasons, FailureKind kind = FailureKind.Unknown)
    {
        foreach (var reason in reasons)
        {
            Reasons.Add(reason);
            Kinds.Add(kind);
        }
    }

    /// <summary>Volumes that could not be deleted stay.</summary>
    public void Add(ImmutableArray<MemberEnd<object>> failures, PropertyMap inputs, IReadOnlyDictionary<string, Volume> shown)
    {
        HasActed = true;
        foreach (var failure in failures)
        {
            Members = Members.Add(failure.Member.Shown(shown[failure.Member.VolumeId], inputs));
            Add([failure.Reason!], failure.Kind);
        }
    }

    /// <summary>From here on these are the members, until others come.</summary>
    public void Restart(ImmutableArray<BatchMember> kept) => Members = kept;

    /// <summary>A volume that was to be changed, as it is now.</summary>
    public void Add(MemberEnd<ResourceOutcome> end, PropertyMap oldInputs, IReadOnlyDictionary<string, Volume> shown)
    {
        HasActed = true;
        Members = Members.Add(After(end) ?? end.Member.Shown(shown[end.Member.VolumeId], oldInputs));
        Note(end);
    }

    /// <summary>New volumes, some of them with names of their own by now.</summary>
    public void Add(BatchMade made, ImmutableArray<MemberEnd<ResourceOutcome>> renamed)
    {
        HasActed = true;
        var ends = renamed.ToDictionary(end => end.Member.VolumeId, StringComparer.Ordinal);
        Members = [.. Members, .. made.Members.Select(member => ends.TryGetValue(member.VolumeId, out var end) ? After(end) ?? member : member)];
        Add(made.Reasons, made.Kind);
        foreach (var end in renamed)
        {
            Note(end);
        }

        (JobId, IsUnfinished) = (made.JobId, made.IsUnfinished);
    }

    /// <summary>What is to be done with the outcome.</summary>
    public void OnFinish(Func<ResourceOutcome, ResourceOutcome> finish) => _finish = finish;

    public ResourceOutcome Finish(ResourceOutcome outcome) => _finish(outcome);

    private static BatchMember? After(MemberEnd<ResourceOutcome> end) => end.Result switch
    {
        ResourceOutcome.Done done => end.Member with { Outputs = done.Outputs },
        ResourceOutcome.Partial partial => end.Member with { Outputs = partial.Outputs },
        _ => null,
    };

    private void Note(MemberEnd<ResourceOutcome> end)
    {
        switch (end)
        {
            case { Result: ResourceOutcome.Partial partial }:
                Add(partial.Reasons, partial.Kind);
                break;
            case { Reason: { } reason }:
                Add([reason], end.Kind);
                break;
        }
    }
}
