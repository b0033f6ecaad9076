using System.Net;
using EvsSimulator.Core;
using EvsSimulator.Http.Local;
using EvsSimulator.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EvsSimulator.Http;

/// <summary>The HTTP side of the cloud on a loopback port.</summary>
internal static class Server
{
    /// <summary>The largest body the gateway takes.</summary>
    private const long MaxBody = 12 * 1024 * 1024;

    /// <summary>Builds the server; it answers once it is started.</summary>
    public static WebApplication Build(int port, Cloud cloud, Pipeline pipeline, LocalApi local, Doorway doorway, StateFile? stateFile)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaxBody;
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MinResponseDataRate = null;
            options.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => new DoorwayListenerFactory(
            new SocketTransportFactory(services.GetRequiredService<IOptions<SocketTransportOptions>>(), NullLoggerFactory.Instance),
            doorway));

        // Requests under way are cut when the program is told to end.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(1));

        var app = builder.Build();
        app.UseRouting();
        foreach (var route in RouteTable.Of(cloud.Settings.Cloud))
        {
            app.MapMethods(route.Template, [route.Method], context => pipeline.RunAsync(context, route));
        }

        foreach (var route in local.Routes)
        {
            app.MapMethods(route.Template, [route.Method], context => RunLocalAsync(context, route, stateFile));
        }

        app.MapFallback(RouteTable.Unknown.Template, context => pipeline.RunAsync(context, RouteTable.Unknown));
        return app;
    }

    /// <summary>The address a started server answers at.</summary>
    public static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    private static async Task RunLocalAsync(HttpContext context, LocalRoute route, StateFile? stateFile)
    {
        var body = await Pipeline.ReadBodyAsync(context);
        var values = context.Request.RouteValues.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "");
        var answer = route.Handle(new LocalCall(values, context.Request.Query, body));
        if (stateFile is not null && route.Method != "GET")
        {
            await stateFile.SaveAsync();
        }

        await Pipeline.WriteAsync(context, answer);
    }
}
