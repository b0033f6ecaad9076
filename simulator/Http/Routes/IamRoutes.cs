using System.Text.Json;
using EvsSimulator.Accounts;
using EvsSimulator.Core;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Http.Routes;

/// <summary>The identity service: tokens and projects (Keystone v3).</summary>
internal static class IamRoutes
{
    private const string SubjectTokenHeader = "X-Subject-Token";

    public static IEnumerable<Route> All() =>
    [
        Route.Post("/v3/auth/tokens", "createToken", CreateToken) with { IsOpen = true },
        Route.Get("/v3/projects", "listProjects", ListProjects),
    ];

    private static Outcome<Answer> ListProjects(Call call)
    {
        var name = call.QueryValue("name");
        var projects = call.Accounts.Setup.Projects
            .Where(project => call.Principal.User.Reaches(project.Id) && (name is null || project.Name == name));
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("projects");
            foreach (var project in projects)
            {
                json.WriteStartObject();
                json.WriteString("domain_id", project.DomainId);
                json.WriteBoolean("is_domain", false);
                json.WriteString("parent_id", project.DomainId);
                json.WriteString("name", project.Name);
                json.WriteString("description", "");
                WriteLinks(json, $"{call.BaseUrl}/v3/projects/{project.Id}");
                json.WriteString("id", project.Id);
                json.WriteBoolean("enabled", true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteLinks(json, $"{call.BaseUrl}/v3/projects");
            json.WriteEndObject();
        });
    }

    private static void WriteLinks(Utf8JsonWriter json, string self)
    {
        json.WriteStartObject("links");
        json.WriteNull("next");
        json.WriteNull("previous");
        json.WriteString("self", self);
        json.WriteEndObject();
    }

    private static Outcome<Answer> CreateToken(Call call)
    {
        if (call.ReadBody(out var body) is not null || !TryFind(body, out var identity, "auth", "identity"))
        {
            return Keystone(400, "Request body is invalid.");
        }

        if (TryFind(identity, out var assumeRole, "assume_role"))
        {
            return call.Principal == Principal.Nobody ? Keystone(401, "The request you have made requires authentication.")
                : AssumedUser(call, assumeRole) is { } assumed ? Issue(call, assumed, body, "assume_role")
                : Keystone(404, "Could not find the agency.");
        }

        if (!TryFind(identity, out var user, "password", "user"))
        {
            return Keystone(400, "The request body lacks identity.password.user.");
        }

        var input = new JsonInput(user);
        var (name, password) = (input.Text("name"), input.Text("password"));
        var domain = TryFind(user, out var domainObject, "domain") ? new JsonInput(domainObject).Text("name") : null;
        if (name is null
            || call.Accounts.User(name) is not { Password: { } right } known
            || right != password
            || (domain is not null && domain != known.Domain))
        {
            return Keystone(401, "The username or password is wrong.");
        }

        return Issue(call, known, body, "password");
    }

    /// <summary>The user that an agency stands for, if there is such an agency.</summary>
    public static User? AssumedUser(Call call, JsonElement assumeRole)
    {
        var input = new JsonInput(assumeRole);
        var name = input.Text("agency_name") ?? input.Text("xrole_name");
        var domain = input.Text("domain_name");
        var agency = call.Accounts.Setup.Agencies
            .FirstOrDefault(agency => agency.Name == name && (domain is null || agency.Domain == domain));
        return agency is null ? null : call.Accounts.User(agency.User);
    }

    private static Outcome<Answer> Issue(Call call, User user, JsonElement body, string method)
    {
        Project? project = null;
        if (TryFind(body, out var scope, "auth", "scope", "project"))
        {
            var input = new JsonInput(scope);
            var (id, name) = (input.Text("id"), input.Text("name"));
            project = call.Accounts.Setup.Projects.FirstOrDefault(candidate =>
                user.Reaches(candidate.Id) && (id is null ? candidate.Name == name : candidate.Id == id));
            if (project is null)
            {
                return Keystone(401, "The project of the scope is not found or the user has no role in it.");
            }
        }

        var now = call.Cloud.Now;
        var token = new Token
        {
            Value = call.Run(world => $"local-{world.Draws.Hex32()}{world.Draws.Hex32()}"),
            User = user.Name,
            ProjectId = project?.Id,
            ExpiresAt = now + call.Cloud.Settings.TokenLifetime,
        };
        call.Accounts.Issue(token, now);
        var withCatalog = call.QueryValue("nocatalog") is null;
        return Answer.Json(201, json => WriteToken(json, call, token, user, project, method, withCatalog))
            .With(SubjectTokenHeader, token.Value);
    }

    private static void WriteToken(
        Utf8JsonWriter json, Call call, Token token, User user, Project? project, string method, bool withCatalog)
    {
        json.WriteStartObject();
        json.WriteStartObject("token");
        json.WriteString("expires_at", JsonWriting.TokenTime(token.ExpiresAt!.Value));
        json.WriteString("issued_at", JsonWriting.TokenTime(call.Cloud.Now));
        json.WriteStartArray("methods");
        json.WriteStringValue(method);
        json.WriteEndArray();
        json.WriteStartObject("user");
        json.WriteString("id", user.Id);
        json.WriteString("name", user.Name);
        json.WriteStartObject("domain");
        json.WriteString("name", user.Domain);
        json.WriteEndObject();
        json.WriteEndObject();
        if (project is not null)
        {
            json.WriteStartObject("project");
            json.WriteString("id", project.Id);
            json.WriteString("name", project.Name);
            json.WriteStartObject("domain");
            json.WriteString("id", project.DomainId);
            json.WriteString("name", user.Domain);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteStartArray("catalog");
        if (withCatalog && project is not null)
        {
            WriteService(json, "evs", $"{call.BaseUrl}/v2/{project.Id}", call.Cloud.Settings.Region);
            WriteService(json, "volumev2", $"{call.BaseUrl}/v2/{project.Id}", call.Cloud.Settings.Region);
            WriteService(json, "volumev3", $"{call.BaseUrl}/v3/{project.Id}", call.Cloud.Settings.Region);
            WriteService(json, "ecs", $"{call.BaseUrl}/v1/{project.Id}", call.Cloud.Settings.Region);
            WriteService(json, "identity", $"{call.BaseUrl}/v3", call.Cloud.Settings.Region);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteService(Utf8JsonWriter json, string type, string url, string region)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("name", type);
        json.WriteStartArray("endpoints");
        json.WriteStartObject();
        json.WriteString("interface", "public");
        json.WriteString("region", region);
        json.WriteString("url", url);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static bool TryFind(JsonElement from, out JsonElement found, params ReadOnlySpan<string> path)
    {
        found = from;
        foreach (var name in path)
        {
            if (!new JsonInput(found).TryFind(name, out found))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The identity service's own shape of an error, with the status as a number.</summary>
    public static Answer Keystone(int status, string message) => Answer.Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteNumber("code", status);
        json.WriteString("message", message);
        json.WriteString("title", status == 401 ? "Unauthorized" : "Bad Request");
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
