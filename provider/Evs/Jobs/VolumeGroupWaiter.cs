using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Jobs;

/// <summary>Waits for several disks by their status, with few requests for each look.</summary>
/// <param name="find">The disks of these ids; those that are not there are left out.</param>
/// <param name="poller">Looks and pauses.</param>
internal sealed class VolumeGroupWaiter(
    Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyDictionary<string, Volume>>> find, Poller poller)
{
    /// <summary>
    /// Reached when each of them is at rest, in whatever status. One that is not there counts as on its way, or, after
    /// <see cref="ResourceWaitOptions{T}.ToleratedMissing"/> looks in a row, as gone: then it is not in the result.
    /// </summary>
    public Task<WaitResult<IReadOnlyDictionary<string, Volume>>> WaitSettledAsync(
        IReadOnlyCollection<string> ids, ResourceWaitOptions<IReadOnlyDictionary<string, Volume>> options, CancellationToken ct)
    {
        var seen = new Dictionary<string, Volume>(StringComparer.Ordinal);
        var missing = ids.ToDictionary(id => id, _ => 0, StringComparer.Ordinal);
        return poller.WaitAsync(
            async token =>
            {
                string[] open = [.. missing.Keys.Where(id => !IsOver(id))];
                var now = open.Length == 0 ? new Dictionary<string, Volume>() : await find(open, token);
                foreach (var id in open)
                {
                    if (now.TryGetValue(id, out var volume))
                    {
                        (seen[id], missing[id]) = (volume, 0);
                    }
                    else
                    {
                        seen.Remove(id);
                        missing[id]++;
                    }
                }

                IReadOnlyDictionary<string, Volume> view = seen.ToDictionary(StringComparer.Ordinal);
                return missing.Keys.All(IsOver)
                    ? Observation<IReadOnlyDictionary<string, Volume>>.Reached(view)
                    : Observation<IReadOnlyDictionary<string, Volume>>.Moving(view);
            },
            new PollOptions<IReadOnlyDictionary<string, Volume>>
            {
                Schedule = options.Schedule,
                Timeout = options.Timeout,
                ToleratedFailures = options.ToleratedFailures,
                IsFinal = Waits.IsFinal,
                IsDeferral = Waits.IsDeferral,
                AskedPause = Waits.AskedPause,
                OnProgress = options.OnProgress,
            },
            ct);

        bool IsOver(string id) => seen.TryGetValue(id, out var volume)
            ? VolumeStatus.GroupOf(volume.Status) != StatusGroup.Moving
            : missing[id] > options.ToleratedMissing;
    }
}
