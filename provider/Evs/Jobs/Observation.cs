namespace PulumiEvs.Evs.Jobs;

/// <summary>What one look at a thing that is waited for has shown.</summary>
/// <typeparam name="T">The view of the thing.</typeparam>
internal readonly record struct Observation<T>
    where T : class
{
    private Observation(ObservationKind kind, T? view, string? reason)
    {
        Kind = kind;
        View = view;
        Reason = reason;
    }

    public ObservationKind Kind { get; }

    /// <summary>Null when the look showed nothing new.</summary>
    public T? View { get; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; }

    public static Observation<T> Moving(T? view) => new(ObservationKind.Moving, view, null);

    public static Observation<T> Reached(T? view) => new(ObservationKind.Reached, view, null);

    public static Observation<T> Failed(T? view, string reason) => new(ObservationKind.Failed, view, reason);

    public static Observation<T> Gone(string? reason = null) => new(ObservationKind.Gone, null, reason);
}

internal enum ObservationKind
{
    /// <summary>Not there yet.</summary>
    Moving,

    /// <summary>What was waited for is so.</summary>
    Reached,

    /// <summary>It will not be so.</summary>
    Failed,

    /// <summary>The thing itself is not there (any more).</summary>
    Gone,
}
