using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Jobs.Crowds;

/// <summary>Looks at many disks at once.</summary>
internal interface IVolumeSweep
{
    /// <summary>Shows the disks that are sought, and maybe others.</summary>
    /// <returns>Whether a disk that was not shown does not exist.</returns>
    Task<bool> LookAsync(SoughtVolumes sought, Action<VolumeGlance> show, CancellationToken ct);
}

/// <summary>What a sweep is for.</summary>
internal sealed record SoughtVolumes
{
    public required IReadOnlySet<string> Ids { get; init; }

    /// <summary>Names of disks whose ids are not known.</summary>
    public required IReadOnlySet<string> Names { get; init; }

    /// <summary>When all of them are new: none of them is older.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public int Count => Ids.Count + Names.Count;
}
