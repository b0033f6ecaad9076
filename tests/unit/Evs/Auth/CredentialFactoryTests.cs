using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Auth.Sources;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Auth;

/// <summary>Each kind of credentials, from its choice to the header that it puts on a request, over a stub of the services behind it.</summary>
public sealed class CredentialFactoryTests
{
    private const string TokenBody = """{"token":{"issued_at":"2020-01-01T00:00:00.000000Z","expires_at":"2020-01-02T00:00:00.000000Z","project":{"id":"p-token","name":"eu-de"}}}""";

    private readonly FakeTime _time = new();
    private readonly List<HttpExchange> _exchanges = [];

    [Fact]
    public async Task A_ready_token_is_sent_as_it_is()
    {
        var (credential, _) = Create(Nowhere(), (CredentialField.Token, "ready-token"));

        (await HeadersAsync(credential)).ShouldContain("X-Auth-Token: ready-token");
    }

    [Fact]
    public async Task An_access_key_signs()
    {
        var (credential, _) = Create(Nowhere(), (CredentialField.AccessKey, "AK"), (CredentialField.SecretKey, "SK"), (CredentialField.SecurityToken, "ST"));

        var headers = await HeadersAsync(credential);

        headers.ShouldContain("X-Security-Token: ST");
        headers.ShouldContain(header => header.StartsWith("Authorization: SDK-HMAC-SHA256 Access=AK", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_password_becomes_a_token_for_the_project_of_the_region()
    {
        var http = new StubHttp(() => StubHttp.Json(TokenBody, 201, ("X-Subject-Token", "issued-token")));
        var (credential, project) = Create(http, (CredentialField.UserName, "u"), (CredentialField.Password, "hunter2!"), (CredentialField.DomainName, "d"));

        (await HeadersAsync(credential)).ShouldContain("X-Auth-Token: issued-token");
        (await project.GetIdAsync(default)).ShouldBe("p-token");

        var sent = http.Requests.ShouldHaveSingleItem();
        sent.Line.ShouldBe("POST /v3/auth/tokens?nocatalog=true");
        sent.Uri.Host.ShouldBe("iam.example");
        sent.Body.ShouldBe(
            """{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"u","password":"hunter2!","domain":{"name":"d"}}}},"scope":{"project":{"name":"eu-de"}}}}""");
        string.Join('\n', _exchanges.Select(exchange => exchange.ToString())).ShouldNotContain("hunter2!");
    }

    [Fact]
    public async Task A_user_id_needs_no_domain_and_a_project_id_is_the_scope()
    {
        var http = new StubHttp(() => StubHttp.Json(TokenBody, 201, ("X-Subject-Token", "issued-token")));
        var (credential, project) = CredentialFactory.Create(
            Choice((CredentialField.UserId, "uid"), (CredentialField.Password, "hunter2!")), Surroundings(http) with { ProjectId = "p-1" });

        await HeadersAsync(credential);

        (await project.GetIdAsync(default)).ShouldBe("p-1");
        http.Requests[0].Body.ShouldBe(
            """{"auth":{"identity":{"methods":["password"],"password":{"user":{"id":"uid","password":"hunter2!"}}},"scope":{"project":{"id":"p-1"}}}}""");
    }

    [Fact]
    public async Task A_tokens_lifetime_is_by_the_services_own_dates()
    {
        // Years behind this machine's clock, and still good for a day.
        var http = new StubHttp(() => StubHttp.Json(TokenBody, 201, ("X-Subject-Token", "issued-token")));
        var (credential, _) = Create(http, (CredentialField.UserId, "u"), (CredentialField.Password, "hunter2!"));

        await HeadersAsync(credential);
        _time.Advance(TimeSpan.FromHours(23));
        await HeadersAsync(credential);
        http.Requests.Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(55));
        await HeadersAsync(credential);

        http.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_wrong_password_is_a_definite_refusal_that_says_what_to_check()
    {
        var http = new StubHttp(() => StubHttp.Json("""{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}""", 401));
        var (credential, _) = Create(http, (CredentialField.UserName, "u"), (CredentialField.Password, "hunter2!"), (CredentialField.DomainName, "d"));

        var e = await Should.ThrowAsync<EvsException>(() => HeadersAsync(credential));

        e.IsDefiniteRefusal.ShouldBeTrue();
        e.Message.ShouldStartWith("getting a token for user u failed: HTTP 401: The username or password is wrong. Check evs:userName, evs:password and evs:domainName");
        e.ToString().ShouldNotContain("hunter2!");
    }

    [Theory]
    [InlineData("""{"token":{}}""", null)]
    [InlineData("""<html></html>""", "t")]
    public async Task A_token_answer_that_is_not_one_is_a_clear_error(string body, string? token)
    {
        var http = new StubHttp(() => token is null ? StubHttp.Json(body, 201) : StubHttp.Json(body, 201, ("X-Subject-Token", token)));
        var (credential, _) = Create(http, (CredentialField.UserId, "u"), (CredentialField.Password, "hunter2!"));

        (await Should.ThrowAsync<EvsException>(() => HeadersAsync(credential))).Class.ShouldBe(ErrorClass.Protocol);
    }

    [Fact]
    public async Task An_agency_is_assumed_with_ones_own_key()
    {
        var http = new StubHttp(() => StubHttp.Json(TokenBody, 201, ("X-Subject-Token", "agency-token")));
        var choice = Choice((CredentialField.AccessKey, "AK"), (CredentialField.SecretKey, "SK"), (CredentialField.DomainId, "my-domain"));
        var (credential, project) = CredentialFactory.Create(choice, Surroundings(http) with { Agency = new Agency("ag", "their-domain") });

        (await HeadersAsync(credential)).ShouldContain("X-Auth-Token: agency-token");
        (await project.GetIdAsync(default)).ShouldBe("p-token");

        var sent = http.Requests.ShouldHaveSingleItem();
        sent.Body.ShouldBe(
            """{"auth":{"identity":{"methods":["assume_role"],"assume_role":{"agency_name":"ag","domain_name":"their-domain"}},"scope":{"project":{"name":"eu-de"}}}}""");
        sent.Headers["Authorization"].ShouldStartWith("SDK-HMAC-SHA256 Access=AK");
        sent.Headers["X-Domain-Id"].ShouldBe("my-domain");
        credential.Description.ShouldBe("a token of agency ag of their-domain, assumed with access key … from the configuration");
    }

    [Fact]
    public async Task An_agency_that_may_not_be_assumed_says_what_to_check()
    {
        var http = new StubHttp(() => StubHttp.Json("""{"error":{"code":403,"message":"no","title":"Forbidden"}}""", 403));
        var (credential, _) = CredentialFactory.Create(Choice((CredentialField.Token, "t")), Surroundings(http) with { Agency = new Agency("ag", "d") });

        (await Should.ThrowAsync<EvsException>(() => HeadersAsync(credential))).Hint!.ShouldStartWith("Check evs:agencyName and evs:agencyDomainName");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_uses_the_temporary_key_of_its_agency_with_or_without_sessions(bool sessions)
    {
        var http = new StubHttp(request => request.Method == "PUT"
            ? sessions ? StubHttp.Text("session-token", 200, "text/plain") : StubHttp.Text("", 404)
            : StubHttp.Json(SecurityKey(_time.GetUtcNow().AddHours(24))));
        var (credential, _) = CredentialFactory.Create(Choice(), Surroundings(http));

        var headers = await HeadersAsync(credential);

        headers.ShouldContain("X-Security-Token: ST-server");
        http.Requests.Select(request => request.Line).ShouldBe(["PUT /meta-data/latest/api/token", "GET /openstack/latest/securitykey"]);
        http.Requests[0].Headers["X-Metadata-Token-Ttl-Seconds"].ShouldBe("21600");
        http.Requests[1].Headers.GetValueOrDefault("X-Metadata-Token").ShouldBe(sessions ? "session-token" : null);
        http.Requests[1].Uri.Host.ShouldBe("169.254.169.254");
        var told = string.Join('\n', _exchanges.Select(exchange => exchange.ToString()));
        told.ShouldNotContain("session-token");
        told.ShouldNotContain("SK-server");
        told.ShouldNotContain("ST-server");
    }

    [Fact]
    public async Task The_key_of_a_server_is_renewed_before_it_ends()
    {
        var http = new StubHttp(request => request.Method == "PUT" ? StubHttp.Text("", 404) : StubHttp.Json(SecurityKey(_time.GetUtcNow().AddHours(1))));
        var (credential, _) = CredentialFactory.Create(Choice(), Surroundings(http));
        await HeadersAsync(credential);

        _time.Advance(TimeSpan.FromMinutes(51));
        await HeadersAsync(credential);

        http.Requests.Count(request => request.Method == "GET").ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_metadata_service_there_are_no_credentials_and_the_error_says_what_was_begun()
    {
        var http = new StubHttp((_, _, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "No route to host"));
        var choice = CredentialChain.Choose(
            new CredentialSet("the configuration", new Dictionary<CredentialField, string> { [CredentialField.AccessKey] = "AK" }, field => $"evs:{field}"),
            null,
            new FakeHost().Host);
        var (credential, _) = CredentialFactory.Create(choice, Surroundings(http));

        var e = await Should.ThrowAsync<EvsException>(() => HeadersAsync(credential));

        e.Message.ShouldStartWith(
            "finding credentials failed: no credentials are complete (evs:AccessKey is set, but evs:SecretKey is not), and this machine is not a server of the cloud "
            + "with an agency: No route to host. Set what is missing, or evs:accessKey and evs:secretKey, or another kind of credentials.");
    }

    [Fact]
    public async Task A_server_without_an_agency_says_so()
    {
        var http = new StubHttp(() => StubHttp.Text("", 404));
        var (credential, _) = CredentialFactory.Create(Choice(), Surroundings(http));

        (await Should.ThrowAsync<EvsException>(() => HeadersAsync(credential))).Hint!.ShouldStartWith("Give this server an agency");
    }

    [Fact]
    public async Task An_incomplete_key_of_a_server_is_not_shown_in_the_error()
    {
        var http = new StubHttp(request => request.Method == "PUT" ? StubHttp.Text("", 404) : StubHttp.Json("""{"credential":{"access":"A","secret":"SK-server"}}"""));
        var (credential, _) = CredentialFactory.Create(Choice(), Surroundings(http));

        (await Should.ThrowAsync<EvsException>(() => HeadersAsync(credential))).ToString().ShouldNotContain("SK-server");
    }

    public static TheoryData<string, string, string?, string?> Projects => new()
    {
        { "one", """{"projects":[{"id":"p1","name":"eu-de"}]}""", "p1", null },
        { "one, and others that a loose filter let in", """{"projects":[{"id":"p1","name":"eu-de"},{"id":"p2","name":"eu-de_x"}]}""", "p1", null },
        { "none", """{"projects":[]}""", null, "there is no project named \"eu-de\" that this credential can see, nor any other. Check evs:region and the credentials, or set evs:projectId." },
        {
            "none, but others", """{"projects":[{"id":"p1","name":"eu-de_a"},{"id":"p2","name":"eu-nl"}]}""", null,
            "there is no project named \"eu-de\" that this credential can see; it can see \"eu-de_a\" (p1), \"eu-nl\" (p2). Check evs:region and the credentials, or set evs:projectId."
        },
        { "several", """{"projects":[{"id":"p1","name":"eu-de"},{"id":"p2","name":"eu-de"}]}""", null, "several projects are named \"eu-de\": p1, p2. Set evs:projectId" },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task The_project_is_looked_up_by_the_regions_name(string name, string body, string? id, string? error)
    {
        var http = new StubHttp(() => StubHttp.Json(body));
        var (_, project) = Create(http, (CredentialField.AccessKey, "AK"), (CredentialField.SecretKey, "SK"));

        if (error is null)
        {
            (await project.GetIdAsync(default)).ShouldBe(id, name);
            (await project.GetIdAsync(default)).ShouldBe(id, name);
        }
        else
        {
            (await Should.ThrowAsync<EvsException>(async () => await project.GetIdAsync(default))).Message.ShouldContain(error);
        }

        http.Requests[0].Line.ShouldBe("GET /v3/projects?name=eu-de");
        http.Requests.Skip(1).ShouldAllBe(request => error != null && request.Line == "GET /v3/projects");
    }

    [Fact]
    public async Task A_project_that_is_not_found_is_told_also_when_the_others_cannot_be_listed()
    {
        var http = new StubHttp(request => request.Line.Contains("name=", StringComparison.Ordinal) ? StubHttp.Json("""{"projects":[]}""") : StubHttp.Text("", 403));
        var (_, project) = CredentialFactory.Create(Choice((CredentialField.Token, "t")), Surroundings(http) with { ProjectName = "work" });

        (await Should.ThrowAsync<EvsException>(async () => await project.GetIdAsync(default))).Message.ShouldStartWith(
            "looking up the project of work failed: there is no project named \"work\" that this credential can see. Check evs:projectName and the credentials, or set evs:projectId.");
    }

    [Fact]
    public async Task An_agency_that_is_not_reached_because_ones_own_token_has_expired_says_so_too()
    {
        var http = new StubHttp(() => StubHttp.Json("""{"error":{"code":401,"message":"The token is not valid.","title":"Unauthorized"}}""", 401));
        var (credential, _) = CredentialFactory.Create(Choice((CredentialField.Token, "t")), Surroundings(http) with { Agency = new Agency("ag", "d") });

        var hint = (await Should.ThrowAsync<EvsException>(() => HeadersAsync(credential))).Hint!;

        hint.ShouldContain("A token lasts no longer than a day: get a new one");
        hint.ShouldContain("Check evs:agencyName");
    }

    [Fact]
    public async Task A_project_may_have_another_name_than_the_region()
    {
        var http = new StubHttp(() => StubHttp.Json("""{"projects":[{"id":"p1","name":"eu-de_work"}]}"""));
        var (_, project) = CredentialFactory.Create(Choice((CredentialField.Token, "t")), Surroundings(http) with { ProjectName = "eu-de_work" });

        (await project.GetIdAsync(default)).ShouldBe("p1");
        http.Requests[0].Line.ShouldBe("GET /v3/projects?name=eu-de_work");
    }

    [Fact]
    public async Task A_credential_that_may_not_list_projects_is_told_to_set_the_id()
    {
        var http = new StubHttp(() => StubHttp.Json("""{"error_code":"PAP5.0010","error_msg":"denied"}""", 403));
        var (_, project) = Create(http, (CredentialField.Token, "t"));

        (await Should.ThrowAsync<EvsException>(async () => await project.GetIdAsync(default))).Hint.ShouldBe("Set evs:projectId: this credential may not list projects.");
    }

    [Fact]
    public async Task One_look_up_serves_all_that_wait_and_a_failed_one_is_tried_again()
    {
        var gate = new TaskCompletionSource<string>();
        var asked = 0;
        var project = new ProjectSource(_ =>
        {
            asked++;
            return gate.Task;
        });
        var waiting = Enumerable.Range(0, 50).Select(_ => project.GetIdAsync(default).AsTask()).ToList();
        project.Known.ShouldBeNull();

        gate.SetException(new InvalidOperationException("down"));
        foreach (var waiter in waiting)
        {
            await Should.ThrowAsync<InvalidOperationException>(() => waiter);
        }

        asked.ShouldBe(1);
        gate = new TaskCompletionSource<string>();
        gate.SetResult("p");
        (await project.GetIdAsync(default)).ShouldBe("p");
        (asked, project.Known).ShouldBe((2, "p"));
    }

    [Fact]
    public async Task Without_an_identity_service_the_address_is_asked_for()
    {
        var (credential, _) = CredentialFactory.Create(
            Choice((CredentialField.UserId, "u"), (CredentialField.Password, "hunter2!")), Surroundings(Nowhere()) with { Iam = null });

        (await Should.ThrowAsync<EvsException>(() => HeadersAsync(credential))).Message
            .ShouldBe("getting a token for user u failed: the address of the identity service is not known. Set evs:authUrl.");
    }

    [Fact]
    public void A_profile_that_does_not_exist_gives_no_credential()
    {
        var choice = CredentialChain.Choose(Configured(), "nobody", new FakeHost().Host);

        Should.Throw<EvsException>(() => CredentialFactory.Create(choice, Surroundings(Nowhere()))).Message.ShouldContain("evs:profile \"nobody\" gives no credentials");
    }

    private static string SecurityKey(DateTimeOffset expires) =>
        $$$"""{"credential":{"access":"AK-server","secret":"SK-server","securitytoken":"ST-server","expires_at":"{{{expires:yyyy-MM-ddTHH:mm:ss.ffffffZ}}}"}}""";

    private static StubHttp Nowhere() => new((request, _, _) => throw new InvalidOperationException($"asked for {request.Line}"));

    private static CredentialSet Configured(params (CredentialField Field, string Value)[] values) =>
        new("the configuration", values.ToDictionary(pair => pair.Field, pair => pair.Value), field => $"evs:{field}");

    private static CredentialChoice Choice(params (CredentialField Field, string Value)[] values) =>
        CredentialChain.Choose(Configured(values), null, new FakeHost().Host);

    private (ICredential Credential, ProjectSource Project) Create(StubHttp http, params (CredentialField Field, string Value)[] values) =>
        CredentialFactory.Create(Choice(values), Surroundings(http));

    private CredentialSurroundings Surroundings(StubHttp http) => new()
    {
        Handler = http,
        Iam = new Uri("https://iam.example"),
        Region = "eu-de",
        Options = new TransportOptions { OnExchange = _exchanges.Add },
        Time = _time,
        Random = new Random(1),
    };

    private Task<List<string>> HeadersAsync(ICredential credential) => _time.RunAsync(async () =>
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://evs.example/v2/p/x");
        await credential.AuthorizeAsync(message, default, default);
        return message.Headers.Select(header => $"{header.Key}: {string.Join(",", header.Value)}").ToList();
    });
}
