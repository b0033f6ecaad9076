using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Unit.Resources.Provider;

/// <summary>
/// A provider that is replaced takes every disk with it, so only what certainly makes the disks unreachable does that.
/// </summary>
public sealed class ConfigDiffTests
{
    private const string Here = "https://evs.example";
    private const string There = "https://evs.elsewhere.example";

    /// <summary>The configuration before and after, and the changes as <c>name</c>, with <c>!</c> where they replace.</summary>
    private static readonly Dictionary<string, ((string, PropertyValue)[] Before, (string, PropertyValue)[] After, string[] Changes)> Cases = new()
    {
        ["nothing changes"] = ([("region", "eu-de")], [("region", "eu-de")], []),

        ["another region"] = ([("region", "eu-de")], [("region", "eu-nl")], ["region!"]),
        ["a region that the environment gave before"] = ([], [("region", "eu-de")], ["region"]),
        ["a region that the environment gives from now on"] = ([("region", "eu-de")], [], ["region"]),
        ["another region beside the same endpoint, where it still decides the project"] =
            ([("endpoint", Here), ("region", "eu-de")], [("endpoint", Here), ("region", "eu-nl")], ["region!"]),
        ["another region beside the same endpoint and project"] =
            ([("endpoint", Here), ("projectId", "p"), ("region", "eu-de")], [("endpoint", Here), ("projectId", "p"), ("region", "eu-nl")], ["region"]),
        ["another region than that of a local cloud"] = ([("cloud", "local")], [("cloud", "local"), ("region", "eu-de")], ["region!"]),
        ["the region of a local cloud by name"] = ([("cloud", "local")], [("cloud", "local"), ("region", "local-1")], ["region"]),
        ["a region not known yet"] = ([("region", "eu-de")], [("region", PropertyValue.Unknown.Plain)], ["region"]),

        ["another cloud"] = ([("cloud", "opentelekomcloud"), ("region", "r")], [("cloud", "flexibleengine"), ("region", "r")], ["cloud!"]),
        ["the default cloud by name"] = ([("region", "r")], [("cloud", "huaweicloud"), ("region", "r")], ["cloud"]),
        ["another cloud than the default"] = ([("region", "r")], [("cloud", "flexibleengine"), ("region", "r")], ["cloud!"]),
        ["back to the default cloud"] = ([("cloud", "flexibleengine"), ("region", "r")], [("region", "r")], ["cloud!"]),
        ["a cloud added beside an endpoint"] = ([("endpoint", Here)], [("endpoint", Here), ("cloud", "flexibleengine")], ["cloud"]),
        ["another cloud beside the same endpoint"] =
            ([("endpoint", Here), ("cloud", "opentelekomcloud")], [("endpoint", Here), ("cloud", "flexibleengine")], ["cloud"]),
        ["another cloud and another endpoint"] =
            ([("endpoint", Here), ("cloud", "opentelekomcloud")], [("endpoint", There), ("cloud", "flexibleengine")], ["cloud!", "endpoint!"]),
        ["a cloud not known yet"] = ([("cloud", "flexibleengine")], [("cloud", PropertyValue.Unknown.Plain)], ["cloud"]),

        ["another endpoint"] = ([("endpoint", Here)], [("endpoint", There)], ["endpoint!"]),
        ["the same endpoint in another spelling"] = ([("endpoint", Here)], [("endpoint", Here + "/")], ["endpoint"]),
        ["an endpoint added, which may be another way to the same service"] = ([("region", "r")], [("region", "r"), ("endpoint", Here)], ["endpoint"]),

        ["another project"] = ([("projectId", "p")], [("projectId", "q")], ["projectId!"]),
        ["a project that was looked up before"] = ([], [("projectId", "p")], ["projectId"]),
        ["another project name"] = ([("projectName", "a")], [("projectName", "b")], ["projectName!"]),
        ["another project name beside the same id"] =
            ([("projectId", "p"), ("projectName", "a")], [("projectId", "p"), ("projectName", "b")], ["projectName"]),

        ["new keys"] = (
            [("accessKey", "a"), ("secretKey", new PropertyValue.Secret("b"))],
            [("accessKey", "c"), ("secretKey", new PropertyValue.Secret("d")), ("securityToken", "e")],
            ["accessKey", "secretKey", "securityToken"]),
        ["a key instead of a password"] = (
            [("userName", "u"), ("password", "p"), ("domainName", "d")],
            [("accessKey", "a"), ("secretKey", "b")],
            ["accessKey", "secretKey", "userName", "password", "domainName"]),
        ["a new token"] = ([("token", "t")], [("token", "u")], ["token"]),
        ["another agency, profile and identity service"] = (
            [("agencyName", "a"), ("agencyDomainName", "d"), ("profile", "x"), ("authUrl", Here)],
            [("agencyName", "b"), ("agencyDomainName", "e"), ("profile", "y"), ("authUrl", There)],
            ["authUrl", "agencyName", "agencyDomainName", "profile"]),
        ["how requests are sent"] = (
            [("maxRetries", 1), ("requestTimeout", 10), ("insecure", false)], [("maxRetries", 2), ("requestTimeout", 20), ("insecure", true)],
            ["insecure", "maxRetries", "requestTimeout"]),
        ["typed values and the same as text"] = ([("maxRetries", 1)], [("maxRetries", "1")], []),
        ["a secret that is marked from now on"] = ([("token", "t")], [("token", new PropertyValue.Secret("t"))], []),
        ["the version of the package"] = ([("version", "1.0.0")], [("version", "1.1.0")], []),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_what_makes_disks_unreachable_replaces(string what)
    {
        var (before, after, changes) = Cases[what];

        var diff = ConfigDiffer.Diff(new DiffRequest(
            new ResourceIdentity("urn:pulumi:dev::shop::pulumi:providers:evs::default", "pulumi:providers:evs", "default"),
            "id", PropertyMap.Of(before), PropertyMap.Of(before), PropertyMap.Of(after), []));

        diff.Changes.Select(change => change.Path + (change.Replaces ? "!" : "")).ShouldBe(changes, ignoreOrder: true);
    }
}
