using System.Collections.Immutable;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>How the work on one volume of a batch ended.</summary>
/// <param name="Result">Null when it failed with an exception.</param>
/// <param name="Reason">Why it did not end well; null when it did.</param>
internal sealed record MemberEnd<T>(BatchMember Member, T? Result, string? Reason, FailureKind Kind)
    where T : class;

/// <summary>Does the same to many volumes of a batch at once; one that fails keeps none of the others from being done.</summary>
internal sealed class BatchWork(EvsSession session, IOperationLog log)
{
    /// <summary>The changing line changes no more often: where it is not a line but a log, a hundred volumes would be a hundred lines.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <param name="verb">What is being done, for the changing line: <c>deleting</c>.</param>
    public async Task<ImmutableArray<MemberEnd<T>>> DoAsync<T>(
        string verb, IReadOnlyCollection<BatchMember> members, Func<BatchMember, IOperationLog, Task<T>> work)
        where T : class
    {
        var own = new MemberLog(log);
        var (gate, done, toldAt) = (new Lock(), 0, session.Time.GetTimestamp());
        return [.. await Task.WhenAll(members.Select(OneAsync))];

        async Task<MemberEnd<T>> OneAsync(BatchMember member)
        {
            try
            {
                return new MemberEnd<T>(member, await work(member, own), null, FailureKind.Unknown);
            }
            catch (Exception failure) when (failure is EvsException or ResourceException or OperationCanceledException)
            {
                var reason = failure is OperationCanceledException ? $"{verb} {BatchText.Existing(member)} was cancelled" : failure.Message;
                return new MemberEnd<T>(member, null, reason, FailureKinds.Of(failure));
            }
            finally
            {
                TellDone();
            }
        }

        void TellDone()
        {
            lock (gate)
            {
                done++;
                if (done == members.Count || session.Time.GetElapsedTime(toldAt) >= Pace)
                {
                    toldAt = session.Time.GetTimestamp();
                    log.Status($"{verb}: {done} of {BatchText.Volumes(members.Count)} done, {Elapsed.Text(session.Deadline.Elapsed)}");
                }
            }
        }
    }
}
