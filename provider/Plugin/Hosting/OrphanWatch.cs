using PulumiEvs.Plugin.Engine;

namespace PulumiEvs.Plugin.Hosting;

/// <summary>
/// Ends a plugin whose engine is gone: nothing in the protocol does, and an engine that was killed leaves its plugins
/// waiting for ever (protocol V23). The engine counts as gone when its port refused connections several times in a row,
/// and either the process that started the plugin has ended, or the engine had been there before and nobody is
/// connected any more. So it never ends a plugin that somebody attached to, or whose address was never an engine's.
/// </summary>
/// <param name="starterHasEnded">Whether the process that started the plugin has ended.</param>
/// <param name="connectionCount">How many clients are connected to the plugin.</param>
/// <param name="engineIsReachable">Whether something listens at the engine's address.</param>
internal sealed class OrphanWatch(
    EngineLink engine, Func<bool> starterHasEnded, Func<int> connectionCount, Func<string, Task<bool>> engineIsReachable, TimeProvider time)
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Refusals in a row that make the engine gone: with <see cref="Period"/>, 6 to 8 s after its end.</summary>
    public const int Refusals = 4;

    private bool _engineWasThere;
    private int _refusals;

    /// <summary>Returns when the plugin is an orphan.</summary>
    /// <exception cref="OperationCanceledException">The plugin ended otherwise.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        do
        {
            await Task.Delay(Period, time, cancellationToken);
        }
        while (!await IsOrphanAsync());
    }

    private async Task<bool> IsOrphanAsync()
    {
        if (!engine.EndsWithEngine || engine.Address is not { } address)
        {
            _refusals = 0;
            return false;
        }

        var isAlone = connectionCount() == 0;
        var isAbandoned = starterHasEnded();

        // In the ordinary life of a plugin its engine is asked once and then left in peace.
        if (_engineWasThere && !isAlone && !isAbandoned)
        {
            _refusals = 0;
            return false;
        }

        if (await engineIsReachable(address))
        {
            _engineWasThere = true;
            _refusals = 0;
            return false;
        }

        _refusals++;
        return _refusals >= Refusals && (isAbandoned || (isAlone && _engineWasThere));
    }
}
