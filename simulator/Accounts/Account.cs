using System.Collections.Immutable;

namespace EvsSimulator.Accounts;

// What a set-up may leave out has a setter: the JSON reader sets members that can only be initialised also when they are not
// there, to nothing, and their defaults would be lost.

/// <summary>A project of the cloud; everything EVS knows belongs to one.</summary>
internal sealed record Project
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string DomainId { get; set; } = "local-domain-id";
}

/// <summary>A user, with what the user may not do.</summary>
internal sealed record User
{
    public required string Name { get; init; }

    public string? Password { get; init; }

    public string Domain { get; set; } = "local-domain";

    /// <summary>The ids of the projects the user can reach; empty for all.</summary>
    public ImmutableArray<string> Projects { get; set; } = [];

    /// <summary>Operations the user has no permission for; <c>*</c> stands for any text.</summary>
    public ImmutableArray<string> Deny { get; set; } = [];

    /// <summary>The code the missing permission is answered with: APIGW.0302 or EVS.5403.</summary>
    public string DenyCode { get; set; } = "EVS.5403";

    public string Id => $"user-{Name}";

    public bool Reaches(string projectId) => Projects.IsEmpty || Projects.Contains(projectId);

    public bool May(string operation) => !Deny.Any(pattern => Glob.Matches(pattern, operation));
}

/// <summary>A permanent or (with a security token) a temporary key pair.</summary>
internal sealed record AccessKey
{
    public required string Access { get; init; }

    public required string Secret { get; init; }

    public string? SecurityToken { get; init; }

    public required string User { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A token of a user for one project, or for none but the identity service.</summary>
internal sealed record Token
{
    /// <summary>Stands for the user in a token of the metadata service, which is good for nothing else.</summary>
    public const string OfMetadataService = "";

    public required string Value { get; init; }

    public required string User { get; init; }

    public string? ProjectId { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>An agency that another account may assume.</summary>
internal sealed record Agency
{
    public required string Name { get; init; }

    public string Domain { get; set; } = "local-domain";

    /// <summary>The user whose permissions the agency gives.</summary>
    public required string User { get; init; }
}

/// <summary>The agency that a server's metadata service gives keys for.</summary>
internal sealed record ServerAgency
{
    /// <summary>The user whose permissions the keys give.</summary>
    public required string User { get; init; }

    public double LifetimeSeconds { get; set; } = 3600;

    /// <summary>True: a metadata token must be asked for first.</summary>
    public bool TokenRequired { get; init; }
}

/// <summary>Who makes a request.</summary>
/// <param name="ProjectId">The project a token is bound to; null for a key pair.</param>
/// <param name="Means">How the request was authenticated: <c>aksk</c> or <c>token</c>.</param>
internal sealed record Principal(User User, string? ProjectId, string Means)
{
    /// <summary>The maker of a request that needs no credentials.</summary>
    public static readonly Principal Nobody = new(new User { Name = "nobody" }, null, "none");

    public bool Reaches(string projectId) => User.Reaches(projectId) && (ProjectId is null || ProjectId == projectId);
}
