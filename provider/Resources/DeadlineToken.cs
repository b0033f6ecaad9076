namespace PulumiEvs.Resources;

/// <summary>A token that ends when a time is over or when another token does.</summary>
internal sealed class DeadlineToken : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;

    public DeadlineToken(TimeSpan remaining, TimeProvider time, CancellationToken cancellationToken)
    {
        _timeout = new CancellationTokenSource(remaining, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>True when it was the time that ended the token.</summary>
    public bool IsTimedOut => _timeout.IsCancellationRequested;

    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}
