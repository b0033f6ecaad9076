using System.Collections.Immutable;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Provider;

/// <summary>The provider's configuration, stated once: schema, CheckConfig, environment look-up and documents derive from it.</summary>
internal static class ProviderDeclaration
{
    public const string Cloud = "cloud";
    public const string Region = "region";
    public const string ProjectId = "projectId";
    public const string Endpoint = "endpoint";
    public const string AccessKey = "accessKey";
    public const string SecretKey = "secretKey";
    public const string SecurityToken = "securityToken";
    public const string Token = "token";
    public const string ProjectName = "projectName";
    public const string AuthUrl = "authUrl";
    public const string EcsEndpoint = "ecsEndpoint";
    public const string UserName = "userName";
    public const string Password = "password";
    public const string DomainName = "domainName";
    public const string AgencyName = "agencyName";
    public const string AgencyDomainName = "agencyDomainName";
    public const string Profile = "profile";
    public const string Insecure = "insecure";
    public const string CaCertFile = "caCertFile";
    public const string MetadataEndpoint = "metadataEndpoint";
    public const string EnterpriseProjectId = "enterpriseProjectId";
    public const string ApiVersions = "apiVersions";
    public const string DefaultTags = "defaultTags";
    public const string MaxRetries = "maxRetries";
    public const string RequestTimeout = "requestTimeout";
    public const string CreateJournal = "createJournal";
    public const string LostAnswerWindow = "lostAnswerWindow";
    public const string Preflight = "preflight";
    public const string PreflightTimeout = "preflightTimeout";

    public static readonly ImmutableArray<PropertyDeclaration> Properties =
    [
        new()
        {
            Name = Cloud,
            Type = PropertyType.String,
            Description = "The cloud, which decides endpoints and API versions: "
                + string.Join(", ", KnownClouds.All.Select(cloud => $"`{cloud.Name}` ({cloud.Title})"))
                + ". The local one is started by the plugin; nothing real is made there, and no account is needed.",
            Role = PropertyRole.Input,
            Rules = [new ValueRule("", value => value is PropertyValue.Text { Value: var name } ? CloudProblem(name) : null)],
            ImpliedValue = KnownClouds.Default,
        },
        new()
        {
            Name = Region,
            Type = PropertyType.String,
            Description = "Region of the cloud, such as `eu-de` or `cn-north-4`. Required unless `endpoint` is given"
                + string.Concat(KnownClouds.All.Where(cloud => cloud.DefaultRegion is not null).Select(
                    cloud => $"; with the cloud `{cloud.Name}` it is `{cloud.DefaultRegion}` when not given")) + ".",
            Role = PropertyRole.Input,
            Rules = [ValueRules.NotEmpty],
            Environment = [.. EnvironmentSource.Names(CredentialField.Region)],
        },
        new()
        {
            Name = ProjectId,
            Type = PropertyType.String,
            Description = "ID of the project that the disks belong to. Looked up by `projectName`, or by the region's name, when not given.",
            Role = PropertyRole.Input,
            Rules = [ValueRules.NotEmpty],
            Environment = [.. EnvironmentSource.Names(CredentialField.ProjectId)],
        },
        new()
        {
            Name = Endpoint,
            Type = PropertyType.String,
            Description = "Address of the EVS API, such as `https://evs.eu-de.otc.t-systems.com`; overrides the cloud's own. Plain http is for this machine only.",
            Role = PropertyRole.Input,
            Rules = [ValueRules.NotEmpty],
        },
        new()
        {
            Name = ApiVersions,
            Type = PropertyType.StringMap,
            Description =
                "API versions to use instead of the cloud's own, by operation, such as `create: v2.1`. Operations: "
                + string.Join(", ", Evs.Clouds.ApiVersions.Names.Select(name => $"`{name}` ({string.Join(", ", Evs.Clouds.ApiVersions.Allowed(name))})")) + ".",
            Role = PropertyRole.Input,
            EntryRule = ApiVersionProblems,
        },
        Text(ProjectName, "Name of the project, for looking up its id; the region's own project when not given.", CredentialField.ProjectName),
        Text(AuthUrl, "Address of the identity service (IAM), such as `https://iam.eu-de.otc.t-systems.com`; overrides the cloud's own.", CredentialField.AuthUrl),
        Text(EcsEndpoint, "Address of the ECS API, for attachments; overrides the cloud's own."),
        Secret(AccessKey, "Access key (AK) of a user.", CredentialField.AccessKey),
        Secret(SecretKey, "Secret key (SK) that belongs to `accessKey`.", CredentialField.SecretKey),
        Secret(SecurityToken, "Security token of a temporary access key.", CredentialField.SecurityToken),
        Secret(Token, "A ready token of the identity service.", CredentialField.Token),
        Text(UserName, "Name of a user, with `password` and `domainName`; tokens are then fetched and renewed.", CredentialField.UserName),
        Secret(Password, "Password of `userName`.", CredentialField.Password),
        Text(DomainName, "Name of the account (domain) that the user belongs to.", CredentialField.DomainName),
        Text(AgencyName, "Name of an agency to act through, in the account `agencyDomainName`.", CredentialField.AgencyName),
        Text(AgencyDomainName, "Name of the account that has the agency.", CredentialField.AgencyDomainName),
        Text(Profile, "Name of a profile to take credentials from: of the cloud's command line tool (`~/.hcloud/config.json`) or of `clouds.yaml`."),
        new()
        {
            Name = Insecure,
            Type = PropertyType.Bool,
            Description = "Whether to accept any TLS certificate. For trials only: anybody in between can then read and change everything.",
            Role = PropertyRole.Input,
            ImpliedValue = false,
            Environment = [.. EnvironmentSource.Names(CredentialField.Insecure)],
        },
        Text(CaCertFile, "A file of PEM certificates of authorities to trust besides those of the machine.", CredentialField.CaCertFile),
        Text(MetadataEndpoint, "Address of the metadata service of a server of the cloud; for trials only."),
        Text(EnterpriseProjectId, "ID of the enterprise project that resources belong to when they name none themselves."),
        new()
        {
            Name = DefaultTags,
            Type = PropertyType.StringMap,
            Description = "Tags that every disk gets; a disk's own tags win.",
            Role = PropertyRole.Input,
            EntryRule = TagRules.Problems,
        },
        new()
        {
            Name = MaxRetries,
            Type = PropertyType.Int,
            Description = "How often a request is sent again that was not acted on, or that may be repeated safely. A request that creates something never is blindly.",
            Role = PropertyRole.Input,
            ImpliedValue = 5,
            Rules = [ValueRules.Range(0, 100, "")],
        },
        new()
        {
            Name = RequestTimeout,
            Type = PropertyType.Int,
            Description = "How long one request may take, in seconds.",
            Role = PropertyRole.Input,
            ImpliedValue = 60,
            Rules = [ValueRules.Range(1, 3600, "seconds")],
        },
        new()
        {
            Name = CreateJournal,
            Type = PropertyType.Bool,
            Description =
                "Whether creates in flight are recorded in `evs/creates` under Pulumi's home (`PULUMI_HOME`, else `~/.pulumi`), so that a run after a crash "
                + "finds the disk that the crashed one had asked for.",
            Role = PropertyRole.Input,
            ImpliedValue = true,
        },
        new()
        {
            Name = LostAnswerWindow,
            Type = PropertyType.Int,
            Description =
                "How long to look for a disk whose create request got no answer before it is certain that the request was not acted on, in seconds. "
                + "Only then is it sent again.",
            Role = PropertyRole.Input,
            ImpliedValue = 30,
            Rules = [ValueRules.Range(1, 3600, "seconds")],
        },
        new()
        {
            Name = Preflight,
            Type = new PropertyType.Choice(PreflightOptions.Choices, IsOpen: false),
            Description =
                "What a preview does with what the cloud would refuse: zones and types that are not to be had, sources that are missing or too large, disabled keys, "
                + "quotas that all creates and growths of the preview together exceed. Reads only, and only where credentials are set.",
            Role = PropertyRole.Input,
            ImpliedValue = "warn",
        },
        new()
        {
            Name = PreflightTimeout,
            Type = PropertyType.Int,
            Description = "How long the cloud may hold up the preview of a resource, in seconds. What has no answer by then is not checked.",
            Role = PropertyRole.Input,
            ImpliedValue = 10,
            Rules = [ValueRules.Range(1, 300, "seconds")],
        },
    ];

