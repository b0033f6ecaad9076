using System.Collections.Concurrent;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;

namespace PulumiEvs.Resources.Previews;

/// <summary>A snapshot that was looked for; null inside when there is none.</summary>
internal sealed record SoughtSnapshot(Snapshot? Found);

/// <summary>
/// What one preview reads of the cloud: each thing once, shared by all its resources. A read that fails, is not allowed or takes too
/// long says nothing: it is null, and a debug line.
/// </summary>
/// <param name="open">A session for one read; null when nothing can or may be asked. Logs why.</param>
internal sealed class PreflightReads(Func<TimeSpan, IOperationLog, EvsSession?> open, TimeSpan bound)
{
    /// <summary>A preview is not worth more than one second try.</summary>
    private const int Retries = 1;

    private readonly SharedRead<IReadOnlyList<AvailabilityZone>> _zones = new();
    private readonly SharedRead<IReadOnlyList<VolumeType>> _types = new();
    private readonly SharedRead<QuotaSet> _quotas = new();
    private readonly ConcurrentDictionary<string, SharedRead<SoughtSnapshot>> _snapshots = new(StringComparer.Ordinal);

    /// <summary>Once there was no way to ask, or no answer in time, the rest of the preview is not held up by asking more.</summary>
    private volatile bool _isOver;

    public Task<IReadOnlyList<AvailabilityZone>?> ZonesAsync(IOperationLog log, CancellationToken cancellationToken) =>
        _zones.GetAsync(() => ReadAsync("the availability zones", (client, token) => client.ListAvailabilityZonesAsync(token)!, log), cancellationToken);

    public Task<IReadOnlyList<VolumeType>?> TypesAsync(IOperationLog log, CancellationToken cancellationToken) =>
        _types.GetAsync(() => ReadAsync("the volume types", (client, token) => client.ListVolumeTypesAsync(token)!, log), cancellationToken);

    public Task<QuotaSet?> QuotasAsync(IOperationLog log, CancellationToken cancellationToken) =>
        _quotas.GetAsync(() => ReadAsync("the quotas", (client, token) => client.GetQuotasAsync(token)!, log), cancellationToken);

    public Task<SoughtSnapshot?> SnapshotAsync(string snapshotId, IOperationLog log, CancellationToken cancellationToken) =>
        _snapshots.GetOrAdd(snapshotId, _ => new SharedRead<SoughtSnapshot>()).GetAsync(
            () => ReadAsync(
                $"snapshot {snapshotId}",
                async (client, token) => (SoughtSnapshot?)new SoughtSnapshot(await client.FindSnapshotAsync(snapshotId, token)),
                log),
            cancellationToken);

    private async Task<T?> ReadAsync<T>(string what, Func<EvsClient, CancellationToken, Task<T?>> read, IOperationLog log)
        where T : class
    {
        if (_isOver || open(bound, log) is not { } session)
        {
            _isOver = true;
            return null;
        }

        // No caller's token: the answer is for all of them.
        using var limit = session.Deadline.Bound(CancellationToken.None);
        try
        {
            return await read(session.Client.With(session.Client.Context with { MaxRetries = Retries }), limit.Token);
        }
        catch (EvsException e)
        {
            _isOver |= session.Deadline.Remaining == TimeSpan.Zero;
            log.Debug($"preflight: {what} cannot be checked: {e.Message}");
        }
        catch (OperationCanceledException) when (limit.IsTimedOut)
        {
            _isOver = true;
            log.Debug($"preflight: no answer about {what} within {Elapsed.Text(bound)}; this preview checks nothing more");
        }

        return null;
    }
}
