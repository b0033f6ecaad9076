using System.Runtime.CompilerServices;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs;

internal sealed partial class EvsClient
{
    /// <summary>Begins a snapshot; its status tells when it is done, there is no job.</summary>
    public async Task<Snapshot> CreateSnapshotAsync(CreateSnapshot snapshot, CancellationToken ct)
    {
        var request = await DescribeAsync(
            $"creating snapshot '{snapshot.Name}' of volume {snapshot.VolumeId}",
            HttpMethod.Post,
            target.Versions.Snapshots,
            "cloudsnapshots",
            Idempotency.Create,
            ct);
        var body = new CreateSnapshotRequest { Snapshot = snapshot };
        request = request with { Body = Body(body, EvsJson.Default.CreateSnapshotRequest) };
        return (await transport.SendAsync(request, EvsJson.Default.SnapshotEnvelope, ct)).Snapshot;
    }

    /// <summary>The snapshot, or null when the service itself says that it is not there.</summary>
    public async Task<Snapshot?> FindSnapshotAsync(string snapshotId, CancellationToken ct)
    {
        var request = await DescribeAsync(
            $"reading snapshot {snapshotId}", HttpMethod.Get, target.Versions.Snapshots, $"cloudsnapshots/{Escape(snapshotId)}", Idempotency.Read, ct);
        try
        {
            return (await transport.SendAsync(request, EvsJson.Default.SnapshotEnvelope, ct)).Snapshot;
        }
        catch (EvsException e) when (e.IsDefinitelyNotFound)
        {
            return null;
        }
    }

    /// <summary>All snapshots that the filter lets through, each once, however many pages they fill.</summary>
    public async IAsyncEnumerable<Snapshot> ListSnapshotsAsync(SnapshotFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = (await DescribeAsync(
            "listing snapshots", HttpMethod.Get, target.Versions.Snapshots, "cloudsnapshots/detail", Idempotency.Read, ct))
            with
        { ReadsOthers = true };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pages = new Pages(
            [
                new("name", filter.Name),
                new("status", filter.Status),
                new("volume_id", filter.VolumeId),
                new("availability_zone", filter.AvailabilityZone),
                new("id", filter.Id),
                new("service_type", filter.ServiceType),
                new("enterprise_project_id", filter.EnterpriseProjectId),
            ],
            filter.PageSize);
        while (pages.Next is { } query)
        {
            var page = await transport.SendAsync(request with { Query = query }, EvsJson.Default.SnapshotPage, ct);
            foreach (var snapshot in page.Snapshots)
            {
                if (seen.Add(snapshot.Id))
                {
                    yield return snapshot;
                }
            }

            pages.Turn(page.Snapshots.Count, page.Snapshots.Count > 0 ? page.Snapshots[^1].Id : null, page.Links);
        }
    }

    /// <summary>Sets the name, the description or both. Empty text clears; null leaves.</summary>
    public async Task UpdateSnapshotAsync(string snapshotId, string? name, string? description, CancellationToken ct)
    {
        var request = await DescribeAsync(
            $"updating snapshot {snapshotId}",
            HttpMethod.Put,
            target.Versions.Snapshots,
            $"cloudsnapshots/{Escape(snapshotId)}",
            Idempotency.IdempotentWrite,
            ct);
        var body = new UpdateRequest { Snapshot = new NameAndDescription { Name = name, Description = description } };
        await transport.SendAsync(request with { Body = Body(body, EvsJson.Default.UpdateRequest) }, ct);
    }

    /// <summary>Begins to delete a snapshot, which is then watched until it is gone.</summary>
    /// <returns>False when it is not there any more.</returns>
    public async Task<bool> DeleteSnapshotAsync(string snapshotId, CancellationToken ct)
    {
        var request = await DescribeAsync(
            $"deleting snapshot {snapshotId}",
            HttpMethod.Delete,
            target.Versions.Snapshots,
            $"cloudsnapshots/{Escape(snapshotId)}",
            Idempotency.IdempotentWrite,
            ct);
        try
        {
            await transport.SendAsync(request, ct);
            return true;
        }
        catch (EvsException e) when (e.IsDefinitelyNotFound)
        {
            return false;
        }
        catch (EvsException e) when (e is { Knowledge: Knowledge.Refused, EarlierAttemptUnknown: true, IsDefiniteRefusal: false })
        {
            // The refusal may be the effect of the attempt that had no clear answer.
            return await FindSnapshotAsync(snapshotId, ct) switch
            {
                null => false,
                { Status: "deleting" } => true,
                _ => throw e.With(facts => facts),
            };
        }
    }

    /// <summary>Begins to roll a disk back to one of its snapshots; the disk's status tells when it is done.</summary>
    /// <param name="snapshotId">Of that disk.</param>
    /// <param name="volumeId">The disk that the snapshot was made of.</param>
    /// <param name="volumeName">The disk's name, as a check of the service's; null for none.</param>
    /// <param name="ct">Cancels the call.</param>
    public async Task RollbackSnapshotAsync(string snapshotId, string volumeId, string? volumeName, CancellationToken ct)
    {
        var request = await DescribeAsync(
            $"rolling volume {volumeId} back to snapshot {snapshotId}",
            HttpMethod.Post,
            target.Versions.Snapshots,
            $"cloudsnapshots/{Escape(snapshotId)}/rollback",
            Idempotency.Create,
            ct);
        var body = new RollbackRequest { Rollback = new RollbackBody { VolumeId = volumeId, Name = volumeName } };
        await transport.SendAsync(request with { Body = Body(body, EvsJson.Default.RollbackRequest) }, ct);
    }
}
