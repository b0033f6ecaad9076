using System.Diagnostics;
using System.Text.Json;
using PulumiEvs.Harness;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Plugin.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Process;

/// <summary>The plugin as a process: its port, its schema, its end.</summary>
public sealed class PluginProcessTests
{
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Its_first_line_is_its_port_and_nothing_follows()
    {
        await using var stage = await Stage.OpenAsync();
        var plugin = await stage.StartPluginAsync();

        plugin.Port.ShouldBeInRange(1, 65535);
        (await plugin.Client.GetPluginInfoAsync()).Version.ShouldMatch("^[0-9]+\\.[0-9]+\\.[0-9]+");
        plugin.Process.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_serves_its_schema_unconfigured_and_every_property_is_described()
    {
        await using var stage = await Stage.OpenAsync();
        var plugin = await stage.StartPluginAsync();

        using var schema = JsonDocument.Parse((await plugin.Client.GetSchemaAsync()).Schema);

        var volume = schema.RootElement.GetProperty("resources").GetProperty("evs:index:Volume");
        foreach (var property in VolumeDeclaration.Declaration.Properties)
        {
            volume.GetProperty("properties").GetProperty(property.Name).GetProperty("description").GetString().ShouldNotBeNullOrEmpty();
            volume.GetProperty("inputProperties").TryGetProperty(property.Name, out _).ShouldBe(property.IsInput);
        }
    }

    [Fact]
    public async Task It_ends_within_two_seconds_of_SIGINT_while_a_create_waits()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "*=1h");
        var driver = await stage.StartDriverAsync();
        var plugin = stage.LastPlugin;
        var creating = driver.UpAsync(Volume());
        await WaitForRunningJobAsync(stage);

        var begun = Stopwatch.GetTimestamp();
        plugin.Process.Interrupt();
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await plugin.Process.WaitForExitAsync(bound.Token);

        Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(EndBound);
        plugin.Process.ExitCode.ShouldBe(0);
        await creating;
    }

    [Fact]
    public async Task It_ends_at_once_when_idle()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.StartDriverAsync();

        stage.LastPlugin.Process.Interrupt();
        using var bound = new CancellationTokenSource(EndBound);
        await stage.LastPlugin.Process.WaitForExitAsync(bound.Token);

        stage.LastPlugin.Process.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_create_ends_as_cancelled_with_its_disk_when_Cancel_is_called_and_the_next_call_works()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "*=1h");
        await stage.StartDriverAsync();
        var client = stage.LastPlugin.Client;
        var creating = client.CreateAsync(new CreateRequest
        {
            Urn = "urn:pulumi:dev::project::evs:index:Volume::data",
            Name = "data",
            Type = "evs:index:Volume",
            Properties = PropertyEncoder.Encode(Disk(("name", "data"))),
        });
        await WaitForRunningJobAsync(stage);

        var begun = Stopwatch.GetTimestamp();
        await client.CancelAsync();
        await client.CancelAsync();
        var failure = await Should.ThrowAsync<GrpcStatusException>(creating);

        Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(1.5));
        failure.Code.ShouldBe(GrpcStatusCode.Cancelled);
        var partial = ProviderClient.InitFailedOf(failure).ShouldNotBeNull();
        partial.Id.ShouldBe((await stage.Cloud.VolumesAsync()).Keys.Single());
        partial.Reasons.ShouldHaveSingleItem().ShouldContain("was cancelled");
        partial.RefreshBeforeUpdate.ShouldBeTrue();
        (await client.GetPluginInfoAsync()).Version.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Five_hundred_creates_at_once_over_one_connection_all_finish()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "*=200ms..600ms");
        var driver = await stage.StartDriverAsync();

        var steps = await driver.UpInParallelAsync([.. Enumerable.Range(1, 500).Select(number => new Wish($"disk-{number}", Disk()))]);

        steps.SelectMany(step => step.Errors).ShouldBeEmpty();
        driver.State.Values.Select(resource => resource.Id).Order().ShouldBe((await stage.Cloud.VolumesAsync()).Keys.Order());
    }

    [Fact]
    public async Task It_ends_itself_when_its_engine_is_gone()
    {
        await using var stage = await Stage.OpenAsync();
        var engine = await EngineDouble.StartAsync();
        await using var plugin = await PluginProcess.StartAsync(stage.Home, engine.Address);
        await plugin.Client.HandshakeAsync(new ProviderHandshakeRequest { EngineAddress = engine.Address, RootDirectory = "/plugin", ProgramDirectory = "/plugin" });
        await Task.Delay(TimeSpan.FromSeconds(3));

        await engine.DisposeAsync();
        plugin.Client.Dispose();
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await plugin.Process.WaitForExitAsync(bound.Token);

        plugin.Process.ExitCode.ShouldBe(0);
    }

    private static Task WaitForRunningJobAsync(Stage stage) => Waiting.UntilAsync(
        () => stage.Engine.Lines.Any(line => line.IsStatus && line.Text.StartsWith("creating: job RUNNING", StringComparison.Ordinal)), "the job runs");
}
