using System.Collections.Immutable;
using System.Globalization;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Core.Volumes;

/// <summary>One page of a list, and how many volumes the filter finds in all.</summary>
internal sealed record VolumePage(int Count, ImmutableArray<Volume> Volumes, bool HasMore);

/// <summary>The filters and the paging of a list of volumes.</summary>
internal sealed record VolumeQuery
{
    public const int MaxLimit = 1000;
    private const int MaxIds = 60;

    public string? Marker { get; init; }

    public int Limit { get; init; } = MaxLimit;

    public int Offset { get; init; }

    public string? SortKey { get; init; }

    public bool Ascending { get; init; }

    /// <summary>The names of the filters that were given, with their values.</summary>
    public ImmutableDictionary<string, string> Filters { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableArray<string> Ids { get; init; } = [];

    /// <summary>Reads the query of a list request.</summary>
    /// <param name="value">Gives the value of a query parameter, or null.</param>
    public static Outcome<VolumeQuery> Read(Func<string, string?> value)
    {
        var sortKey = value("sort_key");
        var sortDir = value("sort_dir");
        if (sortKey is not (null or "id" or "status" or "size" or "created_at"))
        {
            return Refusal.Of("EVS.1039");
        }

        if (sortDir is not (null or "asc" or "desc"))
        {
            return Refusal.Of("EVS.1040");
        }

        if (!TryNumber(value("limit"), MaxLimit, out var limit) || limit < 1)
        {
            return Refusal.Of("EVS.1023");
        }

        if (limit > MaxLimit)
        {
            return Refusal.Of("EVS.2142");
        }

        if (!TryNumber(value("offset"), 0, out var offset) || offset < 0)
        {
            return Refusal.WithText("EVS.5400", "offset param must be an integer.");
        }

        var ids = ReadIds(value("ids"));
        return ids.Length > MaxIds
            ? Refusal.Of("EVS.1032")
            : new VolumeQuery
            {
                Marker = value("marker"),
                Limit = limit,
                Offset = offset,
                SortKey = sortKey,
                Ascending = sortDir == "asc",
                Ids = ids,
                Filters = VolumeFilters.Names
                    .Select(name => (Name: name, Value: value(name)))
                    .Where(filter => filter.Value is not null)
                    .ToImmutableDictionary(filter => filter.Name, filter => filter.Value!),
            };
    }

    public Outcome<VolumePage> Run(World world, string projectId)
    {
        Volume? after = null;
        if (Marker is not null)
        {
            after = world.Store.Volume(Marker);
            if (after is null || after.ProjectId != projectId)
            {
                return Refusal.Of("EVS.1024");
            }
        }

        if (Filters.TryGetValue("metadata", out var metadata) && !VolumeFilters.IsMetadata(metadata))
        {
            return Refusal.Of("EVS.1058");
        }

        var matching = Matching(world, projectId);
        return SortKey is null or "created_at" && !Ascending ? Page(matching, after) : Page(Sort(matching), after);
    }

    private static ImmutableArray<string> ReadIds(string? text) => text is null
        ? []
        : [.. text.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(id => id.Trim('\'', '"', ' '))];

    private static bool TryNumber(string? text, int fallback, out int number)
    {
        number = fallback;
        return text is null || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    private IEnumerable<Volume> Matching(World world, string projectId)
    {
        var index = world.Store.Project(projectId);
        var candidates = !Ids.IsEmpty ? OfProject(world, projectId, Ids)
            : Filters.TryGetValue("id", out var id) ? OfProject(world, projectId, [id])
            : Filters.TryGetValue("name", out var name) && world.Settings.NameFilter == NameFilter.Exact ? index.Named(name)
            : index.NewestFirst;
        var filters = Filters.Where(filter => !(filter.Key == "id" && !Ids.IsEmpty)).ToArray();
        return candidates.Where(volume => volume.VisibleAt <= world.Moment
            && Array.TrueForAll(filters, filter => VolumeFilters.Matches(volume, filter.Key, filter.Value, world.Settings)));
    }

    private static IEnumerable<Volume> OfProject(World world, string projectId, IEnumerable<string> ids) =>
        ids.Distinct().Select(world.Store.Volume).OfType<Volume>()
            .Where(volume => volume.ProjectId == projectId)
            .OrderByDescending(volume => volume.Sequence);

    private List<Volume> Sort(IEnumerable<Volume> volumes)
    {
        Comparison<Volume> compare = SortKey switch
        {
            "id" => (a, b) => string.CompareOrdinal(a.Id, b.Id),
            "status" => (a, b) => string.CompareOrdinal(a.Status, b.Status),
            "size" => (a, b) => a.Size.CompareTo(b.Size),
            _ => (a, b) => 0,
        };
        var direction = Ascending ? 1 : -1;
        var sorted = volumes.ToList();
        sorted.Sort((a, b) => direction * (compare(a, b) is var order and not 0 ? order : a.Sequence.CompareTo(b.Sequence)));
        return sorted;
    }

    private VolumePage Page(IEnumerable<Volume> matching, Volume? after)
    {
        var page = ImmutableArray.CreateBuilder<Volume>();
        var count = 0;
        var toSkip = Offset;
        var started = after is null;
        var hasMore = false;
        foreach (var volume in matching)
        {
            count++;
            if (!started)
            {
                started = volume.Id == after!.Id || (SortKey is null or "created_at" && !Ascending && volume.Sequence < after.Sequence);
                if (!started || volume.Id == after!.Id)
                {
                    continue;
                }
            }

            if (toSkip > 0)
            {
                toSkip--;
            }
            else if (page.Count < Limit)
            {
                page.Add(volume);
            }
            else
            {
                hasMore = true;
            }
        }

        return new VolumePage(count, page.ToImmutable(), hasMore);
    }
}
