namespace PulumiEvs.Plugin.Service;

/// <summary>
/// One token for all operations in flight. Ending them leaves the plugin usable: operations that begin later get a new
/// token, because a process that was attached to outlives the command that cancels (protocol B1).
/// </summary>
internal sealed class OperationCancellation : IDisposable
{
    private CancellationTokenSource _current = new();

    /// <summary>The token of operations that begin now.</summary>
    public CancellationToken Token => Volatile.Read(ref _current).Token;

    /// <summary>Ends what is in flight, and returns before it has ended.</summary>
    public void CancelInFlight()
    {
        var ended = Interlocked.Exchange(ref _current, new CancellationTokenSource());

        // Not here: the continuations of every waiting operation would run before the answer to Cancel.
        _ = ended.CancelAsync();
    }

    public void Dispose() => _current.Dispose();
}
