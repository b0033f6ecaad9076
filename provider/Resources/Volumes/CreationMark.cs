using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Volumes;

/// <summary>How far the creation of a disk got that is in the state although it did not end well.</summary>
internal enum CreationState
{
    /// <summary>The disk was created, or nothing says otherwise.</summary>
    Complete,

    /// <summary>The wait ended before the job did: the next update goes on waiting for the same job.</summary>
    Unfinished,

    /// <summary>The job failed and left a disk that never was of use: it may be replaced without anything being lost.</summary>
    Failed,
}

/// <summary>
/// A note in the outputs of a disk whose creation did not end well. It tells a disk that never worked (to be replaced) from
/// one that worked and went wrong later (which holds data and is never replaced by itself): the status <c>error</c> alone does
/// not. The key begins with two underscores, so it is part of no schema.
/// </summary>
internal static class CreationMark
{
    private const string Key = "__creation";

    public static PropertyMap Put(PropertyMap outputs, CreationState state) => state switch
    {
        CreationState.Complete => outputs.Without(Key),
        CreationState.Unfinished => outputs.With(Key, "unfinished"),
        _ => outputs.With(Key, "failed"),
    };

    public static CreationState Of(PropertyMap outputs) => outputs[Key].Bare switch
    {
        PropertyValue.Text { Value: "unfinished" } => CreationState.Unfinished,
        PropertyValue.Text { Value: "failed" } => CreationState.Failed,
        _ => CreationState.Complete,
    };
}
