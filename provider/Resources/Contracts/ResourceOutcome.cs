using System.Collections.Immutable;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Contracts;

/// <summary>How a create, read or update ended. Anything else is an exception: then nothing is known to have happened.</summary>
internal abstract record ResourceOutcome
{
    private ResourceOutcome()
    {
    }

    /// <summary>To be called once the answer has been handed to the engine: what was kept in case it never gets there can go.</summary>
    public Action? Delivered { get; init; }

    /// <param name="Id">The resource's id; empty in a preview.</param>
    /// <param name="Outputs">The live properties; in a preview only what is certain to be the same after.</param>
    /// <param name="Inputs">For a read: the inputs as Check would return them.</param>
    /// <param name="RefreshBeforeUpdate">True asks the engine to read the resource before it plans the next update.</param>
    internal sealed record Done(string Id, PropertyMap Outputs, PropertyMap? Inputs = null, bool RefreshBeforeUpdate = false) : ResourceOutcome;

    /// <summary>The resource exists (or may exist) but is not as wished: it stays in state, with the reasons.</summary>
    /// <param name="Id">The resource's id, never empty, else the engine would drop the resource.</param>
    /// <param name="Outputs">What the cloud has now, never what was wished.</param>
    /// <param name="Reasons">One sentence each: what happened, and what the next run will do.</param>
    internal sealed record Partial(
        string Id, PropertyMap Outputs, ImmutableArray<string> Reasons, PropertyMap? Inputs = null, bool RefreshBeforeUpdate = true) : ResourceOutcome
    {
        /// <summary>Why it ended so; tells a cancelled operation from a failed one.</summary>
        public FailureKind Kind { get; init; } = FailureKind.Unknown;
    }

    /// <summary>A read found for certain that the resource is not there.</summary>
    internal sealed record Gone : ResourceOutcome
    {
        public static readonly Gone Instance = new();
    }
}
