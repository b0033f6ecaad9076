using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Functional.Configuration;

/// <summary>What a source calls the parts of credentials.</summary>
internal sealed record CredentialNames(
    string AccessKey, string SecretKey, string SecurityToken, string? Token = null, string? User = null, string? Password = null, string? Domain = null,
    string? AgencyName = null, string? AgencyDomain = null)
{
    // Stated here once more, and not taken from the provider: these are the names that the other tools of each cloud have.
    public static readonly CredentialNames Configuration = new("accessKey", "secretKey", "securityToken", "token", "userName", "password", "domainName", "agencyName", "agencyDomainName");

    public static readonly CredentialNames Huawei = new(
        "HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN", "HW_AUTH_TOKEN", "HW_USER_NAME", "HW_USER_PASSWORD", "HW_DOMAIN_NAME", "HW_ASSUME_ROLE_AGENCY_NAME", "HW_ASSUME_ROLE_DOMAIN_NAME");

    public static readonly CredentialNames OpenStack = new(
        "OS_ACCESS_KEY", "OS_SECRET_KEY", "OS_SECURITY_TOKEN", "OS_TOKEN", "OS_USERNAME", "OS_PASSWORD", "OS_USER_DOMAIN_NAME", "OS_AGENCY_NAME", "OS_AGENCY_DOMAIN_NAME");

    public static readonly CredentialNames Sdk = new("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN");

    public static readonly CredentialNames CommandLine = new("accessKeyId", "secretAccessKey", "securityToken", AgencyName: "agencyName", AgencyDomain: "agencyDomainName");

    public static readonly CredentialNames SdkFile = new("ak", "sk", "security_token");

    public static readonly CredentialNames CloudsYaml = new("ak", "sk", "security_token", "token", "username", "password", "user_domain_name", "agency_name", "agency_domain_name");
}

/// <summary>Credentials, whatever their source calls the parts.</summary>
internal sealed record GivenCredentials
{
    public string? AccessKey { get; init; }

    public string? SecretKey { get; init; }

    public string? SecurityToken { get; init; }

    public string? Token { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public string? Domain { get; init; }

    public string? Agency { get; init; }

    public string? AgencyDomain { get; init; }

    public IEnumerable<string> Secrets => new[] { SecretKey, SecurityToken, Token, Password }.OfType<string>();

    public PropertyMap As(CredentialNames names) => PropertyMap.Of(
        [
            .. new (string? Name, string? Value)[]
            {
                (names.AccessKey, AccessKey), (names.SecretKey, SecretKey), (names.SecurityToken, SecurityToken), (names.Token, Token), (names.User, User),
                (names.Password, Password), (names.Domain, Domain), (names.AgencyName, Agency), (names.AgencyDomain, AgencyDomain),
            }.Where(pair => pair.Value is not null).Select(pair => (pair.Name!, (PropertyValue)pair.Value)),
        ]);
}
