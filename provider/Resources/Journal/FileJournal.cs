using System.Text.Json;

namespace PulumiEvs.Resources.Journal;

/// <summary>
/// The journal as files, one for each create in flight: <c>KEY.json</c>, written whole or not at all. Taking one over moves it, which
/// only one process can do. Trouble with the files is reported, never fatal: a create without a record is still better than none.
/// </summary>
/// <param name="directory">Made when the first entry is written.</param>
/// <param name="report">Told of trouble, in words for the user.</param>
internal sealed class FileJournal(string directory, IProcessTable processes, TimeProvider time, Action<string> report) : ICreateJournal
{
    private static readonly TimeSpan OwnerPause = TimeSpan.FromMilliseconds(250);

    public async Task<JournalEntry?> TakeOverAsync(string urn, Action<JournalEntry> waiting, CancellationToken cancellationToken)
    {
        var told = false;
        while (Read(PathOf(urn)) is { } entry)
        {
            if (entry.Owner == processes.Self)
            {
                return entry;
            }

            if (!processes.IsAlive(entry.Owner))
            {
                return Take(urn, entry);
            }

            if (!told)
            {
                told = true;
                waiting(entry);
            }

            await Task.Delay(OwnerPause, time, cancellationToken);
        }

        return null;
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

    public void Settle(string urn, params IReadOnlyCollection<string> volumeIds)
    {
        if (Read(PathOf(urn)) is { VolumeId: { } known } && volumeIds.Contains(known))
        {
            Remove(urn);
        }
    }

    private JournalEntry? Take(string urn, JournalEntry entry)
    {
        var path = PathOf(urn);
        var taken = $"{path}.{processes.Self.Id}.taken";
        try
        {
            // Of several processes only one can move the file; the others find it gone.
            File.Move(path, taken, overwrite: true);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report($"The record of an interrupted create of {urn} could not be taken over ({e.Message}); it is followed all the same.");
            return entry;
        }

        var mine = entry with { Owner = processes.Self };
        Write(mine);
        Attempt(() => File.Delete(taken), "could not be removed");
        return mine;
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

    private string PathOf(string urn) => Path.Combine(directory, JournalKey.Of(urn) + ".json");
}
