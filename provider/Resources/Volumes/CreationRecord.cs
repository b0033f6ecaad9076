using System.Diagnostics;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Volumes;

/// <summary>The journal's part in a create: what an earlier run left is taken over, what this one does is written down until the engine has its answer.</summary>
internal sealed class CreationRecord(EvsSession session, CreateGuard guard, IOperationLog log)
{
    /// <summary>What an earlier run left of this create. Its process may still be at it: that is waited for no longer than the create may take.</summary>
    /// <param name="order">What is to be made: until it is, no other create takes what looks like it.</param>
    /// <param name="operation">What is to be done, for the message when that takes too long.</param>
    public async Task<JournalEntry?> TakeOverAsync(string urn, CreateVolume order, string operation, CancellationToken cancellationToken)
    {
        using var tickets = VolumeTickets.Begin(guard.Claims, order);
        using var bound = session.Deadline.Bound(cancellationToken);
        try
        {
            return await guard.Journal.TakeOverAsync(urn, entry => log.Status(StillCreating(entry)), bound.Token);
        }
        catch (OperationCanceledException) when (bound.IsTimedOut && !cancellationToken.IsCancellationRequested)
        {
            throw new ResourceException(
                FailureKind.TimedOut,
                $"{operation} was not begun: for {Elapsed.Text(session.Deadline.Elapsed)} the plugin of an earlier run has been at it. "
                + "Wait for that run to end, or end it; then run again: its volume is found and used.");
        }
    }

    /// <param name="order">The order that inputs come to.</param>
    public async Task<JournalEntry> NewAsync(
        string urn, PropertyMap inputs, Func<PropertyMap, CreateVolume> order, CancellationToken cancellationToken) => new()
        {
            Urn = urn,
            Endpoint = session.Client.Target.Evs.Authority,
            ProjectId = await session.Client.Project.GetIdAsync(cancellationToken),
            ClientToken = guard.NewToken().ToString("D"),
            RequestedAt = session.Time.GetUtcNow(),
            Order = WithoutSecrets(inputs, order),
            OrderIsWhole = !inputs.Values.Any(value => value.HasSecret),
            Owner = guard.Processes.Self,
        };

    /// <summary>The record outlives the answer; whoever sees the disk in a state settles it.</summary>
    /// <param name="volumeId">A disk of the record's, by which a state shows that it knows of it.</param>
    public ResourceOutcome KeepUntilDelivered(string urn, string volumeId, ResourceOutcome outcome)
    {
        guard.Claims.Claim(volumeId);
        guard.Journal.Note(urn, entry => entry with { VolumeId = volumeId });
        return outcome with { Delivered = () => guard.Journal.Answered(urn) };
    }

    /// <summary>Tells the user of trouble with the journal.</summary>
    public void Report() => guard.Tell(log);

    public static string IdOf(ResourceOutcome outcome) => outcome switch
    {
        ResourceOutcome.Done done => done.Id,
        ResourceOutcome.Partial partial => partial.Id,
        _ => throw new UnreachableException(),
    };

    /// <summary>What of an order may be written down: enough to recognise the disk, unless that itself is secret.</summary>
    private static CreateVolume? WithoutSecrets(PropertyMap inputs, Func<PropertyMap, CreateVolume> order) =>
        VolumeLooks.Inputs.Any(name => inputs[name].HasSecret)
            ? null
            : order(PropertyMap.From(inputs.Where(input => !input.Value.HasSecret)));

    private static string StillCreating(JournalEntry entry) =>
        $"creating: process {entry.Owner.Id} of an earlier run is still at it; waiting for it to end";
}
