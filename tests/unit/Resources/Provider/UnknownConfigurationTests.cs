using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.Provider;

/// <summary>In a preview, the arguments of a provider may be outputs of resources that are not made yet.</summary>
public sealed class UnknownConfigurationTests
{
    /// <summary>A value for everything that goes together.</summary>
    private static readonly PropertyMap Whole = PropertyMap.Of(
        ("cloud", "opentelekomcloud"), ("region", "eu-de"), ("accessKey", "AK"), ("secretKey", "SK"), ("securityToken", "ST"),
        ("agencyName", "deploy"), ("agencyDomainName", "us"), ("defaultTags", """{"team":"storage"}"""), ("apiVersions", """{"create":"v3"}"""));

    private static readonly PropertyMap Login = PropertyMap.Of(("region", "eu-de"), ("cloud", "opentelekomcloud"), ("userName", "u"), ("password", "p"), ("domainName", "d"));

    private static readonly PropertyMap Address = PropertyMap.Of(("endpoint", "https://evs.example"), ("projectId", "p"));

    private readonly FakeHost _machine = new();

    public static TheoryData<string> Names => [.. ProviderDeclaration.Properties.Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_argument_may_be_unknown(string name)
    {
        foreach (var around in (PropertyMap[])[Whole, Login, Address, Whole.With(Address)])
        {
            foreach (var unknown in (PropertyValue[])[PropertyValue.Unknown.Plain, PropertyValue.Unknown.Plain.AsSecret()])
            {
                await IsTakenAsync(around.With(name, unknown));
            }
        }
    }

    [Fact]
    public Task All_may_be_unknown() =>
        IsTakenAsync(PropertyMap.From(ProviderDeclaration.Properties.Select(property => KeyValuePair.Create(property.Name, (PropertyValue)PropertyValue.Unknown.Plain))));

    [Fact]
    public Task A_tag_of_all_may_be_unknown() =>
        IsTakenAsync(Whole.With("defaultTags", PropertyMap.Of(("team", PropertyValue.Unknown.Plain))));

    [Fact]
    public void What_is_wrong_beside_an_unknown_one_is_told_all_the_same() =>
        Check(Whole.With(PropertyMap.Of(("region", PropertyValue.Unknown.Plain), ("maxRetries", -1), ("cloud", "opentelecomcloud"))))
            .Failures.Select(failure => failure.Property).Order(StringComparer.Ordinal).ShouldBe(["cloud", "maxRetries"]);

    private async Task IsTakenAsync(PropertyMap configuration)
    {
        var check = Check(configuration);
        check.Failures.ShouldBeEmpty();
        using var provider = new EvsProvider(_machine.Host, new FakeTime(), new Random(1), Guid.NewGuid);

        await provider.ConfigureAsync("urn", check.Inputs, new RecordingLog(), CancellationToken.None);
    }

    private CheckResult Check(PropertyMap configuration) => ConfigChecker.Check(
        new CheckRequest(new ResourceIdentity("urn", "pulumi:providers:evs", "default"), PropertyMap.Empty, configuration, new byte[32], null), _machine.Host, new RecordingLog());
}
