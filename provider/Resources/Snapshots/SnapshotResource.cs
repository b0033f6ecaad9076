using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Diffing;
using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>The resource <c>evs:index:Snapshot</c>.</summary>
/// <param name="lostAnswerWindow">How long to look for a snapshot whose create request got no answer.</param>
/// <param name="preflight">What previews look at the cloud with.</param>
internal sealed class SnapshotResource(IEvsSessions sessions, Func<TimeSpan> lostAnswerWindow, Func<Preflight> preflight) : IResource
{
    /// <summary>What a new snapshot takes. The quota of its disk's type is not counted: a preview seldom knows the disk.</summary>
    private static readonly PreflightPlan OneMore = new() { Noun = "snapshot", Demand = QuotaDemand.SnapshotsOf(1) };

    private readonly SnapshotClaims _claims = new();

    public string Token => SnapshotDeclaration.Token;

    public CheckResult Check(CheckRequest request) => SnapshotCheck.Check(request);

    public DiffResult Diff(DiffRequest request)
    {
        _claims.Claim(request.Id);
        var diff = InputDiffer.Diff(SnapshotDeclaration.Declaration, request);
        if (CreationMark.Of(request.OldOutputs) != CreationState.Failed)
        {
            return diff;
        }

        // Nothing was ever in it, and it counts against the quota: away with it first.
        preflight().Frees(request.Resource.Urn, OneMore.Demand);
        return diff with
        {
            Changes = [.. diff.Changes, new PropertyChange(SnapshotProperties.Status, ChangeKind.Update, Replaces: true, OfInput: false)],
            DeleteBeforeReplace = true,
        };
    }

    public async Task<ResourceOutcome> CreateAsync(CreateRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            await preflight().ReviewAsync(request.Resource.Urn, OneMore, log, cancellationToken);
            return new ResourceOutcome.Done("", SnapshotOutputs.Expected(request.Inputs));
        }

        preflight().Forget();
        return await Creation(sessions.Open(request.Timeout ?? SnapshotTimeouts.Create, log), log).CreateAsync(request, cancellationToken);
    }

    public Task<ResourceOutcome> ReadAsync(ReadRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        _claims.Claim(request.Id);
        return new SnapshotReading(sessions.Open(request.Timeout ?? SnapshotTimeouts.Read, log)).ReadAsync(request, cancellationToken);
    }

    public async Task<ResourceOutcome> UpdateAsync(UpdateRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            return SnapshotUpdating.Preview(request);
        }

        if (SnapshotUpdating.Local(request) is { } local)
        {
            return local;
        }

        var session = sessions.Open(request.Timeout ?? SnapshotTimeouts.Update, log);
        return await new SnapshotUpdating(session, Creation(session, log), log).UpdateAsync(request, cancellationToken);
    }

    public Task DeleteAsync(DeleteRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        preflight().Forget();
        return new SnapshotDeletion(sessions.Open(request.Timeout ?? SnapshotTimeouts.Delete, log), log).DeleteAsync(request, cancellationToken);
    }

    private SnapshotCreation Creation(EvsSession session, IOperationLog log) => new(session, _claims, lostAnswerWindow(), log);
}
