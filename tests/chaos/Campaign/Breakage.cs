namespace PulumiEvs.Chaos.Campaign;

/// <summary>A rule that is broken on purpose, to show that the campaign would notice.</summary>
internal enum Breakage
{
    None,

    /// <summary>The journal of creates is off, and every plugin is killed.</summary>
    Journal,

    /// <summary>A proxy between plugin and cloud sends each create again whose answer was lost.</summary>
    Retry,

    /// <summary>The ids of creates that did not end well are dropped.</summary>
    Id,
}
