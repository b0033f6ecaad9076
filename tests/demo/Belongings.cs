namespace PulumiEvs.Demo;

/// <summary>Processes and folders that end with the demo, the last one first, however it ends.</summary>
internal sealed class Belongings : IAsyncDisposable
{
    private readonly Stack<Func<ValueTask>> _ends = new();

    public T Add<T>(T belonging)
        where T : IAsyncDisposable
    {
        _ends.Push(belonging.DisposeAsync);
        return belonging;
    }

    /// <returns>The path of a new folder.</returns>
    public string Folder(string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix);
        _ends.Push(() =>
        {
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        });
        return folder.FullName;
    }

    public async ValueTask DisposeAsync()
    {
        while (_ends.TryPop(out var end))
        {
            await end();
        }
    }
}
