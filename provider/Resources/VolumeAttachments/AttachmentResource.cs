using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Diffing;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using static PulumiEvs.Resources.VolumeAttachments.AttachmentDeclaration;

namespace PulumiEvs.Resources.VolumeAttachments;

/// <summary>The resource <c>evs:index:VolumeAttachment</c>.</summary>
internal sealed class AttachmentResource(IEvsSessions sessions) : IResource
{
    public string Token => AttachmentDeclaration.Token;

    public CheckResult Check(CheckRequest request)
    {
        var inputs = InputChecker.Normalize(request.NewInputs);
        return new CheckResult(inputs, [.. InputChecker.Failures(inputs, Declaration.Properties, Declaration.Rules)]);
    }

    public DiffResult Diff(DiffRequest request)
    {
        var diff = InputDiffer.Diff(Declaration, request);
        return diff with { DeleteBeforeReplace = diff.Replaces && Collides(request, diff) };
    }

    public async Task<ResourceOutcome> CreateAsync(CreateRequest request, IOperationLog log, CancellationToken cancellationToken) => request.Preview
        ? new ResourceOutcome.Done("", AttachmentOutputs.Expected(request.Inputs))
        : await new Attaching(sessions.Open(request.Timeout ?? CreateTimeout, log), log).CreateAsync(request, cancellationToken);

    public Task<ResourceOutcome> ReadAsync(ReadRequest request, IOperationLog log, CancellationToken cancellationToken) =>
        new AttachmentReading(sessions.Open(request.Timeout ?? ReadTimeout, log)).ReadAsync(request, cancellationToken);

    /// <summary>Nothing of an attachment can be changed: an update goes on waiting where a create stopped, or has nothing to do.</summary>
    public async Task<ResourceOutcome> UpdateAsync(UpdateRequest request, IOperationLog log, CancellationToken cancellationToken) =>
        request.Preview || CreationMark.Of(request.OldOutputs) == CreationState.Complete
            ? new ResourceOutcome.Done(request.Id, CreationMark.Put(request.OldOutputs, CreationState.Complete))
            : await new Attaching(sessions.Open(request.Timeout ?? CreateTimeout, log), log).FollowAsync(
                VolumeAttachments.AttachmentId.Parse(request.Id),
                InputReader.Text(request.OldOutputs[JobId]),
                requestId: null,
                request.OldInputs ?? request.NewInputs,
                cancellationToken);

    public Task DeleteAsync(DeleteRequest request, IOperationLog log, CancellationToken cancellationToken) =>
        new Detaching(sessions.Open(request.Timeout ?? DeleteTimeout, log), log).DeleteAsync(request, cancellationToken);

    /// <summary>
    /// A disk that moves to another server, or gets another device name, must be detached first; so must one whose place on the
    /// server the new one takes. Only another disk on a place of the cloud's choosing can come before the old one goes.
    /// </summary>
    private static bool Collides(DiffRequest request, DiffResult diff) =>
        !diff.Changes.Any(change => change.TopLevel == VolumeId) || !request.NewInputs[Device].IsAbsent;
}
