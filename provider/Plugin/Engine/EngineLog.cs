using System.Threading.Channels;
using PulumiEvs.Plugin.Protos;

namespace PulumiEvs.Plugin.Engine;

/// <summary>
/// The way of all lines to the engine: one bounded queue in order, emptied by one sender. Writing never throws, never
/// blocks and never waits; what the engine takes too slowly is left out and counted, DEBUG lines first.
/// </summary>
/// <param name="link">Where to send; lines written while there is no engine go nowhere.</param>
/// <param name="send">Sends one line to the engine at an address.</param>
/// <param name="trouble">Told of the first failure in a row, for the process's own error output.</param>
internal sealed class EngineLog(EngineLink link, Func<string, LogRequest, Task> send, Action<string> trouble, TimeProvider time)
{
    /// <summary>Lines that may wait. DEBUG lines may take half of it.</summary>
    public const int Capacity = 8192;

    private readonly Channel<Entry> _queue = Channel.CreateBounded<Entry>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private int _started;
    private int _leftOut;

    /// <summary>The log of one operation.</summary>
    /// <param name="urn">The resource that its lines belong to; empty = the stack.</param>
    /// <param name="underWay">Told when the operation is under way.</param>
    public OperationLog For(string urn, Action? underWay = null) => new(this, urn, underWay);

    /// <remarks>
    /// There is no ERROR: the engine marks a row that got one as failed even when its operation succeeds (protocol V16).
    /// Errors are answers.
    /// </remarks>
    public void Write(LogSeverity severity, string urn, string message, bool ephemeral = false)
    {
        if (link.Address is null)
        {
            return;
        }

        var hasRoom = severity != LogSeverity.Debug || _queue.Reader.Count < Capacity / 2;
        if (!hasRoom || !Enqueue(new Entry(new LogRequest { Severity = severity, Urn = urn, Message = message, Ephemeral = ephemeral }, null)))
        {
            Interlocked.Increment(ref _leftOut);
        }
    }

    /// <summary>Returns when every line written before has been sent, or after <paramref name="patience"/>.</summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Volatile.Read(ref _started) == 0 || !Enqueue(new Entry(null, sent)))
        {
            return;
        }

        using var over = new CancellationTokenSource(patience, time);
        await using var _ = over.Token.Register(() => sent.TrySetResult());
        await sent.Task;
    }

    private bool Enqueue(Entry entry)
    {
        if (!_queue.Writer.TryWrite(entry))
        {
            return false;
        }

        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            _ = Task.Run(SendAllAsync);
        }

        return true;
    }

    private async Task SendAllAsync()
    {
        var failing = false;
        await foreach (var (line, drained) in _queue.Reader.ReadAllAsync())
        {
            drained?.TrySetResult();
            if (line is null || link.Address is not { } address)
            {
                continue;
            }

            try
            {
                if (Interlocked.Exchange(ref _leftOut, 0) is var count and > 0)
                {
                    await send(address, new LogRequest { Severity = LogSeverity.Debug, Message = $"{count} log lines were left out: more than the engine took" });
                }

                await send(address, line);
                failing = false;
            }
#pragma warning disable CA1031 // A log that fails must not end the operations it tells of; the process's error output hears of it.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                if (!failing)
                {
                    trouble($"log lines do not reach the engine at {address}: {failure.Message}");
                }

                failing = true;
            }
        }
    }

    /// <summary>A line to send, or the promise that all before it are sent.</summary>
    private readonly record struct Entry(LogRequest? Line, TaskCompletionSource? Drained);
}
