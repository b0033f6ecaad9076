using System.Text.Json;
using EvsSimulator.Core;

namespace EvsSimulator.Persistence;

/// <summary>
/// Keeps the cloud's state in a file. A change is answered only once it is in the file; changes that come while the file
/// is being written go into the next writing together. The file is replaced by renaming, so it is whole at any moment.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private static readonly TimeSpan WaitPause = TimeSpan.FromMilliseconds(50);

    private readonly string path;
    private readonly Cloud cloud;
    private readonly FileStream lockFile;
    private readonly SemaphoreSlim writing = new(1);
    private long savedVersion;

    private StateFile(string path, Cloud cloud, FileStream lockFile)
    {
        this.path = path;
        this.cloud = cloud;
        this.lockFile = lockFile;
    }

    /// <summary>The whole path of the file.</summary>
    public string FullPath => path;

    /// <summary>Takes the file for this process and puts the cloud into the state it holds, if it is there.</summary>
    /// <exception cref="StateFileException">Another process has it, or it cannot be read; the message says which.</exception>
    public static StateFile Open(string path, Cloud cloud)
    {
        var full = Path.GetFullPath(path);
        FileStream lockFile;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            lockFile = new FileStream(full + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateFileException($"state file {full} cannot be used, or another evs-simulator is using it: {e.Message}", e)
            {
                MayBeInUse = e is IOException and not DirectoryNotFoundException,
            };
        }

        try
        {
            var file = new StateFile(full, cloud, lockFile);
            file.Load();
            return file;
        }
        catch
        {
            lockFile.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="Open"/>, after waiting for another process to let go of the file.</summary>
    /// <param name="patience">How long to wait for that.</param>
    /// <param name="clock">Measures it.</param>
    public static async Task<StateFile> OpenAsync(string path, Cloud cloud, TimeSpan patience, TimeProvider clock)
    {
        var begun = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return Open(path, cloud);
            }
            catch (StateFileException e) when (e.MayBeInUse && clock.GetElapsedTime(begun) < patience)
            {
                await Task.Delay(WaitPause, clock);
            }
        }
    }

    /// <summary>Returns when every change made so far is in the file.</summary>
    public async Task SaveAsync()
    {
        var version = cloud.Run(world => world.Store.Version);
        if (Interlocked.Read(ref savedVersion) >= version)
        {
            return;
        }

        await writing.WaitAsync();
        try
        {
            if (Interlocked.Read(ref savedVersion) < version)
            {
                var (document, upTo) = cloud.Run(world => (StateDocument.Of(world), world.Store.Version));
                await WriteAsync(document);
                Interlocked.Exchange(ref savedVersion, upTo);
            }
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose()
    {
        lockFile.Dispose();
        writing.Dispose();
    }

    private void Load()
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            using var stream = File.OpenRead(path);
            var document = JsonSerializer.Deserialize(stream, StateJson.Default.StateDocument)
                ?? throw new JsonException("it is empty");
            if (document.Format != StateDocument.CurrentFormat)
            {
                throw new StateFileException(
                    $"state file {path} has format {document.Format}; this program reads format {StateDocument.CurrentFormat}", null);
            }

            document.Restore(cloud);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StateFileException($"state file {path} cannot be read: {e.Message}", e);
        }

        savedVersion = cloud.Run(world => world.Store.Version);
    }

    private async Task WriteAsync(StateDocument document)
    {
        var temporary = path + ".new";
        await using (var stream = File.Create(temporary))
        {
            await JsonSerializer.SerializeAsync(stream, document, StateJson.Default.StateDocument);
        }

        File.Move(temporary, path, overwrite: true);
    }
}

/// <summary>A state file that cannot be used; the message names the file and the reason.</summary>
internal sealed class StateFileException(string message, Exception? inner) : Exception(message, inner)
{
    /// <summary>Another process may have it, and let go of it.</summary>
    public bool MayBeInUse { get; init; }
}
