using System.Text.Json.Serialization;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Auth;

// The bodies of the identity service (IAM API reference: tokens, projects) and of the metadata service.

internal sealed record TokenRequest(TokenRequestAuth Auth);

internal sealed record TokenRequestAuth(TokenIdentity Identity, TokenScope? Scope);

internal sealed record TokenIdentity
{
    /// <summary>password or assume_role.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    public PasswordMethod? Password { get; init; }

    public AssumeRoleMethod? AssumeRole { get; init; }
}

internal sealed record PasswordMethod(PasswordUser User);

internal sealed record PasswordUser
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public required string Password { get; init; }

    public NameOrId? Domain { get; init; }

    public override string ToString() => $"user {Name ?? Id}";
}

internal sealed record AssumeRoleMethod
{
    public required string AgencyName { get; init; }

    public required string DomainName { get; init; }
}

internal sealed record TokenScope(NameOrId Project);

internal sealed record NameOrId
{
    public string? Id { get; init; }

    public string? Name { get; init; }
}

internal sealed record TokenResponse
{
    public required TokenDetails Token { get; init; }
}

internal sealed record TokenDetails
{
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? IssuedAt { get; init; }

    public NameOrId? Project { get; init; }
}

internal sealed record ProjectList
{
    public required IReadOnlyList<ProjectEntry> Projects { get; init; }
}

internal sealed record ProjectEntry
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public bool? Enabled { get; init; }
}

internal sealed record SecurityKeyResponse
{
    public required SecurityKey Credential { get; init; }
}

internal sealed record SecurityKey
{
    public required string Access { get; init; }

    public required string Secret { get; init; }

    [JsonPropertyName("securitytoken")]
    public required string SecurityToken { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public override string ToString() => "temporary access key";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LenientStringConverter), typeof(LenientBooleanConverter)])]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(ProjectList))]
[JsonSerializable(typeof(SecurityKeyResponse))]
internal sealed partial class IamJson : JsonSerializerContext;
