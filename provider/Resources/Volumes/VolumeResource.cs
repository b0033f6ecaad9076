using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Diffing;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Resources.Volumes;

/// <summary>The resource <c>evs:index:Volume</c>.</summary>
/// <param name="preflight">What previews look at the cloud with.</param>
internal sealed class VolumeResource(
    IEvsSessions sessions, Func<CreateGuard> guard, Func<VolumeDefaults> defaults, Func<Preflight> preflight) : IResource
{
    public string Token => VolumeDeclaration.Token;

    public CheckResult Check(CheckRequest request) => VolumeCheck.Check(request, defaults());

    public DiffResult Diff(DiffRequest request)
    {
        guard().Known(request.Resource.Urn, request.Id);
        var diff = InputDiffer.Diff(VolumeDeclaration.Declaration, request);
        if (CreationMark.Of(request.OldOutputs) != CreationState.Failed)
        {
            return diff;
        }

        preflight().Frees(request.Resource.Urn, VolumePlan.Freed(request.OldOutputs));
        return WithReplacement(diff);
    }

    public async Task<ResourceOutcome> CreateAsync(CreateRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            await preflight().ReviewAsync(request.Resource.Urn, VolumePlan.New(request.Inputs), log, cancellationToken);
            return new ResourceOutcome.Done("", VolumeOutputs.Expected(request.Inputs));
        }

        preflight().Forget();
        return await new VolumeCreation(sessions.Open(request.Timeout ?? VolumeCreation.DefaultTimeout(request.Inputs), log), guard(), log)
            .CreateAsync(request, cancellationToken);
    }

    public Task<ResourceOutcome> ReadAsync(ReadRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        guard().Known(request.Resource.Urn, request.Id);
        return new VolumeReading(sessions.Open(request.Timeout ?? VolumeTimeouts.Read, log), log).ReadAsync(request, cancellationToken);
    }

    public async Task<ResourceOutcome> UpdateAsync(UpdateRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        // What Diff has not shown is not done either.
        request = request with { NewInputs = IgnoredPaths.Reset(request.IgnoreChanges, request.OldInputs ?? request.OldOutputs, request.NewInputs) };
        if (request.Preview)
        {
            await preflight().ReviewAsync(request.Resource.Urn, VolumePlan.Change(request.OldOutputs, request.NewInputs), log, cancellationToken);
            return VolumeUpdating.Preview(request);
        }

        preflight().Forget();
        guard().Known(request.Resource.Urn, request.Id);
        var outcome = VolumeUpdating.Local(request)
            ?? await new VolumeUpdating(sessions.Open(request.Timeout ?? VolumeUpdating.DefaultTimeout(request), log), guard(), log)
                .UpdateAsync(request, cancellationToken);

        // An update cannot change the id in the state; the read before the next one exchanges a job's for the disk's own.
        return outcome is ResourceOutcome.Done done && PendingVolumeId.JobOf(request.Id) is not null ? done with { RefreshBeforeUpdate = true } : outcome;
    }

    public Task DeleteAsync(DeleteRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        preflight().Forget();
        guard().Known(request.Resource.Urn, request.Id);
        return new VolumeDeletion(sessions.Open(request.Timeout ?? VolumeTimeouts.Delete, log), log).DeleteAsync(request, cancellationToken);
    }

    /// <summary>
    /// A disk whose creation failed never held anything: it is replaced, deleted first since it may stand in the way of its
    /// successor's quota (tried with the engine: protocol V21).
    /// </summary>
    private static DiffResult WithReplacement(DiffResult diff) => diff with
    {
        Changes = [.. diff.Changes, new PropertyChange(VolumeProperties.Status, ChangeKind.Update, Replaces: true, OfInput: false)],
        DeleteBeforeReplace = true,
    };
}
