using System.Collections.Concurrent;
using System.Text.Json;

namespace PulumiEvs.Resources.Journal;

/// <summary>
/// The journal as files, one for each create in flight: <c>KEY.json</c>, written whole or not at all. Entries are taken over by one
/// process at a time, under a lock that ends with its holder. Trouble with the files is reported, never fatal: a create without a
/// record is still better than none.
/// </summary>
/// <param name="directory">Made when the first entry is written.</param>
/// <param name="report">Told of trouble, in words for the user.</param>
internal sealed class FileJournal(string directory, IProcessTable processes, TimeProvider time, Action<string> report) : ICreateJournal
{
    private const string Extension = ".json";
    private static readonly TimeSpan OwnerPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Taking over takes milliseconds: a lock that is not free for so many pauses is no lock of another process.</summary>
    private const int MostTries = 40;

    /// <summary>Within this an engine has written what it was answered to its state.</summary>
    private static readonly TimeSpan AnswerGrace = TimeSpan.FromMinutes(1);

    private readonly Lock _taking = new();

    /// <summary>The resources whose creates were answered, and when, the oldest first.</summary>
    private readonly ConcurrentQueue<(string Urn, long At)> _answered = new();

    public async Task<JournalEntry?> TakeOverAsync(string urn, Action<JournalEntry> waiting, CancellationToken cancellationToken)
    {
        var (told, tries) = (false, 0);
        while (Read(PathOf(urn)) is { } entry)
        {
            if (entry.Owner == processes.Self)
            {
                return entry;
            }

            if (!processes.IsAlive(entry.Owner))
            {
                if (TryTake(entry, ++tries) is { } mine)
                {
                    return mine;
                }
            }
            else if (!told)
            {
                told = true;
                waiting(entry);
            }

            await Task.Delay(OwnerPause, time, cancellationToken);
        }

        return null;
    }

    public IReadOnlyList<JournalEntry> Left(string urnPrefix)
    {
        var left = new List<JournalEntry>();
        Attempt(
            () =>
            {
                var files = Directory.Exists(directory) ? Directory.GetFiles(directory, "*" + Extension) : [];
                left.AddRange(files.Order(StringComparer.Ordinal).Select(Read).OfType<JournalEntry>().Where(
                    entry => entry.Urn.StartsWith(urnPrefix, StringComparison.Ordinal) && entry.Owner != processes.Self && !processes.IsAlive(entry.Owner)));
            },
            "could not be listed");
        return left;
    }

    public void Write(JournalEntry entry) => Attempt(
        () =>
        {
            Directory.CreateDirectory(directory);
            var path = PathOf(entry.Urn);
            var fresh = $"{path}.{processes.Self.Id}.new";
            File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Default.JournalEntry));
            File.Move(fresh, path, overwrite: true);
        },
        "could not be written: if this run is killed now, a volume may be made that no state has");

    public void Note(string urn, Func<JournalEntry, JournalEntry> change)
    {
        if (Read(PathOf(urn)) is { } entry)
        {
            Write(change(entry));
        }
    }

    public void Remove(string urn) => Attempt(() => File.Delete(PathOf(urn)), "could not be removed");

    public void Answered(string urn)
    {
        Note(urn, entry => entry with { AnsweredAt = time.GetUtcNow() });
        _answered.Enqueue((urn, time.GetTimestamp()));
        while (_answered.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > AnswerGrace && _answered.TryDequeue(out var old))
        {
            RemoveAnswered(old.Urn);
        }
    }

    public bool Has(string urn) => File.Exists(PathOf(urn));

    public void CommandEnded()
    {
        while (_answered.TryDequeue(out var answered))
        {
            RemoveAnswered(answered.Urn);
        }
    }

    /// <summary>Unless another create of the same resource has begun since.</summary>
    private void RemoveAnswered(string urn)
    {
        if (Read(PathOf(urn)) is { AnsweredAt: not null } entry && entry.Owner == processes.Self)
        {
            Remove(urn);
        }
    }

    public void Settle(string urn, params IReadOnlyCollection<string> volumeIds)
    {
        if (Read(PathOf(urn)) is { VolumeId: { } known } && volumeIds.Contains(known))
        {
            Remove(urn);
        }
    }

    /// <summary>The entry as this process's own; null when another process is taking, or has taken, an entry just now.</summary>
    private JournalEntry? TryTake(JournalEntry entry, int tries)
    {
        // A process's own threads share its lock on the file.
        lock (_taking)
        {
            try
            {
                using var others = new FileStream(directory + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                if (Read(PathOf(entry.Urn)) is not { } still || still.Owner != entry.Owner)
                {
                    return null;
                }

                var mine = still with { Owner = processes.Self };
                Write(mine);
                return mine;
            }
            catch (IOException) when (tries < MostTries)
            {
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                report($"The record of an interrupted create of {entry.Urn} could not be taken over ({e.Message}); it is followed all the same.");
                return entry;
            }
        }
    }

    private JournalEntry? Read(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            var entry = JsonSerializer.Deserialize(File.ReadAllBytes(path), JournalJson.Default.JournalEntry);
            return entry is { Format: 1 } ? entry : throw new JsonException("its format is not known");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // Set aside, so that it is reported once and kept for a person to look at.
            report($"The record of a create in {path} cannot be read ({e.Message}); it is set aside as {Path.GetFileName(path)}.unreadable. "
                + "If that run was killed, look for a volume that no stack has.");
            Attempt(() => File.Move(path, path + ".unreadable", overwrite: true), "could not be set aside");
            return null;
        }
    }

    private void Attempt(Action action, string trouble)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report($"The record of a create under {directory} {trouble} ({e.Message}).");
        }
    }

    private string PathOf(string urn) => Path.Combine(directory, JournalKey.Of(urn) + Extension);
}
