using System.Net;
using System.Net.Sockets;
using System.Text;
using PulumiEvs.Harness;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;

namespace PulumiEvs.Tests.Functional.Configuration;

/// <summary>How requests get to the cloud.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Requests_go_over_one_connection_with_HTTP_2_where_it_is_offered()
    {
        await using var cloud = await SimulatorProcess.StartAsync();
        await using var front = await TlsFront.StartAsync(cloud.Url);
        using var machine = new Machine();
        machine.Write("ca.pem", front.Pem);
        using var provider = machine.Provider();
        await provider.ConfigureAsync(
            Machine.Urn,
            PropertyMap.Of(
                ("endpoint", front.Url), ("caCertFile", "~/ca.pem"), ("region", "local-1"),
                ("accessKey", SimulatorProcess.AccessKey), ("secretKey", SimulatorProcess.SecretKey)),
            new NoLog(),
            CancellationToken.None);

        for (var i = 0; i < 3; i++)
        {
            await provider.Function("evs:index:getQuotas").InvokeAsync(PropertyMap.Empty, new NoLog(), CancellationToken.None);
        }

        front.Protocols.ShouldBe(["HTTP/2", "HTTP/2", "HTTP/2", "HTTP/2"], "the look-up of the project, and three requests");
        front.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task The_proxy_of_the_environment_is_used_and_named_when_it_refuses()
    {
        await using var stage = await Stage.OpenAsync();
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var asked = RefuseOnceAsync(proxy);
        var plugin = await stage.StartPluginAsync(new Dictionary<string, string?>
        {
            ["HTTPS_PROXY"] = $"http://127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}",
            ["NO_PROXY"] = null,
            ["no_proxy"] = null,
        });
        await new EngineDriver(plugin.Client).StartAsync(PropertyMap.Of(
            ("cloud", "opentelekomcloud"), ("region", "eu-de"), ("projectId", SimulatorProcess.ProjectId), ("token", "t"), ("maxRetries", 0)));

        var failure = await Should.ThrowAsync<GrpcStatusException>(
            () => plugin.Client.InvokeAsync(new InvokeRequest { Tok = "evs:index:getQuotas", Args = PropertyEncoder.Encode(PropertyMap.Empty) }));

        (await asked).ShouldStartWith("CONNECT evs.eu-de.otc.t-systems.com:443 HTTP/1.1");
        failure.Message.ShouldContain("The proxy did not let the connection through: check the proxy variables and NO_PROXY.");
    }

    /// <summary>Refuses to connect whoever comes first, and gives what was asked.</summary>
    private static async Task<string> RefuseOnceAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var asked = new StringBuilder();
        var buffer = new byte[1024];
        while (!asked.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) is > 0 and var read)
        {
            asked.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        await stream.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        return asked.ToString();
    }

    private sealed class NoLog : IOperationLog
    {
        public void Status(string text)
        {
        }

        public void Info(string text)
        {
        }

        public void Warning(string text)
        {
        }

        public void Debug(string text)
        {
        }
    }
}
