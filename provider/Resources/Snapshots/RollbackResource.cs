using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Diffing;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>The resource <c>evs:index:SnapshotRollback</c>: an action that happens when it is created.</summary>
internal sealed class RollbackResource(IEvsSessions sessions) : IResource
{
    public string Token => RollbackDeclaration.Token;

    public CheckResult Check(CheckRequest request)
    {
        var inputs = InputChecker.Normalize(request.NewInputs);
        var declaration = RollbackDeclaration.Declaration;
        return new CheckResult(inputs, [.. InputChecker.Failures(inputs, declaration.Properties, declaration.Rules)]);
    }

    public DiffResult Diff(DiffRequest request)
    {
        var diff = InputDiffer.Diff(RollbackDeclaration.Declaration, request);
        return CreationMark.Of(request.OldOutputs) == CreationState.Failed
            ? diff with { Changes = [.. diff.Changes, new PropertyChange(RollbackDeclaration.Requested, ChangeKind.Update, Replaces: true, OfInput: false)] }
            : diff;
    }

    public async Task<ResourceOutcome> CreateAsync(CreateRequest request, IOperationLog log, CancellationToken cancellationToken) => request.Preview
        ? new ResourceOutcome.Done("", request.Inputs)
        : await new Rollback(sessions.Open(request.Timeout ?? SnapshotTimeouts.Rollback, log), log).CreateAsync(request, cancellationToken);

    /// <summary>What was done stays done: the state is the answer, whatever became of disk and snapshot, so that nothing runs again by surprise.</summary>
    public Task<ResourceOutcome> ReadAsync(ReadRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        if (request is not { State: { Count: > 0 } state, Inputs: { } inputs })
        {
            throw new ResourceException(
                FailureKind.InvalidRequest, $"{Token} is an action and cannot be imported or looked up: create it to roll the volume back");
        }

        ResourceOutcome outcome = CreationMark.Of(state) == CreationState.Complete
            ? new ResourceOutcome.Done(request.Id, state, inputs)
            : new ResourceOutcome.Partial(request.Id, state, ["The rollback was not seen to its end; the next `pulumi up` takes it up."], inputs);
        return Task.FromResult(outcome);
    }

    public async Task<ResourceOutcome> UpdateAsync(UpdateRequest request, IOperationLog log, CancellationToken cancellationToken) =>
        request.Preview || CreationMark.Of(request.OldOutputs) == CreationState.Complete
            ? new ResourceOutcome.Done(request.Id, CreationMark.Put(request.OldOutputs, CreationState.Complete))
            : await new Rollback(sessions.Open(request.Timeout ?? SnapshotTimeouts.Rollback, log), log)
                .FollowAsync(request.Id, request.OldOutputs, cancellationToken);

    public Task DeleteAsync(DeleteRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        log.Debug($"the rollback {request.Id} is taken out of the state; nothing is done in the cloud");
        return Task.CompletedTask;
    }
}
