using System.Collections.Immutable;

namespace PulumiEvs.Resources.Declarations;

/// <summary>What is known of listing the existing resources of one type, stated once.</summary>
/// <param name="Token">The resource type.</param>
/// <param name="Filters">What a query may ask for.</param>
internal sealed record ListingDeclaration(string Token, ImmutableArray<PropertyDeclaration> Filters);
