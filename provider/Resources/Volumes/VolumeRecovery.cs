using System.Globalization;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Diffing;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// Carries on a create that an earlier run began and did not live to report. What that run made is found by its job, by its client
/// token or by its looks, brought to what the program wants now, and becomes the resource.
/// </summary>
internal sealed class VolumeRecovery(EvsSession session, CreateGuard guard, VolumeCreation creation, IOperationLog log)
{
    /// <summary>The outcome, or null when the earlier run made nothing that is still there: then the create begins anew.</summary>
    public async Task<ResourceOutcome?> ResumeAsync(
        JournalEntry entry, CreateRequest request, VolumeClaims.Ticket ticket, CancellationToken cancellationToken)
    {
        var begun = entry.RequestedAt.ToString("u", CultureInfo.InvariantCulture);
        if (entry.Endpoint != session.Client.Target.Evs.Authority || entry.ProjectId != await session.Client.Project.GetIdAsync(cancellationToken))
        {
            log.Warning(
                $"A create of this resource was interrupted at {begun}, in project {entry.ProjectId} at {entry.Endpoint}, which this configuration "
                + $"does not reach. A volume{Named(entry.Order)} may have been made there: look for it and delete it if no stack has it.");
            return null;
        }

        log.Debug($"a create of this resource was interrupted at {begun} (job {entry.JobId ?? "not known"}); looking for what it made");
        var volume = await FindAsync(entry, ticket, cancellationToken);
        if (volume is null)
        {
            return null;
        }

        log.Info($"A create of this resource was interrupted at {begun}; the volume {volume.Id} that it made is used.");
        return await AdoptAsync(volume, entry, request, cancellationToken);
    }

    private async Task<Volume?> FindAsync(JournalEntry entry, VolumeClaims.Ticket ticket, CancellationToken cancellationToken)
    {
        if (entry.JobId is { } jobId && await OfJobAsync(jobId, entry.Order, ticket, cancellationToken) is var (known, volume) && known)
        {
            return volume;
        }

        if (entry.Order is not { } order)
        {
            throw new ResourceException(
                FailureKind.Unknown,
                $"a create of this resource was interrupted at {entry.RequestedAt:u}, and what it asked for was secret, so its volume cannot be looked for. "
                + "Look in the console for a volume made then: import it with `pulumi import`, or delete it; then run again.");
        }

        var age = session.Time.GetUtcNow() - entry.RequestedAt;
        if (session.Client.Target.Versions.CreateTakesClientToken && entry.JobId is null && entry.OrderIsWhole && age < CreateGuard.TokenLifetime)
        {
            var submitted = await new VolumeSubmission(session, guard, log).SubmitAsync(order, entry, ticket, cancellationToken);
            return submitted.Found ?? (await OfJobAsync(submitted.Job!.JobId, order, ticket, cancellationToken)).Volume;
        }

        ticket.Lose();
        var left = guard.LostAnswerWindow - age;
        return await new LostVolume(session, log).FindAsync(
            order, ticket, () => session.Time.GetUtcNow() - entry.RequestedAt, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Waits for the job of the interrupted run. Not known: the service has forgotten the job, so the disk must be looked for.</summary>
    private async Task<(bool Known, Volume? Volume)> OfJobAsync(
        string jobId, CreateVolume? order, VolumeClaims.Ticket ticket, CancellationToken cancellationToken)
    {
        var wait = await creation.WaitForJobAsync(new CreationJob(jobId, RequestId: null, VolumeId: null), order, cancellationToken, wasBegunEarlier: true);
        var id = VolumeOfJob.Id(wait.Last);
        switch (wait.Outcome)
        {
            case WaitOutcome.Gone:
                return (false, null);
            case WaitOutcome.Reached or WaitOutcome.Failed when wait.Failure is null && id is null:
                return (true, null);
            case WaitOutcome.Reached or WaitOutcome.Failed when wait.Failure is null:
                ticket.Resolve(id!);
                return (true, await session.Client.FindVolumeAsync(id!, cancellationToken));
            default:
                throw new ResourceException(
                    wait.Outcome == WaitOutcome.Cancelled ? FailureKind.Cancelled : FailureKind.TimedOut,
                    JobReport.Compose(
                        "waiting for the job of an interrupted create", session.Deadline.Elapsed, jobId, null, wait, null, "The next `pulumi up` goes on waiting for it."));
        }
    }

    private async Task<ResourceOutcome> AdoptAsync(
        Volume volume, JournalEntry entry, CreateRequest request, CancellationToken cancellationToken)
    {
        RefuseOther(volume, request);
        // The inputs that made the disk are brought up to date with it, so that the update sees what the program wants otherwise now.
        var inputs = VolumeReadBack.Refresh(volume, request.Inputs, PropertyMap.Empty);
        var outputs = VolumeOutputs.Of(volume, inputs, entry.JobId);
        var state = VolumeStatus.GroupOf(volume.Status) == StatusGroup.Failed ? CreationState.Failed : CreationState.Complete;
        var update = new Contracts.UpdateRequest(
            request.Resource, volume.Id, inputs, CreationMark.Put(outputs, state), request.Inputs, request.Timeout, Preview: false, []);
        return await new VolumeUpdating(session, guard, log).UpdateAsync(update, cancellationToken);
    }

    /// <summary>The program may have changed since: a disk that could not become what it wants now is left for the user to judge.</summary>
    private static void RefuseOther(Volume volume, CreateRequest request)
    {
        var live = VolumeFacts.Of(volume);
        var wished = request.Inputs;
        foreach (var property in VolumeDeclaration.Declaration.Inputs)
        {
            if (live[property.Name].IsAbsent)
            {
                // Not told by the cloud: nothing to compare with.
                wished = wished.Without(property.Name);
            }
        }

        var diff = InputDiffer.Diff(
            VolumeDeclaration.Declaration, new DiffRequest(request.Resource, volume.Id, live, live, live.With(wished), []));
        var conflicts = diff.Changes.Where(change => change.Replaces).Select(change => change.Path).ToList();
        if (volume.Size > InputReader.Int(request.Inputs[VolumeProperties.Size]))
        {
            conflicts.Add(VolumeProperties.Size);
        }

        if (conflicts.Count > 0)
        {
            throw new ResourceException(
                FailureKind.Precondition,
                $"an interrupted create of this resource made {VolumeText.Existing(volume)}, which no state has, and the program has changed since in what "
                + $"cannot be changed in place ({string.Join(", ", conflicts.Distinct())}). Delete that volume in the console to have a new one made, or "
                + $"keep it: `pulumi import {VolumeDeclaration.Token} {request.Resource.Name} {volume.Id}`.");
        }
    }

    private static string Named(CreateVolume? order) => order?.Name is { Length: > 0 } name ? $" \"{name}\"" : "";
}
