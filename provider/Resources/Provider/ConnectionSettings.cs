using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.Provider;

/// <summary>From settings to where requests go, in whose name and with what right. Says everything that is missing at once.</summary>
internal static class ConnectionSettings
{
    public static (CloudTarget Target, ProjectSource Project, ICredential Credential) Resolve(ProviderSettings settings, TimeProvider time)
    {
        var problems = new List<string>();
        var target = Target(settings, problems);
        var project = settings.Text(ProviderDeclaration.ProjectId);
        if (project is null)
        {
            problems.Add(Missing(ProviderDeclaration.ProjectId));
        }

        var credential = Credential(settings, time, problems);
        return problems.Count == 0
            ? (target!, ProjectSource.Fixed(project!), credential!)
            : throw new ResourceException(
                FailureKind.Precondition, "the provider cannot reach the cloud with its configuration:\n" + string.Join('\n', problems.Select(problem => "  - " + problem)));
    }

    private static CloudTarget? Target(ProviderSettings settings, List<string> problems)
    {
        Uri? endpoint = null;
        if (settings.Text(ProviderDeclaration.Endpoint) is { } text && !EndpointAddress.TryParse(text, allowVersion: false, out endpoint, out var problem))
        {
            problems.Add($"evs:endpoint {problem}");
            return null;
        }

        var region = settings.Text(ProviderDeclaration.Region);
        if (region is null && endpoint is null)
        {
            problems.Add(Missing(ProviderDeclaration.Region));
            return null;
        }

        var name = settings.Text(ProviderDeclaration.Cloud) ?? KnownClouds.Default;
        if (!KnownClouds.TryFind(name, out var cloud))
        {
            problems.Add($"evs:cloud \"{name}\" is not known; there are {string.Join(", ", KnownClouds.All.Select(known => known.Name))}");
            return null;
        }

        var versions = cloud.Versions.With(settings.Map(ProviderDeclaration.ApiVersions), problems);
        var target = CloudTarget.Resolve(cloud, region ?? "", versions, evs: endpoint);
        if (target is null)
        {
            problems.Add($"evs:endpoint is not set, and {cloud.Title} has no address of its own");
        }

        return target;
    }

    /// <summary>A ready token comes before keys: who sets one means it.</summary>
    private static ICredential? Credential(ProviderSettings settings, TimeProvider time, List<string> problems)
    {
        if (settings.Text(ProviderDeclaration.Token) is { } token)
        {
            return new TokenCredential(token);
        }

        var key = settings.Text(ProviderDeclaration.AccessKey);
        var secret = settings.Text(ProviderDeclaration.SecretKey);
        switch (key, secret)
        {
            case ({ } id, { } sk):
                return new AccessKeyCredential(new AccessKey(id, sk, settings.Text(ProviderDeclaration.SecurityToken)), time);
            case ({ }, null):
                problems.Add("evs:accessKey is set, but " + Missing(ProviderDeclaration.SecretKey));
                return null;
            case (null, { }):
                problems.Add("evs:secretKey is set, but " + Missing(ProviderDeclaration.AccessKey));
                return null;
            default:
                problems.Add(
                    "no credentials: set evs:accessKey and evs:secretKey (as secrets), or HW_ACCESS_KEY and HW_SECRET_KEY "
                    + "(OS_ACCESS_KEY and OS_SECRET_KEY) in the environment; or a token as evs:token, HW_AUTH_TOKEN or OS_TOKEN");
                return null;
        }
    }

    private static string Missing(string name)
    {
        var key = ProviderSettings.Missing(name);
        return $"{key.Name} is not set: {key.Description}";
    }
}
