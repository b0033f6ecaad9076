using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Diffing;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>The resource <c>evs:index:Snapshot</c>.</summary>
/// <param name="lostAnswerWindow">How long to look for a snapshot whose create request got no answer.</param>
internal sealed class SnapshotResource(IEvsSessions sessions, Func<TimeSpan> lostAnswerWindow) : IResource
{
    private readonly SnapshotClaims _claims = new();

    public string Token => SnapshotDeclaration.Token;

    public CheckResult Check(CheckRequest request) => SnapshotCheck.Check(request);

    public DiffResult Diff(DiffRequest request)
    {
        _claims.Claim(request.Id);
        var diff = InputDiffer.Diff(SnapshotDeclaration.Declaration, request);
        return CreationMark.Of(request.OldOutputs) == CreationState.Failed
            ? diff with
            {
                // Nothing was ever in it, and it counts against the quota: away with it first.
                Changes = [.. diff.Changes, new PropertyChange(SnapshotProperties.Status, ChangeKind.Update, Replaces: true, OfInput: false)],
                DeleteBeforeReplace = true,
            }
            : diff;
    }

    public async Task<ResourceOutcome> CreateAsync(CreateRequest request, IOperationLog log, CancellationToken cancellationToken) => request.Preview
        ? new ResourceOutcome.Done("", SnapshotOutputs.Expected(request.Inputs))
        : await Creation(sessions.Open(request.Timeout ?? SnapshotTimeouts.Create, log), log).CreateAsync(request, cancellationToken);

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

    public Task DeleteAsync(DeleteRequest request, IOperationLog log, CancellationToken cancellationToken) =>
        new SnapshotDeletion(sessions.Open(request.Timeout ?? SnapshotTimeouts.Delete, log), log).DeleteAsync(request, cancellationToken);

    private SnapshotCreation Creation(EvsSession session, IOperationLog log) => new(session, _claims, lostAnswerWindow(), log);
}
