using System.Security.Cryptography;
using System.Text;

namespace PulumiEvs.Resources.Journal;

/// <summary>
/// The record of creates whose answer has not reached the engine yet. The engine keeps nothing of a create that its plugin did not
/// survive (protocol V22, V23); only this tells the next run that a disk may be there already.
/// </summary>
internal interface ICreateJournal
{
    /// <summary>
    /// The entry that an earlier run left for this resource, taken over so that no other process takes it too; null when there is
    /// none. While its writer still lives, this waits for the writer to end or to be done.
    /// </summary>
    /// <param name="waiting">Told once, when there is a living writer to wait for.</param>
    Task<JournalEntry?> TakeOverAsync(string urn, Action<JournalEntry> waiting, CancellationToken cancellationToken);

    /// <summary>The entries that runs which are over have left of resources whose URNs begin so; they stay as they are.</summary>
    IReadOnlyList<JournalEntry> Left(string urnPrefix);

    /// <summary>Whether the next run will find an entry of the resource.</summary>
    bool Has(string urn);

    /// <summary>Writes an entry, in place of the one that the resource has.</summary>
    void Write(JournalEntry entry);

    /// <summary>Changes the resource's entry, when it has one.</summary>
    void Note(string urn, Func<JournalEntry, JournalEntry> change);

    /// <summary>Removes the resource's entry.</summary>
    void Remove(string urn);

    /// <summary>
    /// The answer is on its way to the engine. The entry stays for a while: a plugin that is killed now may take the answer with it, and
    /// an engine that is killed now may not have written its state yet.
    /// </summary>
    void Answered(string urn);

    /// <summary>The engine has ended its command in good order: what was answered is in its state.</summary>
    void CommandEnded();

    /// <summary>The engine has shown that it knows these disks: an entry about one of them is settled.</summary>
    void Settle(string urn, params IReadOnlyCollection<string> volumeIds);
}

/// <summary>The journal when it is switched off or has no place to be.</summary>
internal sealed class NoJournal : ICreateJournal
{
    public static readonly NoJournal Instance = new();

    public Task<JournalEntry?> TakeOverAsync(string urn, Action<JournalEntry> waiting, CancellationToken cancellationToken) =>
        Task.FromResult<JournalEntry?>(null);

    public IReadOnlyList<JournalEntry> Left(string urnPrefix) => [];

    public bool Has(string urn) => false;

    public void Write(JournalEntry entry)
    {
    }

    public void Note(string urn, Func<JournalEntry, JournalEntry> change)
    {
    }

    public void Remove(string urn)
    {
    }

    public void Answered(string urn)
    {
    }

    public void CommandEnded()
    {
    }

    public void Settle(string urn, params IReadOnlyCollection<string> volumeIds)
    {
    }
}

internal static class JournalKey
{
    /// <summary>The file name of a resource's entry: URNs have characters that file names cannot have.</summary>
    public static string Of(string urn) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(urn)))[..32];
}
