using System.Collections.Immutable;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Declarations;

internal enum PropertyRole
{
    /// <summary>Given by the program and reported back.</summary>
    InputAndOutput,

    /// <summary>Only reported.</summary>
    Output,

    /// <summary>Only given: provider configuration and function arguments.</summary>
    Input,
}

/// <summary>
/// All that is known of one property, stated once: schema, Check, Diff, read-back and documents derive from it.
/// </summary>
internal sealed record PropertyDeclaration
{
    /// <summary>The name in programs and in the state, camelCase.</summary>
    public required string Name { get; init; }

    public required PropertyType Type { get; init; }

    /// <summary>What it is: units, limits, what the cloud calls it. The effect of a change and the rules are added by the writers.</summary>
    public required string Description { get; init; }

    public PropertyRole Role { get; init; } = PropertyRole.InputAndOutput;

    /// <summary>True when the program must give it.</summary>
    public bool Required { get; init; }

    /// <summary>True for outputs that every read returns.</summary>
    public bool AlwaysReturned { get; init; }

    /// <summary>The value that not giving the property means to the cloud. It is compared with, never sent or stored.</summary>
    public PropertyValue? ImpliedValue { get; init; }

    public bool Secret { get; init; }

    public ImmutableArray<ValueRule> Rules { get; init; } = [];

    /// <summary>For maps: all that is wrong with the entries, given the property's path. Entries may be unknown or secret.</summary>
    public Func<string, PropertyMap, IEnumerable<CheckFailure>>? EntryRule { get; init; }

    /// <summary>What a change does; required for inputs of resources.</summary>
    public ChangeEffect? Change { get; init; }

    /// <summary>For outputs that are no inputs: true when no update changes them.</summary>
    public bool Stable { get; init; }

    /// <summary>Whether the EVS API returns it, so that a refresh or an import can fill it in.</summary>
    public bool ReadBack { get; init; } = true;

    /// <summary>For configuration: the environment variables that give it, the first that is set wins.</summary>
    public ImmutableArray<string> Environment { get; init; } = [];

    /// <summary>What a bare value means to the cloud: not giving one is giving the implied one, and an empty map is none.</summary>
    public PropertyValue Meaning(PropertyValue bare) => bare switch
    {
        { IsAbsent: true } => ImpliedValue ?? bare,
        PropertyValue.Map { Entries.Count: 0 } => ImpliedValue ?? PropertyValue.Null.Instance,
        _ => bare,
    };

    public bool IsInput => Role != PropertyRole.Output;

    public bool IsOutput => Role != PropertyRole.Input;

    /// <summary>True when dependents can rely on the output's value staying what it is across updates in place.</summary>
    public bool IsStableOutput => IsOutput && (Stable || Change is { AlwaysReplaces: true });
}
