using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;

namespace PulumiEvs.Evs.Auth;

/// <summary>A user as the identity service knows one: by id, or by name within a domain.</summary>
internal sealed record PasswordLogin
{
    public string? UserId { get; init; }

    public string? UserName { get; init; }

    public required string Password { get; init; }

    public string? DomainName { get; init; }

    public string? DomainId { get; init; }

    public override string ToString() => $"user {UserName ?? UserId}";
}

/// <summary>An agency that another account grants.</summary>
internal sealed record Agency(string Name, string DomainName);

/// <summary>The project that a token is to be for.</summary>
internal sealed record ProjectScope(string? Id, string? Name);

/// <summary>The calls of the identity service: tokens by password or agency, and projects by name.</summary>
/// <param name="transport">With the credential that the calls need, if any.</param>
/// <param name="endpoint">The identity service's address without version.</param>
/// <param name="time">For the lifetime of tokens whose answers tell no time of their own.</param>
/// <param name="domainId">The account's id, which access keys need for some calls.</param>
internal sealed class IamClient(EvsTransport transport, Uri endpoint, TimeProvider time, string? domainId = null)
{
    /// <summary>More projects than these are not named in an error.</summary>
    private const int MostNamed = 8;

    /// <summary>A token for a user's name and password.</summary>
    public Task<Lease> GetTokenAsync(PasswordLogin login, ProjectScope? scope, CancellationToken ct) => GetTokenAsync(
        $"getting a token for {login}",
        new TokenIdentity
        {
            Methods = ["password"],
            Password = new PasswordMethod(new PasswordUser
            {
                Id = login.UserId,
                Name = login.UserId is null ? login.UserName : null,
                Password = login.Password,
                Domain = login.UserId is null ? new NameOrId { Id = login.DomainId, Name = login.DomainId is null ? login.DomainName : null } : null,
            }),
        },
        scope,
        $"Check {Setting.UserName}, {Setting.Password} and {Setting.DomainName}, and that the user belongs to this cloud; also that the project exists in its region.",
        ct);

    /// <summary>A token with the rights of an agency.</summary>
    public Task<Lease> AssumeAgencyAsync(Agency agency, ProjectScope? scope, CancellationToken ct) => GetTokenAsync(
        $"assuming agency {agency.Name} of {agency.DomainName}",
        new TokenIdentity
        {
            Methods = ["assume_role"],
            AssumeRole = new AssumeRoleMethod { AgencyName = agency.Name, DomainName = agency.DomainName },
        },
        scope,
        $"Check {Setting.AgencyName} and {Setting.AgencyDomainName}, that the agency trusts this account, and that the user may assume agencies (role Agent Operator).",
        ct);

    /// <summary>The id of the one project with this name.</summary>
    /// <param name="name">Of the project.</param>
    /// <param name="setting">Where the name is from.</param>
    public async Task<string> FindProjectAsync(string name, string setting, CancellationToken ct)
    {
        var request = Describe($"looking up the project of {name}", HttpMethod.Get, "/v3/projects") with { Query = [new("name", name)] };
        ProjectList list;
        try
        {
            list = await transport.SendAsync(request, IamJson.Default.ProjectList, ct);
        }
        catch (EvsException e) when (e.Class == ErrorClass.Permission)
        {
            throw e.With(facts => facts with { Hint = $"Set {Setting.ProjectId}: this credential may not list projects." });
        }

        // The name filter is exact where the documents say so; elsewhere it must not let others in.
        var projects = list.Projects.Where(project => project.Name is null || project.Name == name).ToList();
        return projects switch
        {
            [var one] => one.Id,
            [] => throw Undecided(
                request,
                $"there is no project named \"{name}\" that this credential can see{await OthersAsync(request, ct)}",
                $"Check {setting} and the credentials, or set {Setting.ProjectId}."),
            _ => throw Undecided(
                request, $"several projects are named \"{name}\": {string.Join(", ", projects.Select(project => project.Id))}", $"Set {Setting.ProjectId} to the one that is meant."),
        };
    }

    /// <summary>The projects that could be meant, for an error.</summary>
    private async Task<string> OthersAsync(RequestDescription byName, CancellationToken ct)
    {
        try
        {
            var all = (await transport.SendAsync(byName with { Query = [] }, IamJson.Default.ProjectList, ct)).Projects;
            return all.Count == 0
                ? ", nor any other"
                : $"; it can see {string.Join(", ", all.Take(MostNamed).Select(project => $"\"{project.Name}\" ({project.Id})"))}{(all.Count > MostNamed ? ", …" : "")}";
        }
        catch (EvsException)
        {
            // Without the others the error is still a whole one.
            return "";
        }
    }

    private async Task<Lease> GetTokenAsync(string operation, TokenIdentity identity, ProjectScope? scope, string hint, CancellationToken ct)
    {
        var body = new TokenRequest(new TokenRequestAuth(
            identity, scope is null ? null : new TokenScope(new NameOrId { Id = scope.Id, Name = scope.Id is null ? scope.Name : null })));
        var request = Describe(operation, HttpMethod.Post, "/v3/auth/tokens") with
        {
            Query = [new("nocatalog", "true")],
            Body = Body(body, IamJson.Default.TokenRequest),
        };
        try
        {
            var answer = await transport.SendAsync(request, ct);
            var token = answer.Header("X-Subject-Token");
            if (string.IsNullOrEmpty(token))
            {
                throw transport.Unexpected(request, answer, new JsonException("there is no token in the header X-Subject-Token"));
            }

            var details = Read(request, answer, IamJson.Default.TokenResponse).Token;
            return new Lease
            {
                Token = token,
                Lifetime = Lease.LifetimeOf(details.ExpiresAt, details.IssuedAt ?? time.GetUtcNow()),
                ProjectId = details.Project?.Id,
            };
        }
        catch (EvsException e) when (e.Class is ErrorClass.Authentication or ErrorClass.Permission or ErrorClass.Input or ErrorClass.NotFound)
        {
            // An agency is assumed with credentials, and it may be these that are not accepted.
            throw e.With(facts => facts with { Hint = facts.Class == ErrorClass.Authentication && identity.AssumeRole is not null ? $"{facts.Hint} {hint}" : hint });
        }
    }

    private T Read<T>(RequestDescription request, HttpAnswer answer, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body.Span, shape) ?? throw new JsonException("the body is the word null");
        }
        catch (JsonException e)
        {
            throw transport.Unexpected(request, answer, e);
        }
    }

    /// <summary>Asking for a token twice does no harm.</summary>
    private RequestDescription Describe(string operation, HttpMethod method, string path) => new()
    {
        Operation = operation,
        Method = method,
        Endpoint = endpoint,
        EndpointSetting = Setting.AuthUrl,
        Path = path,
        Idempotency = method == HttpMethod.Get ? Idempotency.Read : Idempotency.IdempotentWrite,
        Headers = domainId is null ? [] : [new("X-Domain-Id", domainId)],
    };

    private static EvsException Undecided(RequestDescription request, string what, string hint) =>
        new(request.ToFacts() with { ServiceMessage = what, Hint = hint, Knowledge = Knowledge.Refused, Class = ErrorClass.Input });

    private static ReadOnlyMemory<byte> Body<T>(T value, JsonTypeInfo<T> shape) => JsonSerializer.SerializeToUtf8Bytes(value, shape);
}
