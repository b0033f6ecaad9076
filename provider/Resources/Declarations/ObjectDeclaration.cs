using System.Collections.Immutable;

namespace PulumiEvs.Resources.Declarations;

/// <summary>A named object type, such as an attachment of a volume.</summary>
internal sealed record ObjectDeclaration(string Token, string Description, ImmutableArray<PropertyDeclaration> Properties);
