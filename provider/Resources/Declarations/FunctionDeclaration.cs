using System.Collections.Immutable;

namespace PulumiEvs.Resources.Declarations;

/// <summary>All that is known of one look-up function, stated once.</summary>
internal sealed record FunctionDeclaration
{
    /// <summary>The function token, such as <c>evs:index:getVolume</c>.</summary>
    public required string Token { get; init; }

    public required string Description { get; init; }

    public required ImmutableArray<PropertyDeclaration> Arguments { get; init; }

    public required ImmutableArray<PropertyDeclaration> Results { get; init; }

    public ImmutableArray<CrossRule> Rules { get; init; } = [];

    public ImmutableArray<ExampleDeclaration> Examples { get; init; } = [];
}
