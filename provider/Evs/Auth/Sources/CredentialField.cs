namespace PulumiEvs.Evs.Auth.Sources;

/// <summary>What a source of credentials can tell. Each source has its own names for them.</summary>
internal enum CredentialField
{
    AccessKey,
    SecretKey,
    SecurityToken,
    Token,
    UserName,
    UserId,
    Password,

    /// <summary>The account that the user belongs to, by name.</summary>
    DomainName,

    /// <summary>The account that the user belongs to, by id.</summary>
    DomainId,
    ProjectId,
    ProjectName,
    Region,

    /// <summary>The identity service's address.</summary>
    AuthUrl,
    AgencyName,
    AgencyDomainName,

    /// <summary>A file with authorities to trust.</summary>
    CaCertFile,
    Insecure,
}
