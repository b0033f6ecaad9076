using System.Collections.Immutable;

namespace PulumiEvs.Resources.Declarations;

/// <summary>The whole package: what the schema, the documents and the SDK are made from.</summary>
internal sealed record PackageDeclaration(
    string Name,
    string DisplayName,
    string Description,
    ImmutableArray<PropertyDeclaration> Configuration,
    ImmutableArray<ResourceDeclaration> Resources,
    ImmutableArray<FunctionDeclaration> Functions)
{
    /// <summary>The resource types whose existing resources can be listed.</summary>
    public ImmutableArray<ListingDeclaration> Listings { get; init; } = [];
}
