using System.Collections.Immutable;

namespace PulumiEvs.Resources.Contracts;

internal enum ChangeKind
{
    Add,
    Delete,
    Update,
}

/// <param name="Path">The property path in the engine's syntax, keys with odd characters quoted.</param>
/// <param name="Replaces">True when this change needs a new resource.</param>
/// <param name="OfInput">True: the old value is to be read from the old inputs; false: from the old outputs.</param>
internal sealed record PropertyChange(string Path, ChangeKind Kind, bool Replaces, bool OfInput = true)
{
    /// <summary>The top-level property that <see cref="Path"/> lies in.</summary>
    public string TopLevel { get; } = PropertyPath.TopLevel(Path);
}

/// <param name="Changes">Every change, by path; empty = nothing to do.</param>
/// <param name="DeleteBeforeReplace">True when the new resource would collide with the old one.</param>
/// <param name="Stables">Outputs that no update changes, so that dependents stay known in previews.</param>
internal sealed record DiffResult(ImmutableArray<PropertyChange> Changes, bool DeleteBeforeReplace, ImmutableArray<string> Stables)
{
    public bool HasChanges => !Changes.IsEmpty;

    public bool Replaces => Changes.Any(change => change.Replaces);
}
