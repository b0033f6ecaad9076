using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Jobs.Crowds;

/// <summary>
/// Looks at many disks with few requests: by their ids, 60 a request, where that is the fewer; else by pages, the newest disks
/// first, until all that are sought have been seen.
/// </summary>
/// <param name="glance">Lists disks, page by page.</param>
internal sealed class VolumeSweep(Func<VolumeFilter, CancellationToken, IAsyncEnumerable<IReadOnlyList<VolumeGlance>>> glance) : IVolumeSweep
{
    /// <summary>More pages than that are not read for disks that may not be there.</summary>
    private const int MostPages = 20;

    private const int SmallestPage = 50;

    private int _lastPages = 1;

    public async Task<bool> LookAsync(SoughtVolumes sought, Action<VolumeGlance> show, CancellationToken ct)
    {
        var requests = (sought.Ids.Count + VolumeFilter.MostIds - 1) / VolumeFilter.MostIds;
        if (sought.Names.Count > 0 || requests > _lastPages)
        {
            return await LookThroughPagesAsync(sought, show, ct);
        }

        foreach (var ids in sought.Ids.Chunk(VolumeFilter.MostIds))
        {
            // A page with room for one more than can come is always the last one.
            await foreach (var page in glance(new VolumeFilter { Ids = ids, PageSize = ids.Length + 1 }, ct))
            {
                foreach (var volume in page)
                {
                    show(volume);
                }
            }
        }

        return true;
    }

    private async Task<bool> LookThroughPagesAsync(SoughtVolumes sought, Action<VolumeGlance> show, CancellationToken ct)
    {
        var left = new HashSet<string>(sought.Ids, StringComparer.Ordinal);
        var leftNames = new HashSet<string>(sought.Names, StringComparer.Ordinal);
        var pages = 0;
        var filter = new VolumeFilter { PageSize = Math.Clamp(2 * sought.Count, SmallestPage, VolumeFilter.MostPerPage) };
        await foreach (var page in glance(filter, ct))
        {
            _lastPages = ++pages;
            var isPast = false;
            foreach (var volume in page)
            {
                show(volume);
                left.Remove(volume.Id);
                leftNames.Remove(volume.Name ?? "");
                isPast |= volume.Created < sought.NotBefore;
            }

            if (isPast)
            {
                return true;
            }

            if (left.Count + leftNames.Count == 0 || pages >= MostPages)
            {
                return left.Count + leftNames.Count == 0;
            }
        }

        return true;
    }
}
