using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Auth;

public sealed class CredentialChainTests
{
    private const string Cli = "/home/u/.hcloud/config.json";
    private const string Sdk = "/home/u/.huaweicloud/credentials";
    private const string Yaml = "/home/u/.config/openstack/clouds.yaml";

    private const string CliText = """
        {"current":"work","profiles":[
          {"name":"other","accessKeyId":"AK-other","secretAccessKey":"SK-other"},
          {"name":"work","mode":"AKSK","accessKeyId":"AK-cli","secretAccessKey":"SK-cli","securityToken":"","region":"cn-north-4","projectId":"p-cli","agencyName":"ag","agencyDomainName":"dom"}]}
        """;

    private const string SdkText = """
        # of the SDKs
        [global]
        ak = AK-global
        [basic]
        ak = AK-sdk
        sk = "SK-sdk"
        project_id = p-sdk
        """;

    private const string YamlText = """
        clouds:
          otc:
            region_name: eu-de
            verify: false
            cacert: /etc/ca.pem
            auth:
              auth_url: https://iam.eu-de.otc.t-systems.com/v3
              username: user
              password: PW-yaml
              user_domain_name: OTC-EU-DE-1
              project_name: eu-de_work
          keys:
            auth: {ak: AK-yaml, sk: SK-yaml, project_id: 12345678}
        """;

