using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Jobs.Crowds;

/// <summary>
/// Reads many disks with few requests: in a crowd, reads that come within a moment of each other become one list by ids. Each is sent
/// after it was asked for, so that it shows nothing older. A disk that the list does not show, or does not show in full, is read by
/// itself.
/// </summary>
/// <param name="crowd">How many wait at the moment; 0 for no crowd.</param>
/// <param name="list">The disks of these ids, as far as there are such.</param>
internal sealed class SharedReads(
    Func<int> crowd, Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<Volume>>> list, TimeProvider time)
{
    /// <summary>How long a read waits for others, for each that waits: the more there are, the more can be gained.</summary>
    private static readonly TimeSpan MomentForEach = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan ShortestMoment = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestMoment = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private List<(string Id, TaskCompletionSource<Volume?> Answer)> _asked = [];
    private bool _gathering;

    /// <summary>The disk, or null when it is definitely not there.</summary>
    /// <param name="alone">Reads one disk by itself.</param>
    public async Task<Volume?> FindAsync(string id, Func<string, CancellationToken, Task<Volume?>> alone, CancellationToken ct)
    {
        if (crowd() is 0)
        {
            return await alone(id, ct);
        }

        var answer = new TaskCompletionSource<Volume?>(TaskCreationOptions.RunContinuationsAsynchronously);
        List<(string Id, TaskCompletionSource<Volume?> Answer)>? full = null;
        lock (_lock)
        {
            _asked.Add((id, answer));
            if (_asked.Count >= VolumeFilter.MostIds)
            {
                (full, _asked) = (_asked, []);
            }
            else if (!_gathering)
            {
                _gathering = true;
                _ = GatherAsync();
            }
        }

        if (full is not null)
        {
            _ = ReadAsync(full);
        }

        return await answer.Task.WaitAsync(ct) ?? await alone(id, ct);
    }

    private async Task GatherAsync()
    {
        var moment = MomentForEach * crowd();
        await Task.Delay(moment < ShortestMoment ? ShortestMoment : moment > LongestMoment ? LongestMoment : moment, time);
        List<(string Id, TaskCompletionSource<Volume?> Answer)> batch;
        lock (_lock)
        {
            (batch, _asked, _gathering) = (_asked, [], false);
        }

        if (batch.Count > 0)
        {
            await ReadAsync(batch);
        }
    }

    private async Task ReadAsync(List<(string Id, TaskCompletionSource<Volume?> Answer)> batch)
    {
        var found = new Dictionary<string, Volume>(StringComparer.Ordinal);
        try
        {
            foreach (var volume in await list([.. batch.Select(asked => asked.Id).Distinct(StringComparer.Ordinal)], CancellationToken.None))
            {
                found[volume.Id] = volume;
            }
        }
        catch (EvsException)
        {
            // Then each reads its disk by itself, and says what is wrong if that fails too.
        }
        finally
        {
            foreach (var (id, answer) in batch)
            {
                answer.TrySetResult(found.TryGetValue(id, out var volume) && volume.IsWholeInList ? volume : null);
            }
        }
    }
}
