using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;

namespace PulumiEvs.Tests.Functional.Configuration;

/// <summary>The order in which sources of credentials are asked, as the documents state it.</summary>
public sealed class PrecedenceTests
{
    /// <summary>By what the documents call each, in their order; and how a key is given there.</summary>
    private static readonly (string Source, string Title, Action<Machine, PropertyMap.Builder, string> Give)[] Order =
    [
        ("The configuration", "the configuration", (_, configuration, key) => configuration.Set("accessKey", key).Set("secretKey", "secret")),
        ("`profile`", "cloud \"named\"", (machine, configuration, key) =>
        {
            machine.Write(".config/openstack/clouds.yaml", $"clouds: {{named: {{auth: {{ak: {key}, sk: secret}}}}}}\n");
            configuration.Set("profile", "named");
        }),
        ("`HW_*`", "HW_*", (machine, _, key) => Export(machine, "HW_ACCESS_KEY", "HW_SECRET_KEY", key)),
        ("`OS_*`", "OS_*", (machine, _, key) => Export(machine, "OS_ACCESS_KEY", "OS_SECRET_KEY", key)),
        ("`HUAWEICLOUD_SDK_*`", "HUAWEICLOUD_SDK_*", (machine, _, key) => Export(machine, "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", key)),
        ("`~/.hcloud/config.json`", "config.json", (machine, _, key) => machine.Write(
            ".hcloud/config.json", $$"""{"current": "work", "profiles": [{"name": "work", "accessKeyId": "{{key}}", "secretAccessKey": "secret"}]}""")),
        ("`~/.huaweicloud/credentials`", "credentials", (machine, _, key) => machine.Write(".huaweicloud/credentials", $"[basic]\nak = {key}\nsk = secret\n")),
        ("`clouds.yaml`", "clouds.yaml", (machine, _, key) =>
        {
            machine.Write("clouds.yaml", $"clouds: {{work: {{auth: {{ak: {key}, sk: secret}}}}}}\n");
            machine.Variables["OS_CLIENT_CONFIG_FILE"] = "~/clouds.yaml";
            machine.Variables["OS_CLOUD"] = "work";
        }),
        ("The agency of the server", "this server's agency", (_, _, _) => { }),
    ];

    [Fact]
    public async Task The_first_complete_source_wins_in_the_documented_order()
    {
        await using var cloud = await SimulatorProcess.StartAsync();
        await cloud.ConfigureAsync(Accounts.ServerAgency());
        for (var first = 0; first < Order.Length; first++)
        {
            // Every source from here on has a key, and only the first one's is right.
            await cloud.ConfigureAsync($$"""{"accessKeys": [{"access": "KEY-{{first}}", "secret": "secret", "user": "local-user"}]}""");
            using var machine = new Machine();
            var configuration = PropertyMap.Of(("endpoint", cloud.Url), ("projectId", SimulatorProcess.ProjectId), ("metadataEndpoint", cloud.Url)).ToBuilder();
            for (var later = first; later < Order.Length; later++)
            {
                Order[later].Give(machine, configuration, $"KEY-{later}");
            }

            (await machine.TryAsync(configuration.Build())).ShouldBeNull(Order[first].Source);
            machine.Debug.Single(line => line.StartsWith("EVS at ", StringComparison.Ordinal)).ShouldContain(Order[first].Title);
        }
    }

    [Fact]
    public void The_documents_state_this_order()
    {
        var steps = string.Join('\n', File.ReadLines(WorkingTree.Path("docs/installation-configuration.md")).SkipWhile(line => line != "## Credentials").Skip(1).TakeWhile(line => !line.StartsWith('#')));

        var at = 0;
        foreach (var (source, _, _) in Order)
        {
            at = steps.IndexOf(source, at, StringComparison.Ordinal);
            at.ShouldBeGreaterThanOrEqualTo(0, source);
            at += source.Length;
        }
    }

    private static void Export(Machine machine, string accessKey, string secretKey, string key)
    {
        machine.Variables[accessKey] = key;
        machine.Variables[secretKey] = "secret";
    }
}
