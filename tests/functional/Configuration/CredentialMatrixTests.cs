using PulumiEvs.Evs.Clouds;
using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;

namespace PulumiEvs.Tests.Functional.Configuration;

/// <summary>A row of the table of clouds, or an address of one's own.</summary>
/// <param name="Cloud">As in the configuration; null for an address of one's own.</param>
/// <param name="Kind">Which cloud's API the local EVS offers.</param>
/// <param name="Zone">A zone of the region.</param>
internal sealed record CloudRow(string? Cloud, string Kind, string Region, string Zone);

/// <summary>One local EVS for each row.</summary>
public sealed class MatrixClouds : IAsyncLifetime
{
    internal static readonly IReadOnlyDictionary<string, CloudRow> Rows = new Dictionary<string, CloudRow>
    {
        ["huaweicloud"] = new("huaweicloud", "huaweicloud", "cn-north-4", "cn-north-4a"),
        ["opentelekomcloud"] = new("opentelekomcloud", "opentelekomcloud", "eu-de", "eu-de-01"),
        ["opentelekomcloud-swiss"] = new("opentelekomcloud-swiss", "opentelekomcloud-swiss", "eu-ch2", "eu-ch2a"),
        ["flexibleengine"] = new("flexibleengine", "flexibleengine", "eu-west-0", "eu-west-0a"),
        ["an address of one's own"] = new(null, "huaweicloud", "nowhere-1", "nowhere-1a"),
    };

    private readonly Dictionary<string, SimulatorProcess> _clouds = [];

    internal SimulatorProcess this[string row] => _clouds[row];

    public async Task InitializeAsync()
    {
        foreach (var (name, row) in Rows)
        {
            var cloud = await SimulatorProcess.StartAsync("--cloud", row.Kind, "--region", row.Region, "--job-duration", "*=20ms..60ms", "--seed", "7");
            _clouds[name] = cloud;
            await cloud.ConfigureAsync(Accounts.SetUp(row.Region));
            await cloud.ConfigureAsync(Accounts.ServerAgency());
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var cloud in _clouds.Values)
        {
            await cloud.DisposeAsync();
        }
    }
}

/// <summary>Every kind of credentials from every source, for every cloud, over real sockets.</summary>
public sealed class CredentialMatrixTests(MatrixClouds clouds) : IClassFixture<MatrixClouds>
{
    private const string SdkHasOnlyKeys = "the SDKs know keys only: there is no variable or entry for it";

    /// <summary>What each kind consists of, how its requests are authorized, and what it asks for before.</summary>
    private static readonly Dictionary<string, (GivenCredentials What, string Auth, string? Before)> Kinds = new()
    {
        ["access key"] = (new GivenCredentials { AccessKey = SimulatorProcess.AccessKey, SecretKey = SimulatorProcess.SecretKey }, "aksk", null),
        ["temporary key"] = (new GivenCredentials { AccessKey = "TEMPORARYKEY", SecretKey = "temporary-secret", SecurityToken = "temporary-token" }, "aksk", null),
        ["ready token"] = (new GivenCredentials { Token = SimulatorProcess.Token }, "token", null),
        ["user and password"] = (new GivenCredentials { User = "local-user", Password = "local-password", Domain = "local-domain" }, "token", "createToken"),
        ["assumed agency"] = (
            new GivenCredentials { AccessKey = SimulatorProcess.AccessKey, SecretKey = SimulatorProcess.SecretKey, Agency = "deploy", AgencyDomain = "local-domain" }, "token", "createToken"),
        ["key of the server's agency"] = (new GivenCredentials(), "aksk", "getAgencyKey"),
    };

