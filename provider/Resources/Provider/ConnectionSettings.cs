using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Evs.Http;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.Provider;

/// <summary>From settings to where requests go, in whose name and with what right. Says everything that is missing at once; sends nothing.</summary>
internal static class ConnectionSettings
{
    /// <summary>The configuration's names of what a credential source can tell.</summary>
    private static readonly (CredentialField Field, string Name)[] Fields =
    [
        (CredentialField.AccessKey, ProviderDeclaration.AccessKey),
        (CredentialField.SecretKey, ProviderDeclaration.SecretKey),
        (CredentialField.SecurityToken, ProviderDeclaration.SecurityToken),
        (CredentialField.Token, ProviderDeclaration.Token),
        (CredentialField.UserName, ProviderDeclaration.UserName),
        (CredentialField.Password, ProviderDeclaration.Password),
        (CredentialField.DomainName, ProviderDeclaration.DomainName),
        (CredentialField.ProjectId, ProviderDeclaration.ProjectId),
        (CredentialField.ProjectName, ProviderDeclaration.ProjectName),
        (CredentialField.Region, ProviderDeclaration.Region),
        (CredentialField.AuthUrl, ProviderDeclaration.AuthUrl),
        (CredentialField.AgencyName, ProviderDeclaration.AgencyName),
        (CredentialField.AgencyDomainName, ProviderDeclaration.AgencyDomainName),
        (CredentialField.CaCertFile, ProviderDeclaration.CaCertFile),
        (CredentialField.Insecure, ProviderDeclaration.Insecure),
    ];

    /// <summary>Which credentials the settings come to, with what else their sources tell.</summary>
    public static CredentialChoice Choose(ProviderSettings settings, Host host)
    {
        var configuration = new CredentialSet(
            "the configuration",
            Fields.Select(row => (row.Field, Value: settings.Given(row.Name))).Where(row => row.Value is not null).ToDictionary(row => row.Field, row => row.Value!),
            field => $"{EvsPackage.Name}:{Array.Find(Fields, row => row.Field == field).Name}");
        return LocalCloud.IsChosen(settings)
            ? LocalCloud.Choose(settings, configuration)
            : CredentialChain.Choose(configuration, settings.Given(ProviderDeclaration.Profile), host);
    }

    /// <summary>The region that the settings come to: given, else the cloud's default; null when there is neither.</summary>
    public static string? RegionOf(ProviderSettings settings, CredentialChoice choice) => choice.Find(CredentialField.Region)
        ?? (KnownClouds.TryFind(settings.Given(ProviderDeclaration.Cloud) ?? KnownClouds.Default, out var cloud) ? cloud.DefaultRegion : null);

    /// <exception cref="ResourceException">The settings do not suffice, or contradict each other; the message has every problem.</exception>
    public static ConnectionPlan Resolve(ProviderSettings settings, Host host)
    {
        var problems = new List<string>();
        var choice = Choose(settings, host);
        if (choice.Fatal is { } fatal)
        {
            problems.Add(fatal);
        }

        var target = TargetOf(settings, choice, problems);
        var connection = new ConnectionOptions
        {
            Insecure = choice.Find(CredentialField.Insecure) is "true" or "True" or "1",
            ExtraAuthorities = Authorities(choice.Find(CredentialField.CaCertFile), host, problems),
        };
        var agency = AgencyOf(choice, problems);
        var local = target is null ? null : LocalCloud.SetupOf(settings, target.Region, host, problems);
        var metadata = Address(settings, ProviderDeclaration.MetadataEndpoint, problems);
        if (problems.Count > 0)
        {
            throw new ResourceException(
                FailureKind.Precondition,
                "the provider cannot reach the cloud with its configuration:\n" + string.Join('\n', problems.Select(problem => "  - " + problem)));
        }

        return new ConnectionPlan
        {
            Target = target!,
            Credentials = choice,
            Connection = connection,
            Transport = new TransportOptions
            {
                RequestTimeout = TimeSpan.FromSeconds(settings.Int(ProviderDeclaration.RequestTimeout)),
                Retry = new RetryOptions { MaxRetries = settings.Int(ProviderDeclaration.MaxRetries) },
            },
            ProjectId = choice.Find(CredentialField.ProjectId),
            ProjectName = choice.Find(CredentialField.ProjectName),
            Agency = agency,
            Local = local,
            Metadata = metadata ?? MetadataClient.Address,
        };
    }

