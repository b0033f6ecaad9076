using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Resources.Volumes;

/// <summary>What a create request came to: a job to follow, or disks found although the answer was lost.</summary>
internal readonly record struct Submitted(CreationJob? Job, IReadOnlyList<Volume> Found);

/// <summary>
/// Sends the request for one disk or several and makes sure that it is acted on once. A request that may have been acted on is never sent
/// again before the service has been asked what became of it; where the API takes a client token, the token makes sure of it.
/// </summary>
internal sealed class VolumeSubmission(EvsSession session, CreateGuard guard, IOperationLog log)
{
    private const int MaxSends = 3;

    /// <param name="entry">The record of this create; it is written before the request is sent.</param>
    /// <param name="isSentAgain">An earlier run may have sent the request, with the same client token.</param>
    public async Task<Submitted> SubmitAsync(
        CreateVolume order, JournalEntry entry, VolumeTickets tickets, CancellationToken cancellationToken, bool isSentAgain = false)
    {
        var takesToken = session.Client.Target.Versions.CreateTakesClientToken;

        // Sent again with the token of an earlier run, a request may have made its disk back then.
        var before = isSentAgain && LostVolume.Age(session, entry) is var age && age > TimeSpan.Zero ? age : TimeSpan.Zero;
        for (var sends = 1; ; sends++)
        {
            if (sends > 1 || !isSentAgain)
            {
                entry = entry with { RequestedAt = session.Time.GetUtcNow(), ServiceTime = session.KnownServerTime };
            }

            guard.Journal.Write(entry);
            var sent = session.Time.GetTimestamp();
            try
            {
                var accepted = await session.Client.CreateVolumeAsync(order, entry.ClientToken, cancellationToken);
                return new Submitted(JobOf(accepted, order), []);
            }
            catch (EvsException failure) when (!MayHaveActed(failure))
            {
                guard.Journal.Remove(entry.Urn);
                throw;
            }
            catch (EvsException failure)
            {
                tickets.Lose();
                log.Debug($"creating {OrderText.Of(order)}: {failure.Message}; looking for it before anything is sent again");
                var found = await LookAsync(order, entry, tickets, () => before + session.Time.GetElapsedTime(sent), failure, cancellationToken);
                if (found.Count > 0)
                {
                    return new Submitted(null, found);
                }

                if (takesToken || sends >= MaxSends || session.Deadline.Remaining == TimeSpan.Zero)
                {
                    // The token is good for hours: the next run sends the same request again and learns what became of it.
                    throw Unanswered(order, entry, failure);
                }

                tickets.Retry();
                log.Info($"The request that creates {OrderText.Of(order)} got no answer, and the service shows no such volume: it is sent again.");
            }
            catch (OperationCanceledException cancelled) when (cancelled.InnerException is EvsException { Knowledge: Knowledge.Unknown } failure)
            {
                tickets.Lose();
                return await LookOnceAsync(order, entry, tickets, () => before + session.Time.GetElapsedTime(sent), failure);
            }
            catch (OperationCanceledException)
            {
                guard.Journal.Remove(entry.Urn);
                throw;
            }
        }
    }

    private static bool MayHaveActed(EvsException failure) => failure.Knowledge == Knowledge.Unknown || failure.EarlierAttemptUnknown;

    private async Task<IReadOnlyList<Volume>> LookAsync(
        CreateVolume order, JournalEntry entry, VolumeTickets tickets, Func<TimeSpan> since, EvsException failure, CancellationToken cancellationToken)
    {
        try
        {
            return await new LostVolume(session, log, guard.Remembers(entry)).FindAsync(
                order, tickets, since, () => guard.LostAnswerWindow, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Merely "cancelled" would not say that there may be a disk.
            throw Unanswered(order, entry, failure, FailureKind.Cancelled);
        }
    }

    /// <summary>
    /// The user has cancelled while the request was out: one short look, so that the disk gets into the state if it is there. Of
    /// several disks all must be: which of the others are still to come is for the next run to find out.
    /// </summary>
    private async Task<Submitted> LookOnceAsync(
        CreateVolume order, JournalEntry entry, VolumeTickets tickets, Func<TimeSpan> since, EvsException failure)
    {
        using var bound = new CancellationTokenSource(LostVolume.LookTime, session.Time);
        try
        {
            var lost = new LostVolume(session, log, guard.Remembers(entry));
            var found = await lost.FindAsync(order, tickets, since, () => TimeSpan.Zero, bound.Token);
            return tickets.AreResolved ? new Submitted(null, found) : throw Unanswered(order, entry, failure);
        }
        catch (OperationCanceledException)
        {
            throw Unanswered(order, entry, failure);
        }
    }

    private CreationJob JobOf(CreateAccepted accepted, CreateVolume order) => accepted.JobId is { Length: > 0 } jobId
        ? new CreationJob(jobId, session.LastWriteRequestId, accepted.VolumeIds is [var id] ? id : null)
        : throw new ResourceException(
            FailureKind.Unknown,
            $"creating {OrderText.Of(order)}: the service accepted the request but named no job"
            + (accepted.OrderId is { } payment ? $", only the order {payment}" : "")
            + $" (request id {session.LastWriteRequestId}). Look for it in the console; import what is there with `pulumi import`.");

    private ResourceException Unanswered(CreateVolume order, JournalEntry entry, EvsException failure, FailureKind kind = FailureKind.Unknown) => new(
        kind,
        $"{failure.Message}\n  It is not known whether {OrderText.Of(order)} {(order.Count > 1 ? "were" : "was")} made. "
        + (guard.Remembers(entry) ? "The next `pulumi up` looks for it before it sends anything." : "Look for it in the console before you run again."),
        failure);
}
