using System.Collections.Concurrent;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Journal;

/// <summary>What creates have in common to keep disks from being lost or doubled.</summary>
/// <param name="Journal">The creates in flight, for a later run.</param>
/// <param name="Claims">The disks that belong to a resource of this run.</param>
/// <param name="Processes">Who writes the journal.</param>
/// <param name="NewToken">Makes client tokens.</param>
/// <param name="Reports">Trouble with the journal that the next operation tells its user.</param>
/// <param name="LostAnswerWindow">How long to look for the disk of a request that got no answer before the request counts as not acted on.</param>
internal sealed record CreateGuard(
    ICreateJournal Journal, VolumeClaims Claims, IProcessTable Processes, Func<Guid> NewToken, ConcurrentQueue<string> Reports, TimeSpan LostAnswerWindow)
{
    /// <summary>How long the service knows a client token (create disks v2.1: 8 hours), less a margin.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(7.5);

    /// <summary>The engine has shown that its state has these disks.</summary>
    public void Known(string urn, params IReadOnlyCollection<string> volumeIds)
    {
        foreach (var id in volumeIds)
        {
            Claims.Claim(id);
        }

        Journal.Settle(urn, volumeIds);
    }
}