    /// <summary>What the provider calls each source, and how a user gives credentials there.</summary>
    private static readonly Dictionary<string, (string Title, Func<Machine, GivenCredentials, PropertyMap> Give)> Sources = new()
    {
        ["configuration"] = ("the configuration", (_, given) => given.As(CredentialNames.Configuration)),
        ["HW_*"] = ("the environment variables HW_*", (machine, given) => Export(machine, given.As(CredentialNames.Huawei))),
        ["OS_*"] = ("the environment variables OS_*", (machine, given) => Export(machine, given.As(CredentialNames.OpenStack))),
        ["HUAWEICLOUD_SDK_*"] = ("the environment variables HUAWEICLOUD_SDK_*", (machine, given) => Export(machine, given.As(CredentialNames.Sdk))),
        ["~/.hcloud/config.json"] = ("profile \"work\" in ", (machine, given) =>
        {
            var entries = given.As(CredentialNames.CommandLine).Select(entry => $"\"{entry.Key}\": \"{((PropertyValue.Text)entry.Value).Value}\"");
            machine.Write(".hcloud/config.json", $$"""{ "current": "work", "profiles": [{ "name": "work", {{string.Join(", ", entries)}} }] }""");
            return PropertyMap.Empty;
        }
        ),
        ["~/.huaweicloud/credentials"] = ("[basic] in ", (machine, given) =>
        {
            machine.Write(".huaweicloud/credentials", "[basic]\n" + string.Join('\n', given.As(CredentialNames.SdkFile).Select(entry => $"{entry.Key} = {((PropertyValue.Text)entry.Value).Value}")));
            return PropertyMap.Empty;
        }
        ),
        ["clouds.yaml"] = ("cloud \"work\" in ", (machine, given) =>
        {
            var entries = given.As(CredentialNames.CloudsYaml).Select(entry => $"      {entry.Key}: {((PropertyValue.Text)entry.Value).Value}\n");
            machine.Write(".config/openstack/clouds.yaml", "clouds:\n  work:\n    auth:\n" + string.Concat(entries));
            machine.Variables["OS_CLOUD"] = "work";
            return PropertyMap.Empty;
        }
        ),
        ["metadata"] = ("the temporary key of this server's agency", (_, _) => PropertyMap.Empty),
    };

    /// <summary>Why a source cannot give a kind.</summary>
    private static readonly Dictionary<(string Source, string Kind), string> Impossible = new()
    {
        [("HUAWEICLOUD_SDK_*", "ready token")] = SdkHasOnlyKeys,
        [("HUAWEICLOUD_SDK_*", "user and password")] = SdkHasOnlyKeys,
        [("HUAWEICLOUD_SDK_*", "assumed agency")] = SdkHasOnlyKeys,
        [("~/.huaweicloud/credentials", "ready token")] = SdkHasOnlyKeys,
        [("~/.huaweicloud/credentials", "user and password")] = SdkHasOnlyKeys,
        [("~/.huaweicloud/credentials", "assumed agency")] = SdkHasOnlyKeys,
        [("~/.hcloud/config.json", "ready token")] = "a profile of the command line tool has keys, with or without an agency",
        [("~/.hcloud/config.json", "user and password")] = "a profile of the command line tool has keys, with or without an agency",
        [("configuration", "key of the server's agency")] = "only the metadata service has it",
        [("HW_*", "key of the server's agency")] = "only the metadata service has it",
        [("OS_*", "key of the server's agency")] = "only the metadata service has it",
        [("HUAWEICLOUD_SDK_*", "key of the server's agency")] = "only the metadata service has it",
        [("~/.hcloud/config.json", "key of the server's agency")] = "only the metadata service has it",
        [("~/.huaweicloud/credentials", "key of the server's agency")] = "only the metadata service has it",
        [("clouds.yaml", "key of the server's agency")] = "only the metadata service has it",
        [("metadata", "access key")] = "the metadata service gives temporary keys only",
        [("metadata", "temporary key")] = "this is the key of the server's agency",
        [("metadata", "ready token")] = "the metadata service gives temporary keys only",
        [("metadata", "user and password")] = "the metadata service gives temporary keys only",
        [("metadata", "assumed agency")] = "the metadata service names no other agency",
    };

