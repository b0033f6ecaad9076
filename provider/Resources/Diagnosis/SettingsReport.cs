using PulumiEvs.Evs;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Evs.Http;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Resources.Diagnosis;

/// <summary>Says which settings hold, and where each is from.</summary>
internal static class SettingsReport
{
    private const string Default = "default";

    /// <summary>What is known although the configuration does not suffice.</summary>
    public static IEnumerable<Setting> Of(ProviderSettings settings, CredentialChoice choice)
    {
        var name = settings.Given(ProviderDeclaration.Cloud);
        yield return new Setting(
            ProviderDeclaration.Cloud,
            KnownClouds.TryFind(name ?? KnownClouds.Default, out var cloud) ? $"{cloud.Name} ({cloud.Title})" : name!,
            name is null ? Default : Key(ProviderDeclaration.Cloud));
        yield return ConnectionSettings.RegionOf(settings, choice) is { } region
            ? new Setting(ProviderDeclaration.Region, region, choice.SourceOf(CredentialField.Region) ?? Default)
            : new Setting(ProviderDeclaration.Region, "none");
        yield return Project(choice, ConnectionSettings.RegionOf(settings, choice));
        yield return new Setting("credentials", choice.ToString());
        if (choice.Find(CredentialField.AgencyName) is { } agency)
        {
            yield return new Setting(
                "agency", $"{agency} of {choice.Find(CredentialField.AgencyDomainName)}, assumed with these credentials", choice.SourceOf(CredentialField.AgencyName));
        }
    }

    /// <summary>Where requests go.</summary>
    public static IEnumerable<Setting> Of(ProviderSettings settings, CredentialChoice choice, ConnectionPlan plan)
    {
        var target = plan.Target;
        if (plan.Local is { } local)
        {
            yield return new Setting(ProviderDeclaration.Endpoint, $"the local EVS of {local.Folder}, started when it is needed");
        }
        else
        {
            yield return Address(ProviderDeclaration.Endpoint, target.Evs, settings.Given(ProviderDeclaration.Endpoint) is null ? null : Key(ProviderDeclaration.Endpoint));
            yield return Address(ProviderDeclaration.AuthUrl, target.Iam, choice.SourceOf(CredentialField.AuthUrl));
            yield return Address(ProviderDeclaration.EcsEndpoint, target.Ecs, settings.Given(ProviderDeclaration.EcsEndpoint) is null ? null : Key(ProviderDeclaration.EcsEndpoint));
        }

        if (HttpHandlers.ProxyFor(plan.Connection, target.Evs) is { } proxy)
        {
            // Without the user and password that it may have.
            yield return new Setting("proxy", proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped), "the proxy variables");
        }

        yield return new Setting(
            ProviderDeclaration.ApiVersions, string.Join(", ", ApiVersions.Names.Select(name => $"{name} {target.Versions[name] ?? "not offered"}")));
    }

    private static Setting Project(CredentialChoice choice, string? region) =>
        choice.Find(CredentialField.ProjectId) is { } id ? new Setting("project", id, choice.SourceOf(CredentialField.ProjectId))
        : choice.Find(CredentialField.ProjectName) is { } name
            ? new Setting("project", $"the one named \"{name}\", looked up", choice.SourceOf(CredentialField.ProjectName))
        : new Setting("project", region is null ? "none" : $"the one named \"{region}\", as the region, looked up");

    private static Setting Address(string name, Uri? address, string? source) =>
        address is null ? new Setting(name, "not known") : new Setting(name, address.AbsoluteUri.TrimEnd('/'), source);

    private static string Key(string name) => $"{EvsPackage.Name}:{name}";
}
