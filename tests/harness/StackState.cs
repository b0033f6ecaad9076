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

    /// <summary>Inputs that are outputs of resources before it in the program.</summary>
    public ImmutableArray<Link> Links { get; init; } = [];

    /// <summary>The same with an input that is an output of another resource.</summary>
    public Wish With(string input, string of, string output) => this with { Links = [.. Links, new Link(input, of, output)] };
}

/// <param name="Of">The name of the other resource.</param>
internal sealed record Link(string Input, string Of, string Output);

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
