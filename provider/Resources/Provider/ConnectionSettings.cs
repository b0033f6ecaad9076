using System.Security.Cryptography.X509Certificates;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Local;
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
            field => Key(NameOf(field)));
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
        var (plan, problems) = Examine(settings, host);
        return plan ?? throw new ResourceException(
            FailureKind.Precondition,
            "the provider cannot reach the cloud with its configuration:\n" + string.Join('\n', problems.Select(problem => "  - " + problem.Reason)));
    }

    /// <summary>The plan, or what stands against it: each problem with the property it is about, as a sentence that names it.</summary>
    /// <remarks>A value that only the real run will know is no problem, and causes none.</remarks>
    public static (ConnectionPlan? Plan, IReadOnlyList<CheckFailure> Problems) Examine(ProviderSettings settings, Host host)
    {
        var problems = new List<CheckFailure>();
        var choice = Choose(settings, host);
        foreach (var gap in choice.Sets[0].Gaps())
        {
            var name = NameOf(gap.Missing);
            if (!settings.IsUnknown(name))
            {
                problems.Add(new CheckFailure(
                    name, gap.Text + (gap.Missing == CredentialField.DomainName ? ": set it to the name of the account that the user belongs to" : ": set both, or neither")));
            }
        }

        if (choice.Fatal is { } fatal && problems.Count == 0)
        {
            problems.Add(new CheckFailure(ProviderDeclaration.Profile, fatal));
        }

        var target = TargetOf(settings, choice, problems);
        var connection = new ConnectionOptions
        {
            Insecure = IsInsecure(choice, problems),
            ExtraAuthorities = Authorities(choice, host, problems),
        };
        var agency = AgencyOf(settings, choice, problems);
        var local = target is null ? null : LocalOf(settings, target.Region, host, problems);
        var metadata = Address(settings, ProviderDeclaration.MetadataEndpoint, problems);
        return problems.Count > 0 || target is null
            ? (null, problems)
            : (new ConnectionPlan
            {
                Target = target,
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
            }, problems);
    }

    private static CloudTarget? TargetOf(ProviderSettings settings, CredentialChoice choice, List<CheckFailure> problems)
    {
        var endpoint = Address(settings, ProviderDeclaration.Endpoint, problems);
        var ecs = Address(settings, ProviderDeclaration.EcsEndpoint, problems);
        Uri? iam = null;
        if (choice.FindNamed(CredentialField.AuthUrl) is var (authUrl, authUrlName)
            && !EndpointAddress.TryParse(authUrl, allowVersion: true, out iam, out var problem))
        {
            problems.Add(new CheckFailure(ProviderDeclaration.AuthUrl, $"{authUrlName} {problem}"));
        }

        if (settings.IsUnknown(ProviderDeclaration.Cloud))
        {
            return null;
        }

        var name = settings.Given(ProviderDeclaration.Cloud) ?? KnownClouds.Default;
        if (!KnownClouds.TryFind(name, out var cloud))
        {
            problems.Add(new CheckFailure(ProviderDeclaration.Cloud, $"{Key(ProviderDeclaration.Cloud)} {ProviderDeclaration.CloudProblem(name)}"));
            return null;
        }

        var hasEndpoint = settings.Given(ProviderDeclaration.Endpoint) is not null || settings.IsUnknown(ProviderDeclaration.Endpoint);
        var region = RegionOf(settings, choice);
        if (region is null && !hasEndpoint && !settings.IsUnknown(ProviderDeclaration.Region) && !settings.IsUnknown(ProviderDeclaration.Profile))
        {
            var missing = ProviderSettings.Missing(ProviderDeclaration.Region);
            problems.Add(new CheckFailure(
                ProviderDeclaration.Region, $"{missing.Name} is not set: run `pulumi config set {missing.Name} <region>`. {missing.Description}"));
        }

        if (choice.FindNamed(CredentialField.Region) is var (given, regionName)
            && (cloud.IsLocal || !hasEndpoint)
            && KnownClouds.RegionProblem(cloud, given) is { } mismatch)
        {
            problems.Add(new CheckFailure(ProviderDeclaration.Region, $"{regionName} {mismatch}"));
        }

        if (region is null
            && choice.Find(CredentialField.ProjectId) is null
            && choice.Find(CredentialField.ProjectName) is null
            && settings.Given(ProviderDeclaration.Endpoint) is not null
            && !settings.IsUnknown(ProviderDeclaration.Region)
            && !settings.IsUnknown(ProviderDeclaration.ProjectId)
            && !settings.IsUnknown(ProviderDeclaration.ProjectName)
            && !settings.IsUnknown(ProviderDeclaration.Profile))
        {
            problems.Add(new CheckFailure(
                ProviderDeclaration.ProjectId,
                $"{Key(ProviderDeclaration.ProjectId)} is not set, and there is neither {Key(ProviderDeclaration.Region)} nor {Key(ProviderDeclaration.ProjectName)} to look it up by: set one of the three"));
        }

        var refused = new List<string>();
        var versions = cloud.Versions.With(settings.Map(ProviderDeclaration.ApiVersions), refused);
        problems.AddRange(refused.Select(text => new CheckFailure(ProviderDeclaration.ApiVersions, text)));
        if (problems.Count > 0 || (region is null && endpoint is null))
        {
            return null;
        }

        var target = CloudTarget.Resolve(cloud, region ?? "", versions, endpoint, ecs, iam);
        if (target is null)
        {
            problems.Add(new CheckFailure(
                ProviderDeclaration.Endpoint, $"{Key(ProviderDeclaration.Endpoint)} is not set, and {cloud.Title} has no address of its own"));
        }

        return target;
    }

    private static LocalEvsSetup? LocalOf(ProviderSettings settings, string region, Host host, List<CheckFailure> problems)
    {
        var obstacles = new List<string>();
        var setup = LocalCloud.SetupOf(settings, region, host, obstacles);
        problems.AddRange(obstacles.Select(text => new CheckFailure(ProviderDeclaration.Cloud, text)));
        return setup;
    }

    private static Uri? Address(ProviderSettings settings, string name, List<CheckFailure> problems)
    {
        if (settings.Given(name) is not { } text)
        {
            return null;
        }

        if (EndpointAddress.TryParse(text, allowVersion: false, out var address, out var problem))
        {
            return address;
        }

        problems.Add(new CheckFailure(name, $"{Key(name)} {problem}"));
        return null;
    }

    private static Agency? AgencyOf(ProviderSettings settings, CredentialChoice choice, List<CheckFailure> problems)
    {
        switch (choice.FindNamed(CredentialField.AgencyName), choice.FindNamed(CredentialField.AgencyDomainName))
        {
            case (var (name, _), var (domain, _)):
                return new Agency(name, domain);
            case (var (name, nameSetting), null) when !settings.IsUnknown(ProviderDeclaration.AgencyDomainName):
                problems.Add(new CheckFailure(
                    ProviderDeclaration.AgencyDomainName,
                    $"{nameSetting} is set (\"{name}\"), but {Key(ProviderDeclaration.AgencyDomainName)} is not: set it to the name of the account that has the agency"));
                return null;
            case (null, var (domain, domainSetting)) when !settings.IsUnknown(ProviderDeclaration.AgencyName):
                problems.Add(new CheckFailure(
                    ProviderDeclaration.AgencyName, $"{domainSetting} is set (\"{domain}\"), but {Key(ProviderDeclaration.AgencyName)} is not: set it to the name of an agency of that account"));
                return null;
            default:
                return null;
        }
    }

    private static bool IsInsecure(CredentialChoice choice, List<CheckFailure> problems)
    {
        if (choice.FindNamed(CredentialField.Insecure) is not var (text, name))
        {
            return false;
        }

        if (text is "0" or "1" || bool.TryParse(text, out _))
        {
            return text == "1" || (bool.TryParse(text, out var flag) && flag);
        }

        problems.Add(new CheckFailure(ProviderDeclaration.Insecure, $"{name} must be true or false, but is \"{text}\""));
        return false;
    }

    private static X509Certificate2Collection? Authorities(CredentialChoice choice, Host host, List<CheckFailure> problems)
    {
        if (choice.FindNamed(CredentialField.CaCertFile) is not var (path, name))
        {
            return null;
        }

        string problem;
        try
        {
            if (host.ReadFile(host.Expand(path)) is { } pem)
            {
                return TrustedAuthorities.Parse(pem);
            }

            problem = "there is no such file";
        }
        catch (FormatException e)
        {
            problem = e.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"it cannot be read ({e.Message.TrimEnd('.')})";
        }

        problems.Add(new CheckFailure(ProviderDeclaration.CaCertFile, $"{name} \"{path}\" cannot be used: {problem}"));
        return null;
    }

    private static string NameOf(CredentialField field) => Array.Find(Fields, row => row.Field == field).Name;

    private static string Key(string name) => Setting.Prefix + name;
}
