using PulumiEvs.Evs;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// Looks for the disk of a create whose answer was lost, on clouds where the request cannot simply be sent again with its client
/// token: by name, attributes and time. One is adopted; several stop the create with their ids; none, after a look that is long
/// enough to be conclusive, means that the request was not acted on.
/// </summary>
internal sealed class LostVolume(EvsSession session, IOperationLog log)
{
    /// <summary>The clocks of a service's gateway and of its disks agree within this.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <param name="since">How long ago the request was sent, asked for at each look.</param>
    /// <returns>The disk, or null when it is certain enough that there is none.</returns>
    /// <exception cref="ResourceException">It cannot be told; the message names what was found.</exception>
    public async Task<Volume?> FindAsync(
        CreateVolume order, VolumeClaims.Ticket ticket, Func<TimeSpan> since, TimeSpan window, CancellationToken cancellationToken)
    {
        var looks = VolumeLooks.Of(order);
        var end = Deadline.In(session.Time, session.Deadline.AtMost(window));
        var pause = FirstPause;
        while (true)
        {
            var (verdict, volume, found, trouble) = await LookAsync(looks, ticket, since, cancellationToken);
            switch (verdict)
            {
                case VolumeClaims.Verdict.Mine:
                    log.Info($"The answer to the request that creates volume \"{looks.Name}\" was lost; volume {volume!.Id}, which it made, was found and is used.");
                    return volume;
                case VolumeClaims.Verdict.Several:
                    throw Undecided(looks, $"{found.Count} volumes fit: {string.Join(", ", found.Select(candidate => candidate.Id))}", null);
            }

            if (end.Remaining == TimeSpan.Zero)
            {
                return (verdict, trouble) switch
                {
                    (VolumeClaims.Verdict.None, null) => null,
                    (_, { } failure) => throw Undecided(looks, $"looking for it failed: {failure.Message}", failure),
                    _ => throw Undecided(
                        looks, $"it may be one of {string.Join(", ", found.Select(candidate => candidate.Id))}, or another resource's of this run", null),
                };
            }

            log.Status($"creating: no answer to the request, looking for the volume, {Elapsed.Text(end.Elapsed)}");
            await Task.Delay(end.AtMost(pause), session.Time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<(VolumeClaims.Verdict Verdict, Volume? Volume, List<Volume> Found, EvsException? Trouble)> LookAsync(
        VolumeLooks looks, VolumeClaims.Ticket ticket, Func<TimeSpan> since, CancellationToken cancellationToken)
    {
        var found = new List<Volume>();
        try
        {
            var filter = looks.Name.Length == 0 ? new VolumeFilter() : new VolumeFilter { Name = looks.Name };
            await foreach (var volume in session.Client.ListVolumesAsync(filter, cancellationToken))
            {
                // The service's own clock and the time passed by ours: a clock that is off or was set does no harm.
                if (looks.Fit(volume, session.ServerTime - since() - ClockTolerance))
                {
                    found.Add(volume);
                }
            }
        }
        catch (EvsException trouble) when (!trouble.IsDefiniteRefusal)
        {
            return (VolumeClaims.Verdict.NotYet, null, found, trouble);
        }

        var (verdict, mine) = ticket.Choose(found);
        return (verdict, mine, found, null);
    }

    private static ResourceException Undecided(VolumeLooks looks, string what, Exception? cause) => new(
        FailureKind.Unknown,
        $"creating volume \"{looks.Name}\" ({looks.VolumeType}, {looks.Size} GiB, {looks.AvailabilityZone}): the service gave no clear answer, so a volume may "
        + $"have been made, and {what}. Nothing was sent twice. Look at them in the console: import the one that belongs to this resource "
        + "with `pulumi import`, or delete it, then run again.",
        cause);
}
