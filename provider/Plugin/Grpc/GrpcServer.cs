using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace PulumiEvs.Plugin.Grpc;

/// <summary>
/// A gRPC server on a loopback port of its own: Kestrel with HTTP/2 in clear text, and nothing else of ASP.NET Core. A host with its
/// services, middleware and diagnostics would add to every start and to every call that waits, and has nothing to do here.
/// </summary>
internal sealed class GrpcServer : IAsyncDisposable
{
    /// <summary>Longer than any command. Not <see cref="Timeout.InfiniteTimeSpan"/>: Kestrel's clock overflows on that, and idle connections end at once.</summary>
    private static readonly TimeSpan NoIdleTimeout = TimeSpan.FromDays(365);

    private readonly KestrelServer _kestrel;
    private readonly OpenConnections _connections;
    private readonly TimeProvider _time;
    private readonly TimeSpan _shutdownTimeout;
    private readonly CancellationTokenSource _stopping = new();

    private GrpcServer(KestrelServer kestrel, OpenConnections connections, TimeProvider time, TimeSpan shutdownTimeout)
    {
        _kestrel = kestrel;
        _connections = connections;
        _time = time;
        _shutdownTimeout = shutdownTimeout;
        Port = new Uri(kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>How many clients are connected now.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Ends when the server begins to stop, while calls are still in flight.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <param name="shutdownTimeout">How long calls in flight may take after the stop has begun; then their connections are cut.</param>
    public static async Task<GrpcServer> StartAsync(GrpcMethodTable methods, TimeProvider time, TimeSpan shutdownTimeout)
    {
        var connections = new OpenConnections();
        var options = new KestrelServerOptions { AddServerHeader = false };
        SetLimits(options.Limits);
        options.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(connections.Counted);
        });
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var kestrel = new KestrelServer(Options.Create(options), sockets, NullLoggerFactory.Instance);
        await kestrel.StartAsync(new GrpcDispatcher(methods, time), CancellationToken.None);
        return new GrpcServer(kestrel, connections, time, shutdownTimeout);
    }

    /// <summary>Begins the stop and returns at once.</summary>
    public void RequestStop() => _stopping.Cancel();

    /// <summary>Returns when a stop was requested and calls in flight have ended, or have had their time.</summary>
    public async Task WaitForStopAsync()
    {
        var requested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = Stopping.Register(requested.SetResult);
        await requested.Task;

        // Kestrel gives connections another second after the timeout; whoever waits here has none to give.
        await Task.WhenAny(StopAsync(), Task.Delay(_shutdownTimeout, _time));
    }

    public async ValueTask DisposeAsync()
    {
        RequestStop();
        await StopAsync();
        _kestrel.Dispose();
        _stopping.Dispose();
    }

    private async Task StopAsync()
    {
        using var timeout = new CancellationTokenSource(_shutdownTimeout, _time);
        await _kestrel.StopAsync(timeout.Token);
    }

    private static void SetLimits(KestrelServerLimits limits)
    {
        // A big stack has hundreds of operations waiting on one connection; the default of 100 would stall it.
        limits.Http2.MaxStreamsPerConnection = 1 << 20;

        // What may come before it is read, over all calls: each takes a block of memory until then, and ten thousand may come at once.
        // The way is short, so that a long message is hardly slower for it.
        limits.Http2.InitialConnectionWindowSize = 128 * 1024;
        limits.Http2.InitialStreamWindowSize = 128 * 1024;
        limits.MaxRequestBodySize = null;

        // An engine may be silent for hours while another provider works: neither slowness nor idleness ends a connection.
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.KeepAliveTimeout = NoIdleTimeout;
    }

    private sealed class OpenConnections
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public ConnectionDelegate Counted(ConnectionDelegate next) => async connection =>
        {
            Interlocked.Increment(ref _count);
            try
            {
                await next(connection);
            }
            finally
            {
                Interlocked.Decrement(ref _count);
            }
        };
    }
}
