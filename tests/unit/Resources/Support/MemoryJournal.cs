using PulumiEvs.Resources.Journal;

namespace PulumiEvs.Tests.Unit.Resources.Support;

/// <summary>A journal in memory, whose entries are all of runs that are over; it keeps every entry that was written.</summary>
internal sealed class MemoryJournal(params IEnumerable<JournalEntry> left) : ICreateJournal
{
    private readonly Dictionary<string, JournalEntry> _entries = left.ToDictionary(entry => entry.Urn);

    public IReadOnlyCollection<JournalEntry> Entries => _entries.Values;

    public List<JournalEntry> Written { get; } = [];

    public Task<JournalEntry?> TakeOverAsync(string urn, Action<JournalEntry> waiting, CancellationToken cancellationToken) =>
        Task.FromResult(_entries.GetValueOrDefault(urn));

    public IReadOnlyList<JournalEntry> Left(string urnPrefix) => [.. _entries.Values.Where(entry => entry.Urn.StartsWith(urnPrefix, StringComparison.Ordinal))];

    public bool Has(string urn) => _entries.ContainsKey(urn);

    public void Write(JournalEntry entry)
    {
        _entries[entry.Urn] = entry;
        Written.Add(entry);
    }

    public void Note(string urn, Func<JournalEntry, JournalEntry> change)
    {
        if (_entries.TryGetValue(urn, out var entry))
        {
            Write(change(entry));
        }
    }

    public void Remove(string urn) => _entries.Remove(urn);

    public void Answered(string urn) => Note(urn, entry => entry with { AnsweredAt = entry.RequestedAt });

    public void CommandEnded()
    {
    }

    public void Settle(string urn, params IReadOnlyCollection<string> volumeIds)
    {
        if (_entries.TryGetValue(urn, out var entry) && entry.VolumeId is { } id && volumeIds.Contains(id))
        {
            Remove(urn);
        }
    }
}
