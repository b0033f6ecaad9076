using PulumiEvs.Evs;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// Looks for the disks of a create whose answer was lost, on clouds where the request cannot simply be sent again with its client
/// token: by name, attributes and time. What fits is adopted; more disks than were asked for stop the create with their ids; none,
/// after a look that is long enough to be conclusive, means that the request was not acted on.
/// </summary>
/// <param name="isRecorded">Whether the next run has a record of the request, and looks again.</param>
internal sealed class LostVolume(EvsSession session, IOperationLog log, bool isRecorded)
{
    /// <summary>How long one look may take, even when the operation's own time is over: whatever it finds would be lost otherwise.</summary>
    public static readonly TimeSpan LookTime = TimeSpan.FromSeconds(2);

    /// <summary>The clocks of a service's gateway and of its disks agree within this.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>How long ago the request of a record was sent. By the service's clock where the record has it: this machine's may have been set.</summary>
    public static TimeSpan Age(EvsSession session, JournalEntry entry) =>
        entry.ServiceTime is { } theirs ? session.ServerTime - theirs : session.Time.GetUtcNow() - entry.RequestedAt;

    /// <summary>The earliest moment, by the service's clock, at which a request of that age can have made a disk.</summary>
    public static DateTimeOffset NotBefore(EvsSession session, TimeSpan age) => session.ServerTime - age - ClockTolerance;

    /// <param name="since">How long ago the request was sent, asked for at each look.</param>
    /// <param name="window">How long to look, asked for after the first look. Each disk that appears begins it anew: those of one request come one after the other.</param>
    /// <returns>The disks. Empty when it is certain enough that there are none; fewer than asked for when no more have come.</returns>
    /// <exception cref="ResourceException">It cannot be told; the message names what was found.</exception>
    public async Task<IReadOnlyList<Volume>> FindAsync(
        CreateVolume order, VolumeTickets tickets, Func<TimeSpan> since, Func<TimeSpan> window, CancellationToken cancellationToken)
    {
        var begun = session.Time.GetTimestamp();
        Deadline? end = null;
        var pause = FirstPause;
        var mine = new List<Volume>();
        while (true)
        {
            var (verdict, taken, found, trouble) = await LookAsync(order, tickets, since, cancellationToken);
            if (verdict == VolumeClaims.Verdict.Several)
            {
                throw Undecided(order, $"{found.Count} volumes fit: {Ids(found)}", LookAtThem);
            }

            if (taken.Count > 0)
            {
                mine.AddRange(taken);
                end = null;
                pause = FirstPause;
            }

            if (tickets.AreResolved)
            {
                log.Info(
                    $"The answer to the request that creates {OrderText.Of(order)} was lost; "
                    + $"{(mine is [var only] ? $"volume {only.Id}, which it made, was found and is used" : $"the {mine.Count} volumes that it made were found and are used")}.");
                return mine;
            }

            end ??= Deadline.In(session.Time, session.Deadline.AtMost(window()));
            if (end.Value.Remaining == TimeSpan.Zero)
            {
                return (verdict, trouble) switch
                {
                    (VolumeClaims.Verdict.None, null) => mine,
                    (_, { } failure) => throw Undecided(order, $"looking for {(order.Count > 1 ? "them" : "it")} failed: {failure.Message}", LookAgain, failure),
                    _ => throw Undecided(order, $"which of these another resource of this run has made cannot be told yet: {Ids(found)}", LookAgain),
                };
            }

            var what = order.Count > 1 ? $"looking for the volumes, {mine.Count} of {order.Count} found" : "looking for the volume";
            log.Status($"creating: no answer to the request, {what}, {Elapsed.Text(session.Time.GetElapsedTime(begun))}");
            await Task.Delay(end.Value.AtMost(pause), session.Time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<(VolumeClaims.Verdict Verdict, IReadOnlyList<Volume> Taken, List<Volume> Found, EvsException? Trouble)> LookAsync(
        CreateVolume order, VolumeTickets tickets, Func<TimeSpan> since, CancellationToken cancellationToken)
    {
        var found = new List<Volume>();
        try
        {
            await foreach (var volume in session.WithAtLeast(LookTime).ListVolumesAsync(FilterOf(order), cancellationToken))
            {
                // The service's own clock and the time passed by ours: a clock that is off or was set does no harm.
                if (tickets.Seek(volume, NotBefore(session, since())))
                {
                    found.Add(volume);
                }
            }
        }
        catch (EvsException trouble) when (!trouble.IsDefiniteRefusal)
        {
            return (VolumeClaims.Verdict.NotYet, [], found, trouble);
        }

        var (verdict, taken) = tickets.Choose(found);
        return (verdict, taken, found, null);
    }

    /// <summary>The names of several disks differ, and not every cloud filters by a part of a name.</summary>
    public static VolumeFilter FilterOf(CreateVolume order) => order switch
    {
        { Count: > 1 } => new VolumeFilter { AvailabilityZone = order.AvailabilityZone },
        { Name: { Length: > 0 } name } => new VolumeFilter { Name = name },
        _ => new VolumeFilter(),
    };

    private static string Ids(IEnumerable<Volume> found) => string.Join(", ", found.Select(candidate => candidate.Id));

    private static string LookAtThem => "Look at them in the console: import what belongs to this resource with `pulumi import`, or delete it, then run again.";

    private string LookAgain => isRecorded
        ? "The next `pulumi up` looks again before it sends anything."
        : "Look in the console before you run again: import what belongs to this resource with `pulumi import`, or delete it.";

    private static ResourceException Undecided(CreateVolume order, string what, string next, Exception? cause = null) => new(
        FailureKind.Unknown,
        $"creating {OrderText.Of(order)} ({order.VolumeType}, {order.Size} GiB, {order.AvailabilityZone}): the service gave no clear answer, so "
        + $"{(order.Count > 1 ? "volumes" : "a volume")} may have been made, and {what.TrimEnd('.')}. Nothing was sent twice. {next}",
        cause);
}
