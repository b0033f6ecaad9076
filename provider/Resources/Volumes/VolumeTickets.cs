using System.Collections.Immutable;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Resources.Volumes;

/// <summary>The places of one create among those that look the same: one for each disk that it asks for.</summary>
internal sealed class VolumeTickets : IDisposable
{
    private readonly VolumeClaims _claims;
    private readonly ImmutableArray<VolumeClaims.Ticket> _tickets;

    private VolumeTickets(VolumeClaims claims, ImmutableArray<VolumeClaims.Ticket> tickets)
    {
        _claims = claims;
        _tickets = tickets;
    }

    /// <summary>A create begins. Dispose of the tickets when it is over.</summary>
    public static VolumeTickets Begin(VolumeClaims claims, CreateVolume order) =>
        new(claims, [.. VolumeLooks.Each(order).Select(claims.Begin)]);

    /// <summary>Whether every disk is known.</summary>
    public bool AreResolved => _tickets.All(ticket => ticket.IsResolved);

    /// <summary>The job names the disks it makes, as far as it does so by now.</summary>
    public void Resolve(Job job)
    {
        foreach (var (index, part) in job.Parts.Index())
        {
            if (VolumeOfJob.Id(part) is { } id)
            {
                Resolve(id, index);
            }
        }
    }

    /// <summary>The create knows one of its disks.</summary>
    /// <param name="index">Which of those it asked for.</param>
    public void Resolve(string volumeId, int index = 0)
    {
        _claims.Claim(volumeId);
        if (index < _tickets.Length)
        {
            _tickets[index].Resolve(volumeId);
        }
    }

    /// <summary>The answer to the create was lost: it now looks for the disks it does not know.</summary>
    public void Lose()
    {
        foreach (var ticket in _tickets)
        {
            ticket.Lose();
        }
    }

    /// <summary>Its request is sent again.</summary>
    public void Retry()
    {
        foreach (var ticket in _tickets)
        {
            ticket.Retry();
        }
    }

    /// <summary>Whether a disk looks like one of those that are not known yet.</summary>
    public bool Seek(Volume volume, DateTimeOffset notBefore) =>
        _tickets.Any(ticket => !ticket.IsResolved && ticket.Looks.Fit(volume, notBefore));

    /// <summary>Takes those of the disks found that can be this create's for certain.</summary>
    /// <returns>The gravest verdict on those that remain unknown, and what was taken.</returns>
    public (VolumeClaims.Verdict Verdict, ImmutableArray<Volume> Taken) Choose(IReadOnlyList<Volume> found)
    {
        var taken = ImmutableArray.CreateBuilder<Volume>();
        var gravest = VolumeClaims.Verdict.None;
        foreach (var ticket in _tickets.Where(ticket => !ticket.IsResolved))
        {
            var (verdict, volume) = ticket.Choose([.. found.Where(candidate => ticket.Looks.Fit(candidate, DateTimeOffset.MinValue))]);
            if (volume is not null)
            {
                taken.Add(volume);
            }
            else if (verdict > gravest)
            {
                gravest = verdict;
            }
        }

        return (gravest, taken.ToImmutable());
    }

    public void Dispose()
    {
        foreach (var ticket in _tickets)
        {
            ticket.Dispose();
        }
    }
}
