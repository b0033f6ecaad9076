using System.Collections.Immutable;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Contracts;

/// <param name="Query">What the resources must be like; may hold unknowns in a preview.</param>
/// <param name="Limit">How many are wanted in all; null = all. It counts on the first page: a continuation knows what is left of it.</param>
/// <param name="PageSize">How many are wanted at once; null = all.</param>
/// <param name="Continuation">Where the page before ended; null for the first.</param>
internal sealed record ListRequest(PropertyMap Query, long? Limit, long? PageSize, string? Continuation);

/// <param name="Id">What an import takes.</param>
/// <param name="Name">What people know it by.</param>
internal sealed record ListedResource(string Id, string Name);

/// <param name="Resources">In order of their ids.</param>
/// <param name="Continuation">To be asked with for the next page; null after the last one.</param>
internal sealed record ListPage(ImmutableArray<ListedResource> Resources, string? Continuation);

/// <summary>The existing resources of one type, for imports. Reads only.</summary>
internal interface IListing
{
    /// <returns>A page; null when the query holds what is not known yet.</returns>
    /// <exception cref="ResourceException">The query or the continuation is refused.</exception>
    Task<ListPage?> ListAsync(ListRequest request, IOperationLog log, CancellationToken cancellationToken);
}
