using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;

namespace PulumiEvs.Tests.Functional.Configuration;

/// <summary>Credentials that end while a disk is being made: nobody notices.</summary>
public sealed class RenewalTests
{
    private static readonly Dictionary<string, string?> Password = new()
    {
        ["OS_USERNAME"] = "local-user",
        ["OS_PASSWORD"] = "local-password",
        ["OS_USER_DOMAIN_NAME"] = "local-domain",
    };

    [Fact]
    public async Task Nobody_notices_that_a_token_expires_in_the_middle_of_a_wait()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "createVolume=4s", "--token-lifetime", "2s", "--seed", "7");
        var driver = await StartAsync(stage, Password);

        (await driver.UpAsync(Programs.Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        var requests = await stage.Cloud.RequestsAsync();
        requests.Count(request => request.Operation == "createToken").ShouldBeGreaterThan(1);
        NothingWasTold(stage);
    }

    [Fact]
    public async Task A_token_that_the_service_takes_back_is_renewed_once_for_all_that_wait()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "createVolume=500ms", "--seed", "7");
        var driver = await StartAsync(stage, Password);
        await stage.Cloud.AddFaultAsync("""{"operation": "getJob", "nth": 1, "effect": "expireToken"}""");
        await stage.Cloud.AddFaultAsync("""{"operation": "createToken", "effect": "delay", "ms": 300}""");

        var steps = await driver.UpInParallelAsync([.. Enumerable.Range(1, 12).Select(number => new Wish($"data-{number}", Programs.Disk()))]);

        steps.ShouldAllBe(step => step.Errors.IsEmpty);
        var requests = await stage.Cloud.RequestsAsync();
        requests.Count(request => request.Status == 401).ShouldBeGreaterThan(0);
        requests.Count(request => request.Operation == "createToken").ShouldBe(2);
        (await stage.Cloud.VolumesAsync()).Count.ShouldBe(12);
        NothingWasTold(stage);
    }

    [Fact]
    public async Task Nobody_notices_that_the_keys_of_a_server_end_in_the_middle_of_a_wait()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "createVolume=4s", "--seed", "7");
        await stage.Cloud.ConfigureAsync(Accounts.ServerAgency(lifetimeSeconds: 2));
        var driver = await StartAsync(stage, []);

        (await driver.UpAsync(Programs.Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        var requests = await stage.Cloud.RequestsAsync();
        requests.Count(request => request.Operation == "getAgencyKey").ShouldBeGreaterThan(1);
        NothingWasTold(stage);
    }

    private static async Task<EngineDriver> StartAsync(Stage stage, Dictionary<string, string?> environment)
    {
        var plugin = await stage.StartPluginAsync(environment);
        var driver = new EngineDriver(plugin.Client);
        await driver.StartAsync(
            PropertyMap.Of(("endpoint", stage.Cloud.Url), ("projectId", SimulatorProcess.ProjectId), ("metadataEndpoint", stage.Cloud.Url)), stage.Engine.Address);
        return driver;
    }

    private static void NothingWasTold(Stage stage) => stage.Engine.Lines
        .Where(line => line.Severity is Plugin.Protos.LogSeverity.Warning or Plugin.Protos.LogSeverity.Error)
        .ShouldBeEmpty();
}
