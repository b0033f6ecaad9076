using System.Text.Json;
using System.Text.RegularExpressions;
using PulumiEvs.Harness;

namespace PulumiEvs.Tests.Functional.Doctor;

/// <summary>The doctor against good and broken set-ups: what it prints is what its manual shows.</summary>
public sealed partial class DoctorTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("pulumi-evs-test-").FullName;

    public static TheoryData<string> Names => [.. Setups.All.Keys];

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_prints_what_the_manual_shows(string name)
    {
        var run = await RunAsync(Setups.All[name]);

        Manual.Accept(name, Masked(run.Text));
        Masked(run.Text).ShouldBe(Manual.Shown(name), $"{name}: if this is what it is to print, run `make accept`");
        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBe(Setups.All[name].ExitCode);
        run.Text.ShouldNotContain(SimulatorProcess.SecretKey);
        run.Text.ShouldNotContain(Setups.WrongSecret);
    }

    [Fact]
    public void The_manual_shows_no_other() => Manual.Names.Order().ShouldBe(Setups.All.Keys.Order());

    [Fact]
    public async Task It_takes_the_configuration_of_a_stack_from_its_input_secrets_and_all()
    {
        await using var cloud = await SimulatorProcess.StartAsync(Setups.LocalEvs);
        var file = Path.Combine(_home, "config.json");
        await File.WriteAllTextAsync(file, $$"""
            {
              "evs:cloud": { "value": "opentelekomcloud", "secret": false },
              "evs:region": { "value": "eu-nl", "secret": false },
              "evs:endpoint": { "value": "{{cloud.Url}}", "secret": false },
              "evs:projectId": { "value": "{{SimulatorProcess.ProjectId}}", "secret": false },
              "evs:accessKey": { "value": "{{SimulatorProcess.AccessKey}}", "secret": true },
              "evs:secretKey": { "value": "{{SimulatorProcess.SecretKey}}", "secret": true },
              "shop:size": { "value": "100", "secret": false }
            }
            """);

        var run = await DoctorRun.RunAsync(_home, new Dictionary<string, string?>(), "--config", file, "--region", "eu-de", "--json");

        using var report = JsonDocument.Parse(run.Text);
        run.ExitCode.ShouldBe(0);
        report.RootElement.GetProperty("ok").GetBoolean().ShouldBeTrue();
        var settings = report.RootElement.GetProperty("settings");
        settings.GetProperty("region").GetProperty("value").GetString().ShouldBe("eu-de", "an option wins");
        settings.GetProperty("credentials").GetProperty("value").GetString().ShouldBe("an access key from the configuration");
        run.Text.ShouldNotContain(SimulatorProcess.SecretKey);
    }

    [Fact]
    public async Task What_cannot_be_read_as_configuration_is_said_without_its_content()
    {
        var file = Path.Combine(_home, "config.json");
        await File.WriteAllTextAsync(file, "{\n\"evs:secretKey\": s3cr3t }");

        var run = await DoctorRun.RunAsync(_home, new Dictionary<string, string?>(), "--config", file);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldBe($"doctor: {file} is not JSON in line 2; give it what `pulumi config --show-secrets --json` prints");
    }

    private async Task<DoctorRun> RunAsync(Setup setup)
    {
        await using var standIn = setup.StandIn?.Invoke();
        await using var cloud = standIn is null ? await SimulatorProcess.StartAsync(Setups.LocalEvs) : null;
        if (setup.Change is { } change)
        {
            await cloud!.ConfigureAsync(change);
        }

        var environment = new Dictionary<string, string?>(Setups.Environment);
        foreach (var (name, value) in setup.Environment)
        {
            environment[name] = value;
        }

        return await DoctorRun.RunAsync(_home, environment, setup.Arguments(standIn?.Url ?? cloud!.Url));
    }

    /// <summary>The text with what differs from run to run as the manual has it.</summary>
    private static string Masked(string text)
    {
        text = Address().Replace(text, "127.0.0.1:40123");
        text = RequestId().Replace(text, "7f3e8c0a4f0d4a0f8f5d1f6b0c2e9a11");
        return Version().Replace(text, "\"version\": \"1.0.0\"").TrimEnd();
    }

    [GeneratedRegex(@"127\.0\.0\.1:[0-9]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<=request\s+id\s+)[0-9a-f]{32}")]
    private static partial Regex RequestId();

    [GeneratedRegex("\"version\": \"[^\"]*\"")]
    private static partial Regex Version();
}
