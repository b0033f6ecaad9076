using System.Net;
using Microsoft.AspNetCore.Connections;

namespace EvsSimulator.Http;

/// <summary>The port, which a fault can close for a while so that connections are refused.</summary>
internal sealed class Doorway(TimeProvider clock)
{
    private readonly Lock gate = new();
    private TaskCompletionSource closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset closedUntil = DateTimeOffset.MinValue;

    public bool IsClosed => ClosedFor > TimeSpan.Zero;

    /// <summary>How long the port has still to stay closed.</summary>
    public TimeSpan ClosedFor
    {
        get
        {
            lock (gate)
            {
                return closedUntil - clock.GetUtcNow();
            }
        }
    }

    /// <summary>Ends when the port is to be closed.</summary>
    public Task Closing
    {
        get
        {
            lock (gate)
            {
                return closing.Task;
            }
        }
    }

    public void Close(TimeSpan length)
    {
        lock (gate)
        {
            closedUntil = clock.GetUtcNow() + length;
            closing.TrySetResult();
        }
    }

    /// <summary>Waits until the port may open again.</summary>
    public async Task WaitUntilOpenAsync(CancellationToken cancellation)
    {
        while (ClosedFor is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, clock, cancellation);
        }

        lock (gate)
        {
            closing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

/// <summary>Listens as the transport does, but lets go of the port while the doorway is closed.</summary>
internal sealed class DoorwayListenerFactory(IConnectionListenerFactory transport, Doorway doorway) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(transport, doorway, await transport.BindAsync(endpoint, cancellationToken));

    private sealed class Listener(IConnectionListenerFactory transport, Doorway doorway, IConnectionListener first) : IConnectionListener
    {
        private IConnectionListener current = first;

        public EndPoint EndPoint { get; } = first.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (true)
            {
                var accepting = current.AcceptAsync(cancellationToken).AsTask();
                if (await Task.WhenAny(accepting, doorway.Closing) == accepting)
                {
                    return await accepting;
                }

                await current.UnbindAsync(CancellationToken.None);
                if (await accepting is { } tooLate)
                {
                    tooLate.Abort();
                }

                await current.DisposeAsync();
                await doorway.WaitUntilOpenAsync(cancellationToken);
                current = await transport.BindAsync(EndPoint, cancellationToken);
            }
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => current.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => current.DisposeAsync();
    }
}
