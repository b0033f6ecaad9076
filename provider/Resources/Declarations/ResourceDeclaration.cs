using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PulumiEvs.Resources.Declarations;

/// <summary>How long an operation may take when the user sets no <c>customTimeouts</c>.</summary>
internal sealed record TimeoutDeclaration(string Operation, TimeSpan Default, string Note);

/// <summary>All that is known of one resource type, stated once.</summary>
internal sealed record ResourceDeclaration
{
    /// <summary>The type token, such as <c>evs:index:Volume</c>.</summary>
    public required string Token { get; init; }

    /// <summary>What the resource is called within a sentence: "volume".</summary>
    public required string Noun { get; init; }

    public required string Description { get; init; }

    public required ImmutableArray<PropertyDeclaration> Properties
    {
        get;
        init
        {
            field = value;
            _byName = value.ToFrozenDictionary(property => property.Name, StringComparer.Ordinal);
            StableOutputs = [.. value.Where(property => property.IsStableOutput).Select(property => property.Name)];
        }
    }

    public ImmutableArray<CrossRule> Rules { get; init; } = [];

    public ImmutableArray<TimeoutDeclaration> Timeouts { get; init; } = [];

    /// <summary>The format of the id that <c>pulumi import</c> takes, as an example; null for what cannot be imported.</summary>
    public required string? ImportIdExample { get; init; }

    public ImmutableArray<ExampleDeclaration> Examples { get; init; } = [];

    public ImmutableArray<string> StableOutputs { get; private init; } = [];

    private readonly FrozenDictionary<string, PropertyDeclaration> _byName = FrozenDictionary<string, PropertyDeclaration>.Empty;

    public PropertyDeclaration? Find(string name) => _byName.GetValueOrDefault(name);

    public IEnumerable<PropertyDeclaration> Inputs => Properties.Where(property => property.IsInput);
}