    /// <summary>Every source with what it gives when nothing before it is complete.</summary>
    public static TheoryData<string, string, string> Sources => new()
    {
        { "configuration", "AccessKey", "AK-config" },
        { "HW", "AccessKey", "AK-hw" },
        { "OS", "AccessKey", "AK-os" },
        { "SDK", "AccessKey", "AK-sdkvar" },
        { "command line", "AccessKey", "AK-cli" },
        { "SDK file", "AccessKey", "AK-sdk" },
        { "clouds.yaml", "Password", "user" },
        { "server", "ServerAgency", "" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void The_first_complete_source_wins(string first, string kind, string who)
    {
        var order = Sources.Select(row => (string)((object[])row)[0]).ToList();
        var present = order.SkipWhile(name => name != first).ToHashSet();
        var machine = new FakeHost();
        void Set(string source, params (string Name, string Value)[] variables)
        {
            if (present.Contains(source))
            {
                foreach (var (name, value) in variables)
                {
                    machine.Variables[name] = value;
                }
            }
        }

        Set("HW", ("HW_ACCESS_KEY", "AK-hw"), ("HW_SECRET_KEY", "SK-hw"));
        Set("OS", ("OS_ACCESS_KEY", "AK-os"), ("OS_SECRET_KEY", "SK-os"));
        Set("SDK", ("HUAWEICLOUD_SDK_AK", "AK-sdkvar"), ("HUAWEICLOUD_SDK_SK", "SK-sdkvar"));
        Set("clouds.yaml", ("OS_CLOUD", "otc"));
        machine.Files[Cli] = present.Contains("command line") ? CliText : """{"profiles":[]}""";
        machine.Files[Sdk] = present.Contains("SDK file") ? SdkText : "[basic]\n";
        machine.Files[Yaml] = YamlText;
        var configuration = present.Contains("configuration") ? Configured((CredentialField.AccessKey, "AK-config"), (CredentialField.SecretKey, "SK-config")) : Configured();

        var choice = CredentialChain.Choose(configuration, null, machine.Host);

        choice.Kind.ToString().ShouldBe(kind);
        (choice.Chosen?[CredentialField.AccessKey] ?? choice.Chosen?[CredentialField.UserName] ?? "").ShouldBe(who);
        choice.Problems.ShouldBeEmpty();
        choice.ToString().ShouldNotContain("SK-");
        choice.ToString().ShouldNotContain("PW-");
    }

    [Theory]
    [InlineData("HW_AUTH_TOKEN", "t", CredentialKind.Token, CredentialField.Token)]
    [InlineData("OS_TOKEN", "t", CredentialKind.Token, CredentialField.Token)]
    [InlineData("OS_AUTH_TOKEN", "t", CredentialKind.Token, CredentialField.Token)]
    public void A_token_is_read_from_each_of_its_variables(string variable, string value, object kind, object field)
    {
        var choice = Choose(new FakeHost { Variables = new() { [variable] = value } });

        choice.Kind.ShouldBe((CredentialKind)kind);
        choice.Chosen![(CredentialField)field].ShouldBe(value);
    }

    [Fact]
    public void A_password_needs_a_user_and_a_domain()
    {
        var variables = new Dictionary<string, string> { ["OS_USERNAME"] = "u", ["OS_PASSWORD"] = "PW" };
        var incomplete = Choose(new FakeHost { Variables = variables });
        incomplete.Kind.ShouldBe(CredentialKind.ServerAgency);
        incomplete.Problems.ShouldBe(["OS_USERNAME and OS_PASSWORD are set, but OS_USER_DOMAIN_NAME is not"]);

        Choose(new FakeHost { Variables = new(variables) { ["OS_DOMAIN_NAME"] = "d" } }).Kind.ShouldBe(CredentialKind.Password);
        Choose(new FakeHost { Variables = new() { ["HW_USER_ID"] = "id", ["HW_USER_PASSWORD"] = "PW" } }).Kind.ShouldBe(CredentialKind.Password);
    }

    [Fact]
    public void No_source_completes_another()
    {
        var choice = CredentialChain.Choose(
            Configured((CredentialField.AccessKey, "AK")),
            null,
            new FakeHost { Variables = new() { ["HW_SECRET_KEY"] = "SK", ["OS_PASSWORD"] = "PW", ["HUAWEICLOUD_SDK_AK"] = "AK" } }.Host);

        choice.Kind.ShouldBe(CredentialKind.ServerAgency);
        choice.Problems.ShouldBe(
        [
            "evs:accessKey is set, but evs:secretKey is not",
            "HW_SECRET_KEY is set, but HW_ACCESS_KEY is not",
            "OS_PASSWORD is set, but OS_USERNAME is not",
            "HUAWEICLOUD_SDK_AK is set, but HUAWEICLOUD_SDK_SK is not",
        ]);
    }

    [Fact]
    public void An_incomplete_source_before_a_complete_one_is_passed_over_and_told()
    {
        var choice = Choose(new FakeHost { Variables = new() { ["HW_ACCESS_KEY"] = "AK", ["OS_TOKEN"] = "t" } });

        (choice.Kind, choice.ToString()).ShouldBe((CredentialKind.Token, "a token from the environment variables OS_*"));
        choice.Problems.ShouldBe(["HW_ACCESS_KEY is set, but HW_SECRET_KEY is not"]);
    }

    [Fact]
    public void What_goes_with_the_credentials_is_looked_for_in_the_configuration_then_beside_them_then_elsewhere()
    {
        var machine = new FakeHost
        {
            Variables = new() { ["HW_PROJECT_ID"] = "p-hw", ["HW_REGION_NAME"] = "r-hw", ["OS_AUTH_URL"] = "https://os" },
            Files = new() { [Cli] = CliText },
        };

        var choice = CredentialChain.Choose(Configured((CredentialField.Region, "r-config")), null, machine.Host);

        choice.Find(CredentialField.Region).ShouldBe("r-config");
        choice.Find(CredentialField.ProjectId).ShouldBe("p-cli");
        choice.Find(CredentialField.AuthUrl).ShouldBe("https://os");
        choice.Find(CredentialField.AgencyName).ShouldBe("ag");
        choice.Find(CredentialField.CaCertFile).ShouldBeNull();
    }

    [Fact]
    public void A_profile_of_the_command_line_tool_is_chosen_by_variable()
    {
        var machine = new FakeHost { Variables = new() { ["HW_PROFILE"] = "other", ["HW_SHARED_CONFIG_FILE"] = "~/x.json" }, Files = new() { ["/home/u/x.json"] = CliText } };

        Choose(machine).Chosen!.ToString().ShouldBe("AccessKey from profile \"other\" in /home/u/x.json");
    }

    [Fact]
    public void The_file_of_the_sdks_can_be_elsewhere()
    {
        var machine = new FakeHost { Variables = new() { ["HUAWEICLOUD_SDK_CREDENTIALS_FILE"] = "/x/creds" }, Files = new() { ["/x/creds"] = SdkText } };

        var chosen = Choose(machine).Chosen!;

        (chosen[CredentialField.AccessKey], chosen[CredentialField.SecretKey], chosen[CredentialField.ProjectId]).ShouldBe(("AK-sdk", "SK-sdk", "p-sdk"));
        chosen.Source.ShouldBe("[basic] in /x/creds");
    }

    [Fact]
    public void A_cloud_of_the_openstack_tools_gives_all_that_it_says()
    {
        var chosen = Choose(new FakeHost { Variables = new() { ["OS_CLOUD"] = "otc" }, Files = new() { [Yaml] = YamlText } }).Chosen!;

        chosen.Values.ShouldBe(
            new Dictionary<CredentialField, string>
            {
                [CredentialField.Region] = "eu-de",
                [CredentialField.Insecure] = "true",
                [CredentialField.CaCertFile] = "/etc/ca.pem",
                [CredentialField.AuthUrl] = "https://iam.eu-de.otc.t-systems.com/v3",
                [CredentialField.UserName] = "user",
                [CredentialField.Password] = "PW-yaml",
                [CredentialField.DomainName] = "OTC-EU-DE-1",
                [CredentialField.ProjectName] = "eu-de_work",
            },
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("clouds.yaml", "secure.yaml")]
    [InlineData("/home/u/.config/openstack/clouds.yaml", "/home/u/.config/openstack/secure.yaml")]
    [InlineData("/etc/openstack/clouds.yaml", "/etc/openstack/secure.yaml")]
    public void The_secrets_of_a_cloud_may_be_in_a_file_beside_it(string clouds, string secure)
    {
        var machine = new FakeHost
        {
            Variables = new() { ["OS_CLOUD"] = "c" },
            Files = new() { [clouds] = "clouds: {c: {auth: {ak: AK}}}", [secure] = "clouds: {c: {auth: {sk: SK-secure}}}" },
        };

        Choose(machine).Chosen![CredentialField.SecretKey].ShouldBe("SK-secure");
    }

    [Fact]
    public void A_profile_that_the_configuration_names_is_the_only_source()
    {
        var machine = new FakeHost
        {
            Variables = new() { ["HW_ACCESS_KEY"] = "AK-hw", ["HW_SECRET_KEY"] = "SK-hw", ["HW_AUTH_URL"] = "https://hw" },
            Files = new() { [Cli] = CliText, [Yaml] = YamlText },
        };

        CredentialChain.Choose(Configured(), "other", machine.Host).Chosen![CredentialField.AccessKey].ShouldBe("AK-other");
        CredentialChain.Choose(Configured(), "keys", machine.Host).Chosen![CredentialField.ProjectId].ShouldBe("12345678");
        CredentialChain.Choose(Configured(), "keys", machine.Host).Find(CredentialField.AuthUrl).ShouldBe("https://hw");

        var missing = CredentialChain.Choose(Configured(), "nobody", machine.Host);
        missing.Kind.ShouldBe(CredentialKind.None);
        missing.Fatal.ShouldBe(
            $"evs:profile \"nobody\" gives no credentials: the file {Cli} has no profile \"nobody\" (it has other, work); the file {Yaml} has no cloud \"nobody\" (it has otc, keys)");
    }

    public static TheoryData<string, string, string?, string> BadFiles => new()
    {
        { "not JSON", Cli, "{\n\"current\": SK-hidden", $"the file {Cli} is not well-formed: line 2 is not JSON" },
        { "JSON of another shape", Cli, "[]", $"the file {Cli} is not well-formed: it is not a JSON object" },
        { "no such profile", Cli, """{"current":"x","profiles":[null,1,{}]}""", $"the file {Cli} has no profile \"x\"" },
        { "half a surrogate", Cli, """{"current":"\ud800"}""", $"the file {Cli} is not well-formed: it has a text that cannot be read" },
        { "not readable", Cli, null, $"the file {Cli} could not be read: Access to the path is denied" },
        { "neither section nor setting", Sdk, "[basic]\nSK-hidden", $"the file {Sdk} is not well-formed: line 2 is neither a section nor a setting" },
        { "no section", Sdk, "[other]\nak=1", $"the file {Sdk} has no section [basic]" },
        { "half a key", Sdk, "[basic]\nak=1", $"ak of [basic] in {Sdk} is set, but sk of [basic] in {Sdk} is not" },
        { "not YAML", Yaml, "clouds:\n  otc: [SK-hidden", $"the file {Yaml} is not well-formed: it is not YAML near line 3" },
        { "no such cloud", Yaml, "clouds: {}", $"the file {Yaml} has no cloud \"otc\"" },
        { "YAML of another shape", Yaml, "- clouds", $"the file {Yaml} has no cloud \"otc\"" },
        { "empty YAML", Yaml, "", $"the file {Yaml} has no cloud \"otc\"" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_file_that_cannot_be_used_is_told_without_its_text(string name, string path, string? text, string problem)
    {
        var machine = new FakeHost { Variables = new() { ["OS_CLOUD"] = "otc" }, Files = new() { [path] = text } };
        if (path != Yaml)
        {
            machine.Variables.Remove("OS_CLOUD");
        }

        var choice = Choose(machine);

        choice.Kind.ShouldBe(CredentialKind.ServerAgency, name);
        choice.Problems.ShouldBe([problem], name);
        problem.ShouldNotContain("SK-hidden");
    }

    [Theory]
    [InlineData("HW_SHARED_CONFIG_FILE")]
    [InlineData("HUAWEICLOUD_SDK_CREDENTIALS_FILE")]
    public void A_file_that_is_asked_for_must_be_there(string variable) =>
        Choose(new FakeHost { Variables = new() { [variable] = "/nowhere" } }).Problems.ShouldBe(["the file /nowhere does not exist"]);

    [Fact]
    public void A_machine_with_nothing_has_only_the_servers_agency()
    {
        var choice = CredentialChain.Choose(Configured(), null, new Host(_ => null, _ => null, null));

        (choice.Kind, choice.Problems.Count, choice.ToString()).ShouldBe((CredentialKind.ServerAgency, 0, "the temporary key of this server's agency"));
    }

    private static CredentialChoice Choose(FakeHost machine) => CredentialChain.Choose(Configured(), null, machine.Host);

    private static CredentialSet Configured(params (CredentialField Field, string Value)[] values) => new(
        "the configuration", values.ToDictionary(pair => pair.Field, pair => pair.Value), field => $"evs:{char.ToLowerInvariant(field.ToString()[0])}{field.ToString()[1..]}");
}
