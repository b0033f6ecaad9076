namespace PulumiEvs.Evs.Http;

/// <summary>Which requests go first when not all can go at once.</summary>
internal enum Precedence
{
    /// <summary>One request on which many waits depend.</summary>
    Shared,

    /// <summary>
    /// What an operation needs to end: the look at a job that is as good as over, the last read of its disk. Ending one takes no more
    /// requests than beginning one, so the pace is the same; but each is done when it can be, and few are under way at once.
    /// </summary>
    Finish,

    /// <summary>What makes something: the service works on it while the rest waits.</summary>
    Create,

    /// <summary>What changes something, for the same reason.</summary>
    Change,

    /// <summary>All else.</summary>
    Look,
}
