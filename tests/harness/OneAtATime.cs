namespace PulumiEvs.Harness;

/// <summary>Runs what is given to it one after the other, in the order of coming.</summary>
internal sealed class OneAtATime
{
    private readonly Lock _lock = new();

    /// <summary>Ends with the last one that came.</summary>
    private Task _last = Task.CompletedTask;

    public async Task<T> RunAsync<T>(Func<Task<T>> run)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_lock)
        {
            (before, _last) = (_last, ended.Task);
        }

        try
        {
            await before;
            return await run();
        }
        finally
        {
            ended.SetResult();
        }
    }
}
