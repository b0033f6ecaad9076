namespace PulumiEvs.Resources.Previews;

/// <summary>A read that the first who needs it sends, and all others wait for.</summary>
internal sealed class SharedRead<T>
    where T : class
{
    private TaskCompletionSource<T?>? _answer;

    /// <param name="read">Does the read; called once, by the first caller.</param>
    /// <param name="cancellationToken">Ends the waiting, not the read: others may wait for it too.</param>
    public async Task<T?> GetAsync(Func<Task<T?>> read, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = Interlocked.CompareExchange(ref _answer, mine, null);
        if (answer is null)
        {
            _ = CompleteAsync(mine, read);
        }

        return await (answer ?? mine).Task.WaitAsync(cancellationToken);
    }

    private static async Task CompleteAsync(TaskCompletionSource<T?> answer, Func<Task<T?>> read)
    {
        try
        {
            answer.SetResult(await read());
        }
#pragma warning disable CA1031 // Handed on to everyone who waits for the answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            answer.SetException(e);
        }
    }
}
