namespace PulumiEvs.Evs.Http;

/// <summary>Which requests go first when not all can go at once.</summary>
internal enum Precedence
{
    /// <summary>What makes something: the service works on it while the rest waits.</summary>
    Create,

    /// <summary>What changes something, for the same reason.</summary>
    Change,

    /// <summary>One request on which many waits depend.</summary>
    Shared,

    /// <summary>All else.</summary>
    Look,
}
