using System.Collections.Concurrent;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;

namespace PulumiEvs.Resources.Previews;

/// <summary>Something that was looked for; null inside when there is none.</summary>
internal sealed record Sought<T>(T? Found)
    where T : class;

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
    private readonly SharedReads<Snapshot> _snapshots = new();
    private readonly SharedReads<SourceImage> _images = new();
    private readonly SharedReads<SourceBackup> _backups = new();
    private readonly SharedReads<SourceKey> _keys = new();

    private readonly Service _evs = new();
    private readonly Service _ims = new();
    private readonly Service _cbr = new();
    private readonly Service _kms = new();

    public Task<IReadOnlyList<AvailabilityZone>?> ZonesAsync(IOperationLog log, CancellationToken cancellationToken) =>
        _zones.GetAsync(() => ReadAsync(_evs, "the availability zones", (client, token) => client.ListAvailabilityZonesAsync(token)!, log), cancellationToken);

    public Task<IReadOnlyList<VolumeType>?> TypesAsync(IOperationLog log, CancellationToken cancellationToken) =>
        _types.GetAsync(() => ReadAsync(_evs, "the volume types", (client, token) => client.ListVolumeTypesAsync(token)!, log), cancellationToken);

    public Task<QuotaSet?> QuotasAsync(IOperationLog log, CancellationToken cancellationToken) =>
        _quotas.GetAsync(() => ReadAsync(_evs, "the quotas", (client, token) => client.GetQuotasAsync(token)!, log), cancellationToken);

    public Task<Sought<Snapshot>?> SnapshotAsync(string snapshotId, IOperationLog log, CancellationToken cancellationToken) =>
        SeekAsync(_snapshots, _evs, "snapshot", snapshotId, (client, token) => client.FindSnapshotAsync(snapshotId, token), log, cancellationToken);

    public Task<Sought<SourceImage>?> ImageAsync(string imageId, IOperationLog log, CancellationToken cancellationToken) =>
        SeekAsync(_images, _ims, "image", imageId, (client, token) => client.FindImageAsync(imageId, token), log, cancellationToken);

    public Task<Sought<SourceBackup>?> BackupAsync(string backupId, IOperationLog log, CancellationToken cancellationToken) =>
        SeekAsync(_backups, _cbr, "backup", backupId, (client, token) => client.FindBackupAsync(backupId, token), log, cancellationToken);

    public Task<Sought<SourceKey>?> KeyAsync(string keyId, IOperationLog log, CancellationToken cancellationToken) =>
        SeekAsync(_keys, _kms, "key", keyId, (client, token) => client.FindKeyAsync(keyId, token), log, cancellationToken);

    private Task<Sought<T>?> SeekAsync<T>(
        SharedReads<T> reads,
        Service service,
        string noun,
        string id,
        Func<EvsClient, CancellationToken, Task<T?>> find,
        IOperationLog log,
        CancellationToken cancellationToken)
        where T : class =>
        reads.GetOrAdd(id, _ => new SharedRead<Sought<T>>()).GetAsync(
            () => ReadAsync(service, $"{noun} {id}", async (client, token) => (Sought<T>?)new Sought<T>(await find(client, token)), log), cancellationToken);

    private async Task<T?> ReadAsync<T>(Service service, string what, Func<EvsClient, CancellationToken, Task<T?>> read, IOperationLog log)
        where T : class
    {
        if (service.IsOver || open(bound, log) is not { } session)
        {
            service.IsOver = true;
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
            service.IsOver |= session.Deadline.Remaining == TimeSpan.Zero;
            log.Debug($"preflight: {what} cannot be checked: {e.Message}");
        }
        catch (OperationCanceledException) when (limit.IsTimedOut)
        {
            service.IsOver = true;
            log.Debug($"preflight: no answer about {what} within {Elapsed.Text(bound)}; this preview asks that service nothing more");
        }

        return null;
    }

    /// <summary>One of the services that are asked.</summary>
    private sealed class Service
    {
        /// <summary>Once there was no way to ask, or no answer in time, the rest of the preview is not held up by asking it more.</summary>
        public volatile bool IsOver;
    }

    /// <summary>One read for each id.</summary>
    private sealed class SharedReads<T>() : ConcurrentDictionary<string, SharedRead<Sought<T>>>(StringComparer.Ordinal)
        where T : class;
}
