using System.Text.Json;
using EvsSimulator.Accounts;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class IdentityTests
{
    [Fact]
    public void A_password_gives_a_token_for_the_project_until_it_expires()
    {
        var cloud = new LocalCloud(settings => settings with { TokenLifetime = TimeSpan.FromMinutes(1) });

        var answer = cloud.Answer("POST", "/v3/auth/tokens", Password("local-user", "right"));

        answer.Status.ShouldBe(201);
        var value = answer.Headers.Single(header => header.Key == "X-Subject-Token").Value;
        var token = cloud.Accounts.Token(value, cloud.Clock.GetUtcNow()).ShouldNotBeNull();
        (token.User, token.ProjectId).ShouldBe(("local-user", LocalCloud.ProjectId));
        var body = JsonDocument.Parse(answer.Body).RootElement.GetProperty("token");
        body.GetProperty("expires_at").GetString().ShouldBe("2025-06-01T12:01:00.000000Z");
        body.GetProperty("catalog").GetArrayLength().ShouldBeGreaterThan(0);
        cloud.Clock.Advance(60);
        cloud.Accounts.Token(value, cloud.Clock.GetUtcNow()).ShouldBeNull();
    }

    [Theory]
    [InlineData("local-user", "wrong")]
    [InlineData("nobody", "right")]
    public void A_wrong_password_says_no_more_than_that(string user, string password)
    {
        var (status, body) = new LocalCloud().Call("POST", "/v3/auth/tokens", Password(user, password));

        status.ShouldBe(401);
        body.GetProperty("error").GetProperty("message").GetString().ShouldBe("The username or password is wrong.");
    }

    [Fact]
    public void A_project_that_is_not_the_users_gives_no_token()
    {
        var (status, _) = new LocalCloud().Call("POST", "/v3/auth/tokens", Password("local-user", "right", "elsewhere"));

        status.ShouldBe(401);
    }

    [Fact]
    public void Projects_are_found_by_their_exact_name_and_only_those_within_reach()
    {
        var cloud = new LocalCloud();
        cloud.Accounts.Change(setup => setup with
        {
            Projects = [.. setup.Projects, Project("a", "eu-de"), Project("b", "eu-de_team"), Project("c", "eu-de")],
            Users = [new User { Name = "local-user", Projects = ["a", "b"] }],
        });
        string Ids(string query) => string.Join(',', cloud.Call("GET", "/v3/projects", query: query).Body
            .GetProperty("projects").EnumerateArray().Select(project => project.GetProperty("id").GetString()));

        Ids("name=eu-de").ShouldBe("a");
        Ids("").ShouldBe("a,b");
        Ids("name=none").ShouldBe("");
    }

    [Theory]
    [InlineData("agent", "local-domain", 201)]
    [InlineData("agent", "elsewhere", 404)]
    [InlineData("stranger", "local-domain", 404)]
    public void An_agency_is_assumed_by_its_name_and_domain(string name, string domain, int status)
    {
        var cloud = WithAgency();
        var body = $$$$"""
            {"auth":{"identity":{"methods":["assume_role"],"assume_role":{"agency_name":"{{{{name}}}}","domain_name":"{{{{domain}}}}"}},
             "scope":{"project":{"name":"local-1"}} } }
            """;

        var answer = cloud.Answer("POST", "/v3/auth/tokens", body);

        answer.Status.ShouldBe(status);
        if (status == 201)
        {
            var value = answer.Headers.Single().Value;
            cloud.Accounts.Token(value, cloud.Clock.GetUtcNow())!.User.ShouldBe("robot");
        }
    }

    [Fact]
    public void Temporary_keys_are_valid_for_as_long_as_asked()
    {
        var cloud = WithAgency();
        var (status, body) = cloud.Call(
            "POST",
            "/v3.0/OS-CREDENTIAL/securitytokens",
            """{"auth":{"identity":{"methods":["assume_role"],"assume_role":{"agency_name":"agent","duration_seconds":900}}}}""");

        status.ShouldBe(201);
        var credential = body.GetProperty("credential");
        var access = credential.GetProperty("access").GetString()!;
        var key = cloud.Accounts.Key(access, cloud.Clock.GetUtcNow()).ShouldNotBeNull();
        (key.User, key.Secret).ShouldBe(("robot", credential.GetProperty("secret").GetString()!));
        key.SecurityToken.ShouldBe(credential.GetProperty("securitytoken").GetString());
        credential.GetProperty("expires_at").GetString().ShouldBe("2025-06-01T12:15:00.000000Z");
        cloud.Clock.Advance(900);
        cloud.Accounts.Key(access, cloud.Clock.GetUtcNow()).ShouldBeNull();
    }

    [Fact]
    public void The_metadata_service_has_keys_only_for_a_server_with_an_agency()
    {
        new LocalCloud().Answer("GET", "/openstack/latest/securitykey").Status.ShouldBe(404);

        var cloud = WithAgency();
        cloud.Accounts.Change(setup => setup with { ServerAgency = new ServerAgency { User = "robot", LifetimeSeconds = 60 } });
        var (status, body) = cloud.Call("GET", "/openstack/latest/securitykey");
        status.ShouldBe(200);
        cloud.Accounts.Key(body.GetProperty("credential").GetProperty("access").GetString()!, cloud.Clock.GetUtcNow())!.User.ShouldBe("robot");
    }

    [Fact]
    public void The_metadata_service_can_demand_a_token_first()
    {
        var cloud = WithAgency();
        cloud.Accounts.Change(setup => setup with { ServerAgency = new ServerAgency { User = "robot", TokenRequired = true } });

        cloud.Answer("GET", "/openstack/latest/securitykey").Status.ShouldBe(401);
        cloud.Answer("PUT", "/meta-data/latest/api/token").Status.ShouldBe(400);
        var token = cloud.Answer("PUT", "/meta-data/latest/api/token", values: ("X-Metadata-Token-Ttl-Seconds", "60"));
        token.Status.ShouldBe(200);
        var value = System.Text.Encoding.UTF8.GetString(token.Body.Span);
        cloud.Answer("GET", "/openstack/latest/securitykey", values: ("X-Metadata-Token", value)).Status.ShouldBe(200);
        cloud.Clock.Advance(60);
        cloud.Answer("GET", "/openstack/latest/securitykey", values: ("X-Metadata-Token", value)).Status.ShouldBe(401);
    }

    private static Project Project(string id, string name) => new() { Id = id, Name = name };

    private static LocalCloud WithAgency()
    {
        var cloud = new LocalCloud();
        cloud.Accounts.Change(setup => setup with
        {
            Users = [.. setup.Users, new User { Name = "robot" }],
            Agencies = [new Agency { Name = "agent", User = "robot" }],
        });
        return cloud;
    }

    private static string Password(string user, string password, string project = "local-1") => $$$$"""
        {"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"{{{{user}}}}","password":"{{{{password}}}}","domain":{"name":"local-domain"}} } },
         "scope":{"project":{"name":"{{{{project}}}}"}} } }
        """;
}
