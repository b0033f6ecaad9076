namespace PulumiEvs.Evs;

/// <summary>The settings that errors of this room ask a user to change, each as the user types it.</summary>
internal static class Setting
{
    public const string Prefix = "evs:";

    public const string Cloud = Prefix + "cloud";
    public const string Region = Prefix + "region";
    public const string ProjectId = Prefix + "projectId";
    public const string ProjectName = Prefix + "projectName";
    public const string Endpoint = Prefix + "endpoint";
    public const string EcsEndpoint = Prefix + "ecsEndpoint";
    public const string AuthUrl = Prefix + "authUrl";
    public const string ApiVersions = Prefix + "apiVersions";
    public const string AccessKey = Prefix + "accessKey";
    public const string SecretKey = Prefix + "secretKey";
    public const string Token = Prefix + "token";
    public const string UserName = Prefix + "userName";
    public const string Password = Prefix + "password";
    public const string DomainName = Prefix + "domainName";
    public const string AgencyName = Prefix + "agencyName";
    public const string AgencyDomainName = Prefix + "agencyDomainName";
    public const string Profile = Prefix + "profile";
    public const string CaCertFile = Prefix + "caCertFile";
    public const string RequestTimeout = Prefix + "requestTimeout";
}
