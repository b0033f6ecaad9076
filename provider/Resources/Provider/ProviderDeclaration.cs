using System.Collections.Immutable;
using PulumiEvs.Resources.Checking;
using PulumiEvs.Resources.Declarations;

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
    public const string DefaultTags = "defaultTags";

    public static readonly ImmutableArray<PropertyDeclaration> Properties =
    [
        new()
        {
            Name = Region,
            Type = PropertyType.String,
            Description = "Region of the cloud, such as `eu-de` or `cn-north-4`. Required unless `endpoint` is given.",
            Role = PropertyRole.Input,
            Rules = [ValueRules.NotEmpty],
            Environment = ["HW_REGION_NAME", "OS_REGION_NAME", "OS_REGION"],
        },
        new()
        {
            Name = ProjectId,
            Type = PropertyType.String,
            Description = "ID of the project that the disks belong to.",
            Role = PropertyRole.Input,
            Rules = [ValueRules.NotEmpty],
            Environment = ["HW_PROJECT_ID", "OS_PROJECT_ID", "OS_TENANT_ID"],
        },
        new()
        {
            Name = Endpoint,
            Type = PropertyType.String,
            Description = "Address of the EVS API, such as `https://evs.eu-de.otc.t-systems.com`; overrides the cloud's own. Plain http is for this machine only.",
            Role = PropertyRole.Input,
            Rules = [ValueRules.NotEmpty],
        },
        Credential(AccessKey, "Access key (AK) of a user.", "HW_ACCESS_KEY", "OS_ACCESS_KEY"),
        Credential(SecretKey, "Secret key (SK) that belongs to `accessKey`.", "HW_SECRET_KEY", "OS_SECRET_KEY"),
        Credential(SecurityToken, "Security token of a temporary access key.", "HW_SECURITY_TOKEN", "OS_SECURITY_TOKEN"),
        Credential(Token, "A ready token of the identity service, instead of keys.", "HW_AUTH_TOKEN", "OS_TOKEN", "OS_AUTH_TOKEN"),
        new()
        {
            Name = DefaultTags,
            Type = PropertyType.StringMap,
            Description = "Tags that every disk gets; a disk's own tags win.",
            Role = PropertyRole.Input,
            EntryRule = TagRules.Problems,
        },
    ];

    private static PropertyDeclaration Credential(string name, string description, params ImmutableArray<string> environment) => new()
    {
        Name = name,
        Type = PropertyType.String,
        Description = description,
        Role = PropertyRole.Input,
        Secret = true,
        Rules = [ValueRules.NotEmpty],
        Environment = environment,
    };
}
