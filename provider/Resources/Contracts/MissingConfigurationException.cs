using System.Collections.Immutable;

namespace PulumiEvs.Resources.Contracts;

/// <param name="Name">The key as the user types it, such as <c>evs:region</c>.</param>
/// <param name="Description">What it is and where else it can come from.</param>
internal sealed record MissingKey(string Name, string Description);

/// <summary>Required configuration is nowhere to be found.</summary>
internal sealed class MissingConfigurationException(ImmutableArray<MissingKey> keys)
    : Exception("missing required configuration: " + string.Join(", ", keys.Select(key => key.Name)))
{
    public ImmutableArray<MissingKey> Keys { get; } = keys;
}
