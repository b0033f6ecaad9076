using System.Collections.Concurrent;
using PulumiEvs.Resources.Contracts;
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

    /// <summary>The disks that killed runs have made, with the resource that each was for.</summary>
    private readonly ConcurrentDictionary<string, string> _expected = new(StringComparer.Ordinal);

    /// <summary>A killed run has made this disk for that resource.</summary>
    public void Expect(string volumeId, string urn) => _expected[volumeId] = urn;

    /// <summary>Whether the next run can look for what this create may have made: there is a record, which says what to look for.</summary>
    public bool Remembers(JournalEntry entry) => entry.Order is not null && Journal.Has(entry.Urn);

    /// <summary>The engine has shown that its state has these disks.</summary>
    public void Known(string urn, params IReadOnlyCollection<string> volumeIds)
    {
        foreach (var id in volumeIds)
        {
            Claims.Claim(id);

            // Imported, perhaps, under another name.
            if (_expected.TryRemove(id, out var other) && other != urn)
            {
                Journal.Remove(other);
            }
        }

        Journal.Settle(urn, volumeIds);
    }

    /// <summary>Tells the user of trouble with the journal.</summary>
    public void Tell(IOperationLog log)
    {
        while (Reports.TryDequeue(out var report))
        {
            log.Warning(report);
        }
    }
}
