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
    /// <summary>Keys that the engine adds to the configuration: neither ours nor an error (protocol B3).</summary>
    private static readonly string[] EngineKeys = ["version", "pluginDownloadURL"];

    public static CheckResult Check(CheckRequest request, Func<string, string?> environment)
    {
        var failures = new List<CheckFailure>();
        var decoded = Decode(request.NewInputs, failures);
        failures.AddRange(InputChecker.Failures(decoded, ProviderDeclaration.Properties, []));
        var settings = new ProviderSettings(decoded, environment);
        if (settings.Text(ProviderDeclaration.Endpoint) is { } endpoint
            && !EndpointAddress.TryParse(endpoint, allowVersion: false, out _, out var problem))
        {
            failures.Add(new CheckFailure(ProviderDeclaration.Endpoint, problem));
        }

        if (LacksRegion(settings))
        {
            var missing = ProviderSettings.Missing(ProviderDeclaration.Region);
            failures.Add(new CheckFailure(
                ProviderDeclaration.Region,
                $"is required, but is not set; run `pulumi config set {missing.Name} <region>`. {missing.Description}"));
        }

        // In the program's own form: what was decoded, and what came from the environment, does not go into the state.
        return new CheckResult(InputChecker.Normalize(request.NewInputs), [.. failures]);
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

    public static bool LacksRegion(ProviderSettings settings) =>
        settings.Text(ProviderDeclaration.Region) is null
        && !settings.IsUnknown(ProviderDeclaration.Region)
        && settings.Text(ProviderDeclaration.Endpoint) is null
        && !settings.IsUnknown(ProviderDeclaration.Endpoint);
}
