using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Provider;

/// <summary>
/// Checks the provider's configuration: types in any of the encodings it comes in, addresses, and what is missing. Credentials
/// are not asked for here: schema, checks and previews work without.
/// </summary>
internal static class ConfigChecker
{
    private static readonly (string Name, bool AllowVersion)[] Addresses =
    [
        (ProviderDeclaration.Endpoint, false),
        (ProviderDeclaration.EcsEndpoint, false),
        (ProviderDeclaration.AuthUrl, true),
        (ProviderDeclaration.MetadataEndpoint, false),
    ];

    /// <summary>Keys that the engine adds to the configuration: neither ours nor an error (protocol B3).</summary>
    private static readonly string[] EngineKeys = ["version", "pluginDownloadURL"];

    public static CheckResult Check(CheckRequest request, Host host, IOperationLog log)
    {
        var failures = new List<CheckFailure>();
        var decoded = Decode(request.NewInputs, failures);
        failures.AddRange(InputChecker.Failures(decoded, ProviderDeclaration.Properties, []));
        var settings = new ProviderSettings(decoded, host.Variable);
        foreach (var (name, allowVersion) in Addresses)
        {
            if (settings.Given(name) is { } address && !EndpointAddress.TryParse(address, allowVersion, out _, out var problem))
            {
                failures.Add(new CheckFailure(name, problem));
            }
        }

        if (settings.Given(ProviderDeclaration.Region) is { } region
            && KnownClouds.TryFind(settings.Given(ProviderDeclaration.Cloud) ?? KnownClouds.Default, out var cloud)
            && settings.Given(ProviderDeclaration.Endpoint) is null
            && KnownClouds.RegionProblem(cloud, region) is { } mismatch)
        {
            failures.Add(new CheckFailure(ProviderDeclaration.Region, mismatch));
        }

        if (LacksRegion(settings, host))
        {
            var missing = ProviderSettings.Missing(ProviderDeclaration.Region);
            failures.Add(new CheckFailure(
                ProviderDeclaration.Region,
                $"is required, but is not set; run `pulumi config set {missing.Name} <region>`. {missing.Description}"));
        }

        if (LocalCloud.IsChosen(settings) && failures.Count == 0)
        {
            CheckLocal(settings, host, log, failures);
        }

        // In the program's own form: what was decoded, and what came from the environment, does not go into the state.
        return new CheckResult(InputChecker.Normalize(request.NewInputs), [.. failures]);
    }

    /// <summary>A preview asks the local EVS nothing; that it cannot be started is said there all the same.</summary>
    private static void CheckLocal(ProviderSettings settings, Host host, IOperationLog log, List<CheckFailure> failures)
    {
        var problems = new List<string>();
        var region = ConnectionSettings.RegionOf(settings, ConnectionSettings.Choose(settings, host))!;
        var setup = LocalCloud.SetupOf(settings, region, host, problems);
        failures.AddRange(problems.Select(problem => new CheckFailure(ProviderDeclaration.Cloud, problem)));
        if (problems.Count == 0)
        {
            LocalCloud.Tell(settings, setup, log);
        }
    }

    /// <summary>The configuration with every value of its declared type, without the engine's own keys.</summary>
    public static PropertyMap Decode(PropertyMap configuration, List<CheckFailure> failures)
    {
        var own = InputChecker.Normalize(configuration);
        foreach (var key in EngineKeys)
        {
            own = own.Without(key);
        }

        return ConfigDecoder.Decode(own, ProviderDeclaration.Properties, failures);
    }

    /// <summary>True when no source has a region: neither the configuration nor the environment nor a profile.</summary>
    public static bool LacksRegion(ProviderSettings settings, Host host) =>
        ConnectionSettings.RegionOf(settings, ConnectionSettings.Choose(settings, host)) is null
        && !settings.IsUnknown(ProviderDeclaration.Region)
        && settings.Text(ProviderDeclaration.Endpoint) is null
        && !settings.IsUnknown(ProviderDeclaration.Endpoint);
}
