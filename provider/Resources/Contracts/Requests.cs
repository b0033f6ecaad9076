using System.Collections.Immutable;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Contracts;

/// <summary>How the engine wants an unnamed resource named (protocol B5).</summary>
internal enum AutonamingMode
{
    /// <summary>The proposed name is a base that may be adapted to the service's limits.</summary>
    Propose,

    /// <summary>The proposed name is to be taken as it is.</summary>
    Enforce,

    /// <summary>No name is to be made up: the program must give one.</summary>
    Disable,
}

internal sealed record AutonamingOptions(AutonamingMode Mode, string ProposedName);

/// <param name="OldInputs">The inputs of the state; empty for a new resource.</param>
/// <param name="NewInputs">The program's inputs.</param>
/// <param name="RandomSeed">The same for every Check of one deployment; may be empty.</param>
/// <param name="Autonaming">Null when the engine gave no options.</param>
internal sealed record CheckRequest(
    ResourceIdentity Resource, PropertyMap OldInputs, PropertyMap NewInputs, ReadOnlyMemory<byte> RandomSeed, AutonamingOptions? Autonaming);

/// <param name="OldInputs">The checked inputs of the state; null when the engine sent none.</param>
/// <param name="OldOutputs">The outputs of the state.</param>
/// <param name="NewInputs">The new checked inputs; may hold unknowns in a preview.</param>
internal sealed record DiffRequest(
    ResourceIdentity Resource, string Id, PropertyMap? OldInputs, PropertyMap OldOutputs, PropertyMap NewInputs, ImmutableArray<string> IgnoreChanges);

/// <param name="Timeout">What the user asked for; null = the operation's documented default.</param>
internal sealed record CreateRequest(ResourceIdentity Resource, PropertyMap Inputs, TimeSpan? Timeout, bool Preview);

/// <param name="Inputs">The inputs of the state; null on import, when there are none.</param>
/// <param name="State">The outputs of the state; null on import.</param>
internal sealed record ReadRequest(ResourceIdentity Resource, string Id, PropertyMap? Inputs, PropertyMap? State, TimeSpan? Timeout);

/// <param name="OldInputs">The checked inputs of the state; null when the engine sent none.</param>
internal sealed record UpdateRequest(
    ResourceIdentity Resource,
    string Id,
    PropertyMap? OldInputs,
    PropertyMap OldOutputs,
    PropertyMap NewInputs,
    TimeSpan? Timeout,
    bool Preview,
    ImmutableArray<string> IgnoreChanges);

/// <param name="OldInputs">The checked inputs of the state; null when the engine sent none.</param>
internal sealed record DeleteRequest(ResourceIdentity Resource, string Id, PropertyMap? OldInputs, PropertyMap OldOutputs, TimeSpan? Timeout);
