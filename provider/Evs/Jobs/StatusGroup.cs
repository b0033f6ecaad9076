namespace PulumiEvs.Evs.Jobs;

/// <summary>What a status word means for a wait.</summary>
internal enum StatusGroup
{
    /// <summary>At rest and usable.</summary>
    Settled,

    /// <summary>At rest, but not to be changed.</summary>
    SettledOdd,

    /// <summary>On its way to another status.</summary>
    Moving,

    /// <summary>At rest in an error.</summary>
    Failed,
}
