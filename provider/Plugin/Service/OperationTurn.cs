namespace PulumiEvs.Plugin.Service;

/// <summary>An operation that may begin.</summary>
/// <param name="ended">Ends with the operation's call, and with every operation in flight.</param>
/// <param name="place">Where it counts until it is under way.</param>
internal sealed class OperationTurn(CancellationTokenSource ended, Doorway.Place place) : IDisposable
{
    public CancellationToken Token => ended.Token;

    /// <summary>The service has answered it: the next one may begin.</summary>
    public void UnderWay() => place.Leave();

    public void Dispose()
    {
        place.Leave();
        ended.Dispose();
    }
}
