using System.Net;
using System.Net.Sockets;
using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Functional.Configuration;

/// <summary>The clouds that a wrong configuration is tried against.</summary>
public sealed class MisconfigurationClouds : IAsyncLifetime
{
    internal SimulatorProcess Cloud { get; private set; } = null!;

    internal TlsFront Tls { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Cloud = await SimulatorProcess.StartAsync();
        Tls = await TlsFront.StartAsync(Cloud.Url);
    }

    public async Task DisposeAsync()
    {
        await Tls.DisposeAsync();
        await Cloud.DisposeAsync();
    }
}

/// <summary>Each wrong configuration gives one message, and it names what to change.</summary>
public sealed class MisconfigurationTests(MisconfigurationClouds clouds) : IClassFixture<MisconfigurationClouds>
{
    public static TheoryData<string> Names => [.. Misconfigurations.All.Select(each => each.What)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_wrong_configuration_is_told_in_one_message(string what)
    {
        var wrong = Misconfigurations.All.Single(each => each.What == what);
        using var machine = new Machine();
        await clouds.Cloud.ConfigureAsync(Accounts.SetUp("local-1"));
        await clouds.Cloud.ClearFaultsAsync();
        if (wrong.SetUp is { } setUp)
        {
            await clouds.Cloud.ConfigureAsync(setUp);
        }

        if (wrong.Fault is { } fault)
        {
            await clouds.Cloud.AddFaultAsync(fault);
        }

        foreach (var (name, value) in wrong.Variables)
        {
            machine.Variables[name] = value;
        }

        foreach (var (path, text) in wrong.Files)
        {
            machine.Write(path, text);
        }

        var told = await machine.TryAsync(PropertyMap.From(wrong.Configuration.Select(entry => KeyValuePair.Create(entry.Key, Filled(entry.Value, machine)))));

        machine.Plain(told.ShouldNotBeNull("it works")).ShouldBe(wrong.Message);
        told.ShouldNotContain("hush");
    }

    [Fact]
    public async Task The_configuration_that_they_are_changes_of_is_right()
    {
        using var machine = new Machine();
        await clouds.Cloud.ConfigureAsync(Accounts.SetUp("local-1"));
        await clouds.Cloud.ClearFaultsAsync();

        (await machine.TryAsync(PropertyMap.From(Misconfiguration.Good().Select(entry => KeyValuePair.Create(entry.Item1, Filled(entry.Item2, machine)))))).ShouldBeNull();
    }

    [Fact]
    public async Task All_problems_are_told_at_once()
    {
        using var machine = new Machine();
        machine.Variables["HW_REGION_NAME"] = "eu-de";

        var told = await machine.TryAsync(PropertyMap.Of(
            ("accessKey", "AK"), ("maxRetries", -1), ("agencyName", "deploy"), ("caCertFile", "/nowhere/ca.pem"), ("regoin", "eu-de"), ("authUrl", "http://iam.example")));

        told.ShouldBe("""
            evs:maxRetries must be from 0 to 100, but is -1
            evs:regoin is not a property; did you mean region?
            evs:accessKey is set, but evs:secretKey is not: set both, or neither
            evs:authUrl "http://iam.example" would send credentials in the clear: plain http is allowed only to this machine, use https
            HW_REGION_NAME "eu-de" belongs to Open Telekom Cloud, not to Huawei Cloud: set evs:cloud to "opentelekomcloud", or choose another region
            evs:caCertFile "/nowhere/ca.pem" cannot be used: there is no such file
            evs:agencyName is set ("deploy"), but evs:agencyDomainName is not: set it to the name of the account that has the agency
            """);
    }

    private PropertyValue Filled(PropertyValue value, Machine machine) => value is PropertyValue.Text { Value: var text }
        ? text
            .Replace("https:CLOUD", clouds.Cloud.Url.Replace("http:", "https:", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("CLOUD", clouds.Cloud.Url, StringComparison.Ordinal)
            .Replace("TLS", clouds.Tls.Url, StringComparison.Ordinal)
            .Replace("CLOSED", $"http://127.0.0.1:{ClosedPort()}", StringComparison.Ordinal)
            .Replace("HOME", machine.Home, StringComparison.Ordinal)
        : value;

    /// <summary>A port that nobody listens at.</summary>
    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
