using PulumiEvs.Evs.Auth.Sources;

namespace PulumiEvs.Evs.Local;

/// <summary>The one user and the one project of a local EVS: no secrets, they are in its manual.</summary>
internal static class LocalAccount
{
    public const string AccessKey = "LOCALACCESSKEY";
    public const string SecretKey = "local-secret-key";
    public const string ProjectId = "0123456789abcdef0123456789abcdef";

    /// <summary>What a connection to a local EVS needs, as a source of it.</summary>
    public static readonly CredentialSet Credentials = new(
        "the local EVS",
        new Dictionary<CredentialField, string>
        {
            [CredentialField.AccessKey] = AccessKey,
            [CredentialField.SecretKey] = SecretKey,
            [CredentialField.ProjectId] = ProjectId,
        },
        _ => "the local EVS");
}
