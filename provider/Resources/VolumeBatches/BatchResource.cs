using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Diffing;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>The resource <c>evs:index:VolumeBatch</c>.</summary>
/// <param name="preflight">What previews look at the cloud with.</param>
internal sealed class BatchResource(
    IEvsSessions sessions, Func<CreateGuard> guard, Func<VolumeDefaults> defaults, Func<Preflight> preflight) : IResource
{
    public string Token => BatchDeclaration.Token;

    public CheckResult Check(CheckRequest request) =>
        VolumeCheck.Check(request, defaults(), BatchDeclaration.Declaration, BatchDeclaration.MaxNameBytes);

    public DiffResult Diff(DiffRequest request)
    {
        Known(request.Resource, request.Id, request.OldOutputs);
        return BatchDiffer.Diff(request);
    }

    public async Task<ResourceOutcome> CreateAsync(CreateRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            await preflight().ReviewAsync(request.Resource.Urn, BatchPreflight.New(request.Inputs), log, cancellationToken);
            return new ResourceOutcome.Done("", BatchOutputs.Expected(request.Inputs));
        }

        preflight().Forget();
        return await new BatchCreation(sessions.Open(request.Timeout ?? BatchTimeouts.Create, log), guard(), log).CreateAsync(request, cancellationToken);
    }

    public Task<ResourceOutcome> ReadAsync(ReadRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        Known(request.Resource, request.Id, request.State ?? PropertyMap.Empty);
        return new BatchReading(sessions.Open(request.Timeout ?? BatchTimeouts.Read, log), guard(), log).ReadAsync(request, cancellationToken);
    }

    public async Task<ResourceOutcome> UpdateAsync(UpdateRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        // What Diff has not shown is not done either.
        request = request with { NewInputs = IgnoredPaths.Reset(request.IgnoreChanges, request.OldInputs ?? request.OldOutputs, request.NewInputs) };
        if (request.Preview)
        {
            await preflight().ReviewAsync(request.Resource.Urn, BatchPreflight.Change(request), log, cancellationToken);
            return BatchPreview.Of(request);
        }

        preflight().Forget();
        Known(request.Resource, request.Id, request.OldOutputs);
        return BatchUpdating.Local(request)
            ?? await new BatchUpdating(sessions.Open(request.Timeout ?? BatchUpdating.DefaultTimeout(request), log), guard(), log)
                .UpdateAsync(request, cancellationToken);
    }

    public Task DeleteAsync(DeleteRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        preflight().Forget();
        Known(request.Resource, request.Id, request.OldOutputs);
        return new BatchDeletion(sessions.Open(request.Timeout ?? BatchTimeouts.Delete, log), guard(), log).DeleteAsync(request, cancellationToken);
    }

    /// <summary>The state has these volumes, and the job that is making others: what a record says of them is settled.</summary>
    private void Known(ResourceIdentity resource, string id, PropertyMap state)
    {
        var volumes = BatchMembers.Of(state).Select(member => member.VolumeId);
        guard().Known(resource.Urn, InputReader.Text(state[VolumeProperties.JobId]) is { } jobId ? [id, PendingVolumeId.Of(jobId), .. volumes] : [id, .. volumes]);
    }
}
