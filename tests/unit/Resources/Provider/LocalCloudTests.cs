using System.Collections.Immutable;
using EvsSimulator.Options;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Local;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Support;
using CommandLine = EvsSimulator.Options.CommandLine;

namespace PulumiEvs.Tests.Unit.Resources.Provider;

/// <summary>With <c>cloud: local</c> everything else is filled in.</summary>
public sealed class LocalCloudTests
{
    private const string Simulator = "/opt/evs/evs-simulator";

    private readonly Lines _log = new();
    private readonly FakeHost _machine = new() { Files = { [Simulator] = "" }, Variables = { ["HOME"] = "/home/u" } };

    [Fact]
    public void The_cloud_alone_is_a_whole_configuration()
    {
        var plan = Resolve(("cloud", "local"));

        plan.Local.ShouldNotBeNull().ShouldSatisfyAllConditions(
            local => local.Program.ShouldBe(Simulator),
            local => local.Folder.ShouldBe("/home/u/.pulumi/evs/local/local-1"),
            local => local.IdleExit.ShouldBe("30s"));
        (plan.Target.Region, plan.ProjectId, plan.Credentials.Kind).ShouldBe(("local-1", LocalAccount.ProjectId, CredentialKind.AccessKey));
        Check(("cloud", "local")).ShouldBeEmpty();
        _log.Infos.ShouldHaveSingleItem().ShouldBe(
            "evs:cloud is local: nothing real is made and nothing is charged, a local EVS on this machine keeps books about disks. "
            + "Its state is kept in /home/u/.pulumi/evs/local/local-1.");
        _log.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_meant_for_real_clouds_is_not_asked_and_what_is_configured_in_vain_is_named()
    {
        _machine.Variables["HW_REGION_NAME"] = "cn-north-4";
        _machine.Variables["HW_ACCESS_KEY"] = "REAL";
        _machine.Variables["HW_SECRET_KEY"] = "real-secret";
        _machine.Variables["HW_PROJECT_ID"] = "real-project";
        (string, PropertyValue)[] configuration =
            [("cloud", "local"), ("region", "eu-de"), ("accessKey", "REAL"), ("secretKey", ((PropertyValue)"real-secret").AsSecret()), ("profile", "nobody")];

        var plan = Resolve(configuration);

        (plan.Target.Region, plan.ProjectId, plan.Credentials.Chosen![CredentialField.AccessKey]).ShouldBe(("eu-de", LocalAccount.ProjectId, LocalAccount.AccessKey));
        Check(configuration).ShouldBeEmpty();
        _log.Warnings.ShouldHaveSingleItem().ShouldBe(
            "evs:accessKey, evs:secretKey, evs:profile have no effect with a local cloud: the local EVS has one user and one project of its own.");
    }

    [Fact]
    public void One_that_was_started_by_hand_is_taken_at_its_address_with_its_own_credentials_if_given()
    {
        var usual = Resolve(("cloud", "local"), ("endpoint", "http://127.0.0.1:4711"));
        var own = Resolve(("cloud", "local"), ("endpoint", "http://127.0.0.1:4711"), ("token", "t"), ("projectId", "p"));

        usual.Local.ShouldBeNull();
        (usual.ProjectId, usual.Credentials.Kind).ShouldBe((LocalAccount.ProjectId, CredentialKind.AccessKey));
        (own.ProjectId, own.Credentials.Kind).ShouldBe(("p", CredentialKind.Token));
        Check(("cloud", "local"), ("endpoint", "http://127.0.0.1:4711")).ShouldBeEmpty();
        _log.Infos.ShouldHaveSingleItem().ShouldEndWith("It is the one at http://127.0.0.1:4711.");
    }

    [Fact]
    public void A_preview_says_already_that_there_is_nothing_to_start()
    {
        _machine.Files.Clear();

        Check(("cloud", "local")).ShouldHaveSingleItem().ShouldBe(new CheckFailure(
            "cloud",
            $"there is no local EVS to start: the file {Simulator} does not exist. The plugin looks for it beside itself: "
            + "install both from the same release, or run `make build`, which puts both into ./bin."));
    }

    [Fact]
    public void A_region_that_is_no_name_is_refused() =>
        Check(("cloud", "local"), ("region", "../up")).ShouldHaveSingleItem().Property.ShouldBe("region");

    [Fact]
    public async Task The_simulator_understands_every_argument_and_one_that_is_started_by_hand_has_the_same_account()
    {
        SimulatorOptions? started = null;
        SimulatorOptions? usual = null;

        var setup = new LocalEvsSetup { Program = Simulator, Folder = "/f", Region = "eu-de" };
        (await new CommandLine().RunAsync([.. setup.Arguments], Take(options => started = options))).ShouldBe(0);
        (await new CommandLine().RunAsync([], Take(options => usual = options))).ShouldBe(0);

        started.ShouldNotBeNull().ShouldSatisfyAllConditions(
            options => options.StateFile.ShouldBe(setup.StateFile),
            options => options.UrlFile.ShouldBe(setup.UrlFile),
            options => options.Region.ShouldBe("eu-de"),
            options => options.Detach.ShouldBeTrue(),
            options => options.IdleExit.ShouldNotBeNull().ShouldBeLessThan(TimeSpan.FromSeconds(60)),
            options => options.IdleExit.ShouldNotBeNull().ShouldBeGreaterThan(2 * setup.UsePeriod));
        (started.AccessKey, started.SecretKey, started.ProjectId).ShouldBe((usual!.AccessKey, usual.SecretKey, usual.ProjectId));
    }

    private static Func<SimulatorOptions, Task<int>> Take(Action<SimulatorOptions> take) => options =>
    {
        take(options);
        return Task.FromResult(0);
    };

    private PulumiEvs.Evs.ConnectionPlan Resolve(params (string, PropertyValue)[] configuration) =>
        ConnectionSettings.Resolve(new ProviderSettings(PropertyMap.Of(configuration), _machine.Host.Variable), _machine.Host);

    private ImmutableArray<CheckFailure> Check(params (string, PropertyValue)[] configuration) => ConfigChecker.Check(
        new CheckRequest(new ResourceIdentity("urn", "pulumi:providers:evs", "default"), PropertyMap.Empty, PropertyMap.Of(configuration), new byte[32], null),
        _machine.Host,
        _log).Failures;

    private sealed class Lines : IOperationLog
    {
        public List<string> Infos { get; } = [];

        public List<string> Warnings { get; } = [];

        public void Status(string text) => throw new InvalidOperationException("a check takes no time");

        public void Info(string text) => Infos.Add(text);

        public void Warning(string text) => Warnings.Add(text);

        public void Debug(string text)
        {
        }
    }
}
