namespace PulumiEvs.Evs.Auth.Sources;

/// <summary>The environment variables that the tools of each cloud use: one table, the first name of a field that is set wins.</summary>
internal static class EnvironmentSource
{
    private static readonly (string Title, (CredentialField Field, string[] Names)[] Variables)[] Families =
    [
        ("the environment variables HW_*",
        [
            (CredentialField.AccessKey, ["HW_ACCESS_KEY"]),
            (CredentialField.SecretKey, ["HW_SECRET_KEY"]),
            (CredentialField.SecurityToken, ["HW_SECURITY_TOKEN"]),
            (CredentialField.Token, ["HW_AUTH_TOKEN"]),
            (CredentialField.UserName, ["HW_USER_NAME"]),
            (CredentialField.UserId, ["HW_USER_ID"]),
            (CredentialField.Password, ["HW_USER_PASSWORD"]),
            (CredentialField.DomainName, ["HW_DOMAIN_NAME"]),
            (CredentialField.DomainId, ["HW_DOMAIN_ID"]),
            (CredentialField.ProjectId, ["HW_PROJECT_ID"]),
            (CredentialField.ProjectName, ["HW_PROJECT_NAME"]),
            (CredentialField.Region, ["HW_REGION_NAME"]),
            (CredentialField.AuthUrl, ["HW_AUTH_URL"]),
            (CredentialField.AgencyName, ["HW_ASSUME_ROLE_AGENCY_NAME"]),
            (CredentialField.AgencyDomainName, ["HW_ASSUME_ROLE_DOMAIN_NAME"]),
            (CredentialField.Insecure, ["HW_INSECURE"]),
        ]),
        ("the environment variables OS_*",
        [
            (CredentialField.AccessKey, ["OS_ACCESS_KEY"]),
            (CredentialField.SecretKey, ["OS_SECRET_KEY"]),
            (CredentialField.SecurityToken, ["OS_SECURITY_TOKEN"]),
            (CredentialField.Token, ["OS_TOKEN", "OS_AUTH_TOKEN"]),
            (CredentialField.UserName, ["OS_USERNAME"]),
            (CredentialField.UserId, ["OS_USER_ID"]),
            (CredentialField.Password, ["OS_PASSWORD"]),
            (CredentialField.DomainName, ["OS_USER_DOMAIN_NAME", "OS_DOMAIN_NAME"]),
            (CredentialField.DomainId, ["OS_USER_DOMAIN_ID", "OS_DOMAIN_ID"]),
            (CredentialField.ProjectId, ["OS_PROJECT_ID", "OS_TENANT_ID"]),
            (CredentialField.ProjectName, ["OS_PROJECT_NAME", "OS_TENANT_NAME"]),
            (CredentialField.Region, ["OS_REGION_NAME", "OS_REGION"]),
            (CredentialField.AuthUrl, ["OS_AUTH_URL"]),
            (CredentialField.AgencyName, ["OS_AGENCY_NAME"]),
            (CredentialField.AgencyDomainName, ["OS_AGENCY_DOMAIN_NAME"]),
            (CredentialField.CaCertFile, ["OS_CACERT"]),
            (CredentialField.Insecure, ["OS_INSECURE"]),
        ]),
        ("the environment variables HUAWEICLOUD_SDK_*",
        [
            (CredentialField.AccessKey, ["HUAWEICLOUD_SDK_AK"]),
            (CredentialField.SecretKey, ["HUAWEICLOUD_SDK_SK"]),
            (CredentialField.SecurityToken, ["HUAWEICLOUD_SDK_SECURITY_TOKEN"]),
            (CredentialField.DomainId, ["HUAWEICLOUD_SDK_DOMAIN_ID"]),
            (CredentialField.ProjectId, ["HUAWEICLOUD_SDK_PROJECT_ID"]),
            (CredentialField.AuthUrl, ["HUAWEICLOUD_SDK_IAM_ENDPOINT"]),
        ]),
    ];

    /// <summary>One set for each family, also when nothing of it is set.</summary>
    public static IEnumerable<CredentialSet> Read(Host host)
    {
        foreach (var (title, variables) in Families)
        {
            var values = new Dictionary<CredentialField, string>();
            foreach (var (field, names) in variables)
            {
                if (names.Select(host.Get).FirstOrDefault(value => value is not null) is { } value)
                {
                    values[field] = value;
                }
            }

            yield return new CredentialSet(title, values, field => NameOf(Array.Find(variables, row => row.Field == field).Names ?? [field.ToString()], host));
        }
    }

    /// <summary>The variable that is set, else the one to set.</summary>
    private static string NameOf(string[] names, Host host) => Array.Find(names, name => host.Get(name) is not null) ?? names[0];

    /// <summary>The variables of a field, in the order in which they are asked.</summary>
    public static IEnumerable<string> Names(CredentialField field) =>
        Families.SelectMany(family => family.Variables.Where(row => row.Field == field).SelectMany(row => row.Names));
}
