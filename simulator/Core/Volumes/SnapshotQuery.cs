using System.Collections.Immutable;
using System.Globalization;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Core.Volumes;

/// <summary>One page of a list of snapshots, and how many the filter finds in all.</summary>
internal sealed record SnapshotPage(int Count, ImmutableArray<Snapshot> Snapshots, bool HasMore);

/// <summary>The filters and the paging of a list of snapshots.</summary>
internal sealed record SnapshotQuery
{
    private const int MaxLimit = 1000;

    public int Limit { get; init; } = MaxLimit;

    public int Offset { get; init; }

    public string? Marker { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? VolumeId { get; init; }

    public string? Zone { get; init; }

    /// <summary>Reads the query of a list request.</summary>
    /// <param name="value">Gives the value of a query parameter, or null.</param>
    public static Outcome<SnapshotQuery> Read(Func<string, string?> value)
    {
        if (!TryNumber(value("limit"), MaxLimit, out var limit))
        {
            return Refusal.WithText("EVS.5400", "limit param must be an integer.");
        }

        if (limit < 1)
        {
            return Refusal.WithText("EVS.5400", "limit param must be positive.");
        }

        if (limit > MaxLimit)
        {
            return Refusal.Of("EVS.2142");
        }

        return !TryNumber(value("offset"), 0, out var offset) || offset < 0
            ? Refusal.WithText("EVS.5400", "offset param must be an integer.")
            : new SnapshotQuery
            {
                Limit = limit,
                Offset = offset,
                Marker = value("marker"),
                Id = value("id"),
                Name = value("name"),
                Status = value("status"),
                VolumeId = value("volume_id"),
                Zone = value("availability_zone"),
            };
    }

    public SnapshotPage Run(World world, string projectId)
    {
        var candidates = VolumeId is null
            ? world.Store.Project(projectId).NewestSnapshotsFirst
            : world.Store.SnapshotsOf(VolumeId).Select(id => world.Store.Snapshot(id)!)
                .Where(snapshot => snapshot.ProjectId == projectId)
                .OrderByDescending(snapshot => snapshot.Sequence);
        var matching = candidates.Where(Matches).ToList();
        var from = Marker is null ? 0 : matching.FindIndex(snapshot => snapshot.Id == Marker) + 1;
        var rest = matching.Skip(from + Offset).ToList();
        return new SnapshotPage(matching.Count, [.. rest.Take(Limit)], rest.Count > Limit);
    }

    private bool Matches(Snapshot snapshot) =>
        (Id is null || snapshot.Id == Id)
        && (Name is null || snapshot.Name == Name)
        && (Status is null || snapshot.Status == Status)
        && (Zone is null || snapshot.Zone == Zone);

    private static bool TryNumber(string? text, int fallback, out int number)
    {
        number = fallback;
        return text is null || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}
