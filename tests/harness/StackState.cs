using System.Collections.Immutable;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Harness;

/// <summary>One resource as a stack's state has it.</summary>
internal sealed record ResourceState(
    string Urn, string Type, string Name, string Id, PropertyMap Inputs, PropertyMap Outputs, ImmutableArray<string> InitErrors, bool RefreshBeforeUpdate);

/// <summary>One resource as a program wants it.</summary>
/// <param name="Timeout">The custom timeout of every operation; null = none.</param>
internal sealed record Wish(string Name, PropertyMap Inputs, string Type = "evs:index:Volume", TimeSpan? Timeout = null)
{
    public bool? DeleteBeforeReplace { get; init; }

    public ImmutableArray<string> IgnoreChanges { get; init; } = [];
}

/// <summary>What a command did with one resource.</summary>
internal enum StepKind
{
    Same,
    Create,
    Update,
    Replace,
    Delete,
    Refresh,
    Failed,
}

/// <param name="Diff">The paths of the changes with their kinds, as the preview shows them.</param>
/// <param name="Errors">What the user is told went wrong; empty when it went well.</param>
internal sealed record Step(string Name, StepKind Kind, ImmutableSortedDictionary<string, string> Diff, ImmutableArray<string> Errors, PropertyMap Outputs)
{
    public bool Failed => !Errors.IsEmpty;
}
