using System.Globalization;
using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Listings;

/// <summary>
/// A listing as the plugin calls it. However many pages the service needs, the resources come in order of their ids; so a page goes on
/// where the one before ended, also when resources have come or gone in between.
/// </summary>
internal sealed class ResourceListing(Listing listing, IEvsSessions sessions) : IListing
{
    /// <summary>A list of many pages has to fit in.</summary>
    private static readonly TimeSpan Allowed = TimeSpan.FromMinutes(5);

    private string Token => listing.Declaration.Token;

    public async Task<ListPage?> ListAsync(ListRequest request, IOperationLog log, CancellationToken cancellationToken)
    {
        var query = InputChecker.Normalize(request.Query);
        var failures = InputChecker.Failures(query, listing.Declaration.Filters, []);
        if (failures.Count > 0)
        {
            throw new ResourceException(
                FailureKind.InvalidRequest, $"listing {Token}: " + string.Join("; ", failures.Select(failure => $"{failure.Property} {failure.Reason}")));
        }

        if (query.Values.Any(value => value.HasUnknown))
        {
            return null;
        }

        var place = request.Continuation is { } continuation ? Place.Parse(continuation) : new Place(request.Limit, "");
        var bare = PropertyMap.From(query.Select(filter => KeyValuePair.Create(filter.Key, filter.Value.Unmarked())));
        var left = (await FindAsync(bare, log, cancellationToken))
            .Where(resource => string.CompareOrdinal(resource.Id, place.After) > 0)
            .OrderBy(resource => resource.Id, StringComparer.Ordinal)
            .Take(Number(place.Wanted))
            .ToList();
        var page = left.Take(Number(request.PageSize)).ToList();
        return new ListPage([.. page], page.Count < left.Count ? new Place(place.Wanted - page.Count, page[^1].Id).ToString() : null);
    }

    private async Task<List<ListedResource>> FindAsync(PropertyMap query, IOperationLog log, CancellationToken cancellationToken)
    {
        var session = sessions.Open(Allowed, log);
        using var bound = session.Deadline.Bound(cancellationToken);
        try
        {
            var found = new List<ListedResource>();
            await foreach (var resource in listing.Find(session, query, bound.Token))
            {
                found.Add(resource);
            }

            return found;
        }
        catch (OperationCanceledException e) when (bound.IsTimedOut && !cancellationToken.IsCancellationRequested)
        {
            throw new ResourceException(FailureKind.TimedOut, $"listing {Token} was not complete after {Elapsed.Text(session.Deadline.Elapsed)}", e);
        }
    }

    /// <summary>No list that fits into memory has more.</summary>
    private static int Number(long? wanted) => (int)Math.Min(wanted ?? int.MaxValue, int.MaxValue);

    /// <summary>Where a page begins.</summary>
    /// <param name="Wanted">How many are wanted from here on; null = all.</param>
    /// <param name="After">The id of the last one before; empty at the beginning.</param>
    private readonly record struct Place(long? Wanted, string After)
    {
        private const string All = "all";

        public override string ToString() => $"{Wanted?.ToString(CultureInfo.InvariantCulture) ?? All}:{After}";

        /// <exception cref="ResourceException">It is none that a page gave.</exception>
        public static Place Parse(string continuation) => continuation.Split(':', 2) switch
        {
            [All, { Length: > 0 } after] => new Place(null, after),
            [var wanted, { Length: > 0 } after] when long.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                new Place(number, after),
            _ => throw new ResourceException(FailureKind.InvalidRequest, $"\"{continuation}\" is no continuation of a list"),
        };
    }
}
