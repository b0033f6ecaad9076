using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs;

internal sealed partial class EvsClient
{
    /// <summary>The disks of these ids, at most <see cref="VolumeFilter.MostIds"/>; those that are not there are left out.</summary>
    public async Task<IReadOnlyList<Volume>> ListVolumesAsync(IReadOnlyList<string> ids, CancellationToken ct)
    {
        var volumes = new List<Volume>(ids.Count);

        // A page with room for one more than can come is always the last one.
        await foreach (var volume in ListVolumesAsync(new VolumeFilter { Ids = ids, PageSize = ids.Count + 1 }, ct))
        {
            volumes.Add(volume);
        }

        return volumes;
    }

    /// <summary>
    /// The disks of these ids, however many, with few requests. One that is not in the answer is definitely not there: what a list
    /// does not show, or does not show in full, is read by itself.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, Volume>> FindVolumesAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var found = new Dictionary<string, Volume>(StringComparer.Ordinal);
        if (ids.Count > 1)
        {
            await ListAsync(ids, found, ct);
        }

        var alone = await Task.WhenAll(ids.Distinct(StringComparer.Ordinal)
            .Where(id => !found.TryGetValue(id, out var shown) || !shown.IsWholeInList)
            .Select(async id => (Id: id, Volume: await FindVolumeAsync(id, ct))));
        foreach (var (id, volume) in alone)
        {
            found.Remove(id);
            if (volume is not null)
            {
                found[id] = volume;
            }
        }

        return found;
    }

    private async Task ListAsync(IReadOnlyCollection<string> ids, Dictionary<string, Volume> found, CancellationToken ct)
    {
        try
        {
            foreach (var some in ids.Chunk(VolumeFilter.MostIds))
            {
                foreach (var volume in await ListVolumesAsync(some, ct))
                {
                    found[volume.Id] = volume;
                }
            }
        }
        catch (EvsException refusal) when (refusal.IsDefiniteRefusal)
        {
            // Who may not list may still be allowed to read each.
        }
    }
}
