using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Functions;

/// <summary>One look-up function: what it takes and gives, and how it finds that.</summary>
/// <param name="Declaration">What schema, documents and the check of its arguments are made from.</param>
/// <param name="ReadAsync">From checked arguments, without secret marks, to results. Reads only.</param>
internal sealed record Lookup(FunctionDeclaration Declaration, Func<EvsSession, PropertyMap, CancellationToken, Task<PropertyMap>> ReadAsync);
