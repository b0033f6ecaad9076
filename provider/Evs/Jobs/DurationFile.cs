using System.Text.Json;

namespace PulumiEvs.Evs.Jobs;

/// <summary>
/// The file in which what was learnt of durations outlives a run. Safe to lose: a file that is not there or cannot be understood
/// is an empty one. Written whole or not at all, by one process at a time.
/// </summary>
/// <param name="path">Its folder is made when it is first written.</param>
internal sealed class DurationFile(string path, TimeProvider time)
{
    /// <summary>More kinds than anybody uses; beyond it the ones longest not seen are dropped.</summary>
    private const int MostKinds = 200;

    /// <summary>A write that has not ended by then never will.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(30);

    public IReadOnlyList<DurationRecord> Read() => ReadDocument() is { Format: DurationDocument.KnownFormat } document
        ? [.. document.Kinds.Where(kind => kind.IsSound).DistinctBy(kind => kind.Key)]
        : [];

    /// <summary>Changes the file's content. What other processes have written meanwhile is what <paramref name="change"/> gets.</summary>
    /// <returns>False when another process is writing: nothing was done.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public bool Update(Func<IReadOnlyList<DurationRecord>, IEnumerable<DurationRecord>> change)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var fresh = path + ".new";
        RemoveAbandoned(fresh);
        FileStream stream;
        try
        {
            // Making the new file is also the lock: of several processes only one can.
            stream = new FileStream(fresh, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }
        catch (IOException) when (File.Exists(fresh))
        {
            return false;
        }

        try
        {
            using (stream)
            {
                if (ReadDocument() is { Format: > DurationDocument.KnownFormat })
                {
                    // A later version's: it is left to that.
                    File.Delete(fresh);
                    return true;
                }

                var kinds = change(Read()).OrderByDescending(kind => kind.Seen).Take(MostKinds).ToArray();
                JsonSerializer.Serialize(stream, new DurationDocument { Kinds = kinds }, DurationJson.Default.DurationDocument);
            }

            File.Move(fresh, path, overwrite: true);
            return true;
        }
        catch
        {
            File.Delete(fresh);
            throw;
        }
    }

    private DurationDocument? ReadDocument()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), DurationJson.Default.DurationDocument) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // Not worth a word to anybody: without it, waits are as good as in a first run. The next write puts it right.
            return null;
        }
    }

    private void RemoveAbandoned(string fresh)
    {
        if (File.Exists(fresh) && time.GetUtcNow() - File.GetLastWriteTimeUtc(fresh) > LongestWrite)
        {
            File.Delete(fresh);
        }
    }
}