    public static TheoryData<string, string, string> Possible
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var row in MatrixClouds.Rows.Keys)
            {
                foreach (var source in Sources.Keys)
                {
                    foreach (var kind in Kinds.Keys.Where(kind => !Impossible.ContainsKey((source, kind))))
                    {
                        cases.Add(row, source, kind);
                    }
                }
            }

            return cases;
        }
    }

    [Fact]
    public void Every_cloud_of_the_table_is_a_row() =>
        MatrixClouds.Rows.Values.Select(row => row.Cloud).OfType<string>().ShouldBe(KnownClouds.All.Where(cloud => !cloud.IsLocal).Select(cloud => cloud.Name));

    [Theory]
    [MemberData(nameof(Possible))]
    public async Task Credentials_of_every_kind_and_source_are_taken(string row, string source, string kind)
    {
        using var machine = new Machine();
        var cloud = clouds[row];
        await cloud.ClearRequestsAsync();
        var (given, auth, before) = Kinds[kind];

        (await machine.TryAsync(Located(row, cloud).With(Sources[source].Give(machine, given)))).ShouldBeNull();

        // It is these credentials that were used: the provider says so, and the service has seen them.
        machine.Debug.ShouldContain(line => line.Contains($"{Sources[source].Title}", StringComparison.Ordinal) && line.StartsWith("EVS at ", StringComparison.Ordinal));
        var requests = await cloud.RequestsAsync();
        requests.ShouldAllBe(request => request.Status < 300);
        requests[^1].Auth.ShouldBe(auth);
        requests[^1].Path.ShouldContain(SimulatorProcess.ProjectId, Case.Sensitive, "the project is looked up by the region");
        requests.Count(request => request.Operation is "createToken" or "getAgencyKey").ShouldBe(before is null ? 0 : 1);
        requests.Any(request => request.Operation == before).ShouldBe(before is not null);
        string.Join('\n', machine.Debug).ShouldSatisfyAllConditions(given.Secrets.Select(secret => (Action<string>)(text => text.ShouldNotContain(secret))).ToArray());
    }

    /// <summary>The plugin itself, with another kind and source on each cloud, through a disk's life at that cloud's API versions.</summary>
    [Theory]
    [InlineData("huaweicloud", "HW_*", "access key", "POST /v2.1/cloudvolumes/ID/action")]
    [InlineData("opentelekomcloud", "clouds.yaml", "user and password", "POST /v2/cloudvolumes/ID/action")]
    [InlineData("opentelekomcloud-swiss", "OS_*", "ready token", "POST /v2/cloudvolumes/ID/action")]
    [InlineData("flexibleengine", "configuration", "assumed agency", "POST /v2/cloudvolumes/ID/action")]
    [InlineData("an address of one's own", "metadata", "key of the server's agency", "POST /v2.1/cloudvolumes/ID/action")]
    public async Task A_disk_lives_through_the_plugin_on_every_cloud(string row, string source, string kind, string extend)
    {
        using var machine = new Machine();
        var cloud = clouds[row];
        var configuration = Located(row, cloud).With(Sources[source].Give(machine, Kinds[kind].What));
        await using var plugin = await PluginProcess.StartAsync(machine.Home, environment: machine.Variables.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        var driver = new EngineDriver(plugin.Client);
        await driver.StartAsync(configuration);
        await cloud.ClearRequestsAsync();
        var disk = Programs.Disk().With("availabilityZone", MatrixClouds.Rows[row].Zone);

        (await driver.UpAsync(new Wish("data", disk))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        var id = driver.State["data"].Id;
        (await driver.UpAsync(new Wish("data", disk.With(PropertyMap.Of(("size", 50), ("tags", Programs.Tags(("team", "storage")))))))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        var requests = await cloud.RequestsAsync();
        requests.ShouldAllBe(request => request.Status < 300 || request.Status == 404 && request.Path.Contains(id));
        var writes = requests.Where(request => request.Method != "GET").Select(request => request.Short.Replace(id, "ID", StringComparison.Ordinal)).ToList();
        writes.ShouldContain("POST /v3/cloudvolumes");
        writes.ShouldContain(extend);
        (await cloud.VolumesAsync()).ShouldBeEmpty();
    }

    private static PropertyMap Located(string row, SimulatorProcess cloud) => PropertyMap.Of(
            ("cloud", MatrixClouds.Rows[row].Cloud is { } name ? name : PropertyValue.Null.Instance),
            ("region", MatrixClouds.Rows[row].Region),
            ("endpoint", cloud.Url),
            ("metadataEndpoint", cloud.Url))
        .WithoutNulls();

    private static PropertyMap Export(Machine machine, PropertyMap variables)
    {
        foreach (var (name, value) in variables)
        {
            machine.Variables[name] = ((PropertyValue.Text)value).Value;
        }

        return PropertyMap.Empty;
    }
}
