using System.Globalization;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>
/// Looks for the snapshot of a create whose answer was lost: by disk, name and time. One is adopted; with several, or none, the
/// create stops and names what it knows. Nothing is sent twice.
/// </summary>
internal sealed class LostSnapshot(EvsSession session, SnapshotClaims claims, IOperationLog log)
{
    /// <summary>The clocks of a service's gateway and of its storage agree within this.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <param name="sent">When the request was sent, as a timestamp of the session's clock.</param>
    /// <param name="window">How long to look.</param>
    /// <exception cref="ResourceException">None was found, or it cannot be told which it is.</exception>
    public async Task<Snapshot> FindAsync(
        CreateSnapshot order, SnapshotClaims.Ticket ticket, long sent, TimeSpan window, EvsException failure, CancellationToken cancellationToken)
    {
        var end = Deadline.In(session.Time, session.Deadline.AtMost(window));
        while (true)
        {
            var found = await LookAsync(order, sent, cancellationToken);
            switch (found)
            {
                case [var only] when ticket.IsAlone:
                    claims.Claim(only.Id);
                    log.Info($"The answer to the request that makes snapshot \"{order.Name}\" was lost; snapshot {only.Id}, which it made, was found and is used.");
                    return only;
                case [_, ..] when end.Remaining == TimeSpan.Zero || ticket.IsAlone:
                    throw Undecided(order, failure, $"it may be {string.Join(" or ", found.Select(snapshot => snapshot.Id))}");
                case [] when end.Remaining == TimeSpan.Zero:
                    throw Undecided(order, failure, $"none of that name was seen within {Elapsed.Text(end.Elapsed)}");
            }

            log.Status($"creating: no answer to the request, looking for the snapshot, {Elapsed.Text(end.Elapsed)}");
            await Task.Delay(end.AtMost(Pause), session.Time, cancellationToken);
        }
    }

    private async Task<List<Snapshot>> LookAsync(CreateSnapshot order, long sent, CancellationToken cancellationToken)
    {
        var found = new List<Snapshot>();
        try
        {
            var filter = new SnapshotFilter { VolumeId = order.VolumeId, Name = order.Name };
            await foreach (var snapshot in session.Client.ListSnapshotsAsync(filter, cancellationToken))
            {
                // The service's own clock and the time passed by ours: a clock that is off does no harm.
                var notBefore = session.ServerTime - session.Time.GetElapsedTime(sent) - ClockTolerance;
                if (snapshot.Name == order.Name
                    && snapshot.VolumeId == order.VolumeId
                    && !claims.IsClaimed(snapshot.Id)
                    && (CreatedAt(snapshot) is not { } created || created >= notBefore))
                {
                    found.Add(snapshot);
                }
            }
        }
        catch (EvsException trouble) when (!trouble.IsDefiniteRefusal)
        {
            log.Debug($"looking for snapshot \"{order.Name}\": {trouble.Message}");
        }

        return found;
    }

    private static DateTimeOffset? CreatedAt(Snapshot snapshot) =>
        DateTimeOffset.TryParse(
            snapshot.CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var created)
            ? created
            : null;

    private static ResourceException Undecided(CreateSnapshot order, EvsException failure, string what) => new(
        FailureKind.Unknown,
        $"{failure.Message}\n  It is not known whether a snapshot \"{order.Name}\" of volume {order.VolumeId} was made: {what}. "
        + "Look in the console: import it with `pulumi import` or delete it if it is there; then run again.",
        failure);
}
