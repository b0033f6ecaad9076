using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PulumiEvs.Plugin.Grpc;

/// <summary>A gRPC server on a loopback port of its own: Kestrel with HTTP/2 in clear text, and nothing else of ASP.NET Core.</summary>
internal sealed class GrpcServer : IAsyncDisposable
{
    /// <summary>Longer than any command. Not <see cref="Timeout.InfiniteTimeSpan"/>: Kestrel's clock overflows on that, and idle connections end at once.</summary>
    private static readonly TimeSpan NoIdleTimeout = TimeSpan.FromDays(365);

    private readonly WebApplication _app;
    private readonly OpenConnections _connections;
    private readonly TimeProvider _time;
    private readonly TimeSpan _shutdownTimeout;

    private GrpcServer(WebApplication app, OpenConnections connections, TimeProvider time, TimeSpan shutdownTimeout)
    {
        _app = app;
        _connections = connections;
        _time = time;
        _shutdownTimeout = shutdownTimeout;
        Port = new Uri(app.Urls.First()).Port;
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>How many clients are connected now.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Ends when the server begins to stop, while calls are still in flight.</summary>
    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    /// <param name="shutdownTimeout">How long calls in flight may take after the stop has begun; then their connections are cut.</param>
    public static async Task<GrpcServer> StartAsync(GrpcMethodTable methods, TimeProvider time, TimeSpan shutdownTimeout)
    {
        var connections = new OpenConnections();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            SetLimits(kestrel);
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.Use(connections.Counted);
            });
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = shutdownTimeout);

        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, SharedMemory>();

        // The one who starts the server decides when it ends: no signal handlers of the host's own.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();

        var app = builder.Build();
        app.Run(new GrpcDispatcher(methods, time).HandleAsync);
        await app.StartAsync();
        return new GrpcServer(app, connections, time, shutdownTimeout);
    }

    /// <summary>Begins the stop and returns at once.</summary>
    public void RequestStop() => _app.Lifetime.StopApplication();

    /// <summary>Returns when a stop was requested and calls in flight have ended, or have had their time.</summary>
    public async Task WaitForStopAsync()
    {
        var requested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = Stopping.Register(requested.SetResult);
        await requested.Task;

        // Kestrel gives connections another second after the host's timeout; whoever waits here has none to give.
        await Task.WhenAny(_app.StopAsync(), Task.Delay(_shutdownTimeout, _time));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void SetLimits(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;

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

    /// <summary>
    /// The process's own pool, in place of one that keeps every block of the largest crowd there ever was: ten thousand calls that come
    /// at once take a block each, and need it for a moment.
    /// </summary>
    private sealed class SharedMemory : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => MemoryPool<byte>.Shared;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
