using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Listings;

/// <summary>How the existing resources of one type are found.</summary>
/// <param name="Declaration">What schema and the check of a query are made from.</param>
/// <param name="Find">From a checked query, without secret marks, to all that fit and can be imported. Reads only.</param>
internal sealed record Listing(
    ListingDeclaration Declaration, Func<EvsSession, PropertyMap, CancellationToken, IAsyncEnumerable<ListedResource>> Find);