    private static CloudTarget? TargetOf(ProviderSettings settings, CredentialChoice choice, List<string> problems)
    {
        var before = problems.Count;
        var endpoint = Address(settings, ProviderDeclaration.Endpoint, problems);
        var ecs = Address(settings, ProviderDeclaration.EcsEndpoint, problems);
        Uri? iam = null;
        if (choice.Find(CredentialField.AuthUrl) is { } authUrl && !EndpointAddress.TryParse(authUrl, allowVersion: true, out iam, out var problem))
        {
            problems.Add($"{Key(ProviderDeclaration.AuthUrl)} {problem}");
        }

        var name = settings.Given(ProviderDeclaration.Cloud) ?? KnownClouds.Default;
        if (!KnownClouds.TryFind(name, out var cloud))
        {
            problems.Add($"{Key(ProviderDeclaration.Cloud)} \"{name}\" is not known; there are {string.Join(", ", KnownClouds.All.Select(known => known.Name))}");
            return null;
        }

        var region = RegionOf(settings, choice);
        if (region is null && endpoint is null)
        {
            var missing = ProviderSettings.Missing(ProviderDeclaration.Region);
            problems.Add($"{missing.Name} is not set: {missing.Description}");
        }
        else if (cloud.IsLocal && region is not null && KnownClouds.RegionProblem(cloud, region) is { } mismatch)
        {
            problems.Add($"{Key(ProviderDeclaration.Region)}: {mismatch}");
        }

        if (problems.Count > before)
        {
            return null;
        }

        var versions = cloud.Versions.With(settings.Map(ProviderDeclaration.ApiVersions), problems);
        var target = CloudTarget.Resolve(cloud, region ?? "", versions, endpoint, ecs, iam);
        if (target is null)
        {
            problems.Add($"{Key(ProviderDeclaration.Endpoint)} is not set, and {cloud.Title} has no address of its own");
        }

        return target;
    }

    private static Uri? Address(ProviderSettings settings, string name, List<string> problems)
    {
        if (settings.Given(name) is not { } text)
        {
            return null;
        }

        if (EndpointAddress.TryParse(text, allowVersion: false, out var address, out var problem))
        {
            return address;
        }

        problems.Add($"{Key(name)} {problem}");
        return null;
    }

    private static Agency? AgencyOf(CredentialChoice choice, List<string> problems)
    {
        switch (choice.Find(CredentialField.AgencyName), choice.Find(CredentialField.AgencyDomainName))
        {
            case ({ } name, { } domain):
                return new Agency(name, domain);
            case ({ }, null):
                problems.Add($"{Key(ProviderDeclaration.AgencyName)} is set, but {Key(ProviderDeclaration.AgencyDomainName)} is not: the account that has the agency");
                return null;
            case (null, { }):
                problems.Add($"{Key(ProviderDeclaration.AgencyDomainName)} is set, but {Key(ProviderDeclaration.AgencyName)} is not");
                return null;
            default:
                return null;
        }
    }

    private static X509Certificate2Collection? Authorities(string? path, Host host, List<string> problems)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            var pem = host.ReadFile(host.Expand(path));
            var authorities = new X509Certificate2Collection();
            if (pem is null)
            {
                problems.Add($"{Key(ProviderDeclaration.CaCertFile)}: there is no file {path}");
                return null;
            }

            authorities.ImportFromPem(pem);
            if (authorities.Count == 0)
            {
                problems.Add($"{Key(ProviderDeclaration.CaCertFile)}: {path} has no certificate in PEM form");
            }

            return authorities;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problems.Add($"{Key(ProviderDeclaration.CaCertFile)}: {path} cannot be read ({e.Message})");
            return null;
        }
    }

    private static string Key(string name) => $"{EvsPackage.Name}:{name}";
}
