using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
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
        JournalEntry entry, CreateRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<Volume> found;
        try
        {
            found = await new InterruptedCreate(session, guard, log).FindAsync(entry, cancellationToken);
        }
        catch (UnfinishedJobException unfinished)
        {
            // In the state it is found by its id, even if the job never ends; what the program wants otherwise now, a preview shows.
            return await creation.InterruptedAsync(unfinished.Job, request.Inputs, unfinished.Wait);
        }

        if (found is not [var volume, ..])
        {
            return null;
        }

        log.Info($"A create of this resource was interrupted at {InterruptedCreate.BegunAt(entry)}; the volume {volume.Id} that it made is used.");
        return await AdoptAsync(volume, entry, request, cancellationToken);
    }

    private async Task<ResourceOutcome> AdoptAsync(
        Volume volume, JournalEntry entry, CreateRequest request, CancellationToken cancellationToken)
    {
        RefuseOther(volume, request);
        // The inputs that made the disk are brought up to date with it, so that the update sees what the program wants otherwise now.
        var inputs = VolumeReadBack.Refresh(volume, request.Inputs, PropertyMap.Empty);
        if (!entry.OrderIsWhole)
        {
            // What the record leaves out was secret in that run, whatever it is in this.
            inputs = PropertyMap.From(inputs.Select(input => KeyValuePair.Create(
                input.Key, input.Key is VolumeProperties.Description or VolumeProperties.Tags ? input.Value.AsSecret() : input.Value)));
        }

        var outputs = VolumeOutputs.Of(volume, inputs, entry.JobId);
        var state = VolumeStatus.GroupOf(volume.Status) == StatusGroup.Failed ? CreationState.Failed : CreationState.Complete;
        var update = new Contracts.UpdateRequest(
            request.Resource, volume.Id, inputs, CreationMark.Put(outputs, state), request.Inputs, request.Timeout, Preview: false, []);
        return await new VolumeUpdating(session, guard, log).UpdateAsync(update, cancellationToken);
    }

    /// <summary>The program may have changed since: a disk that could not become what it wants now is left for the user to judge.</summary>
    private static void RefuseOther(Volume volume, CreateRequest request)
    {
        var conflicts = Conflicts(VolumeDeclaration.Declaration, volume, request);
        if (conflicts.Count > 0)
        {
            throw new ResourceException(
                FailureKind.Precondition,
                $"an interrupted create of this resource made {VolumeText.Existing(volume)}, which no state has, and the program has changed since in what "
                + $"cannot be changed in place ({string.Join(", ", conflicts)}). Delete that volume in the console to have a new one made, or "
                + $"keep it: `pulumi import {VolumeDeclaration.Token} {request.Resource.Name} {volume.Id}`.");
        }
    }

    /// <summary>The properties in which a disk differs from what a program wants, and which cannot be changed in place.</summary>
    public static IReadOnlyCollection<string> Conflicts(ResourceDeclaration declaration, Volume volume, CreateRequest request)
    {
        var live = VolumeFacts.Of(volume);
        var wished = request.Inputs;
        foreach (var property in declaration.Inputs)
        {
            if (live[property.Name].IsAbsent)
            {
                // Not told by the cloud: nothing to compare with.
                wished = wished.Without(property.Name);
            }
        }

        var diff = InputDiffer.Diff(declaration, new DiffRequest(request.Resource, volume.Id, live, live, live.With(wished), []));
        var conflicts = diff.Changes.Where(change => change.Replaces).Select(change => change.Path).ToHashSet(StringComparer.Ordinal);
        if (volume.Size > InputReader.Int(request.Inputs[VolumeProperties.Size]))
        {
            conflicts.Add(VolumeProperties.Size);
        }

        return conflicts;
    }
}