    private static IEnumerable<CheckFailure> ApiVersionProblems(string property, PropertyMap choices)
    {
        foreach (var (name, value) in choices)
        {
            var problems = new List<string>();
            if (value.Bare is PropertyValue.Text { Value: var version })
            {
                KnownClouds.All[0].Versions.With([KeyValuePair.Create(name, version)], problems);
            }

            foreach (var problem in problems)
            {
                yield return new CheckFailure(PropertyPath.Child(property, name), problem);
            }
        }
    }

    /// <summary>Why a name is none of a cloud, to follow the setting's name; null when it is one.</summary>
    public static string? CloudProblem(string name)
    {
        if (KnownClouds.TryFind(name, out _))
        {
            return null;
        }

        var near = Suggestion.For(name, KnownClouds.All.Select(cloud => cloud.Name));
        return $"\"{name}\" is not a cloud that is known; "
            + (near is null ? $"there are: {string.Join(", ", KnownClouds.All.Select(cloud => cloud.Name))}; any other is given by {Setting.Endpoint} and {Setting.AuthUrl}" : $"did you mean {near}?");
    }

    private static PropertyDeclaration Text(string name, string description, CredentialField? field = null) => new()
    {
        Name = name,
        Type = PropertyType.String,
        Description = description,
        Role = PropertyRole.Input,
        Rules = [ValueRules.NotEmpty],
        Environment = field is { } known ? [.. EnvironmentSource.Names(known)] : [],
    };

    private static PropertyDeclaration Secret(string name, string description, CredentialField field) =>
        Text(name, description, field) with { Secret = true };
}
