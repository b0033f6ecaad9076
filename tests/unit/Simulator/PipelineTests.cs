using System.Globalization;
using System.Text;
using System.Text.Json;
using EvsSimulator.Accounts;
using EvsSimulator.Faults;
using EvsSimulator.Http;
using EvsSimulator.Http.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class PipelineTests : IDisposable
{
    private readonly LocalCloud cloud = new();
    private readonly FaultSet faults = new(1);
    private readonly RequestLog log = new(100);
    private readonly StringWriter errors = new();
    private readonly Pipeline pipeline;

    public PipelineTests()
    {
        cloud.Accounts.Change(setup => setup with
        {
            Tokens = [new Token { Value = "good", User = "local-user", ProjectId = LocalCloud.ProjectId }],
            AccessKeys = [new AccessKey { Access = "AK", Secret = "SK", User = "local-user" }],
        });
        pipeline = new Pipeline(cloud.Cloud, cloud.Accounts, faults, log, null, new Doorway(cloud.Clock), new Activity(cloud.Clock), cloud.Clock, errors);
    }

    public void Dispose() => errors.Dispose();

    [Fact]
    public async Task A_lost_answer_was_acted_on()
    {
        Fault("""{"effect":"loseAnswer","operation":"createVolume"}""");

        (await CreateAsync()).IsCut.ShouldBeTrue();

        cloud.Cloud.Run(world => world.Store.Volumes.Count).ShouldBe(1);
        log.After(0, null).ShouldHaveSingleItem().Status.ShouldBe(0);
    }

    [Fact]
    public async Task An_aborted_request_was_not_acted_on()
    {
        Fault("""{"effect":"abort","operation":"createVolume"}""");

        (await CreateAsync()).IsCut.ShouldBeTrue();

        cloud.Cloud.Run(world => world.Store.Volumes.Count).ShouldBe(0);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task An_error_is_answered_instead_of_acting_or_after_it(bool afterActing, int volumes)
    {
        Fault($$"""{"effect":"error","status":502,"shape":"html","retryAfterSeconds":3,"afterActing":{{(afterActing ? "true" : "false")}}}""");

        var answer = await CreateAsync();

        answer.Status.ShouldBe(502);
        answer.Body.ShouldStartWith("<html>");
        answer.Headers["Retry-After"].ToString().ShouldBe("3");
        cloud.Cloud.Run(world => world.Store.Volumes.Count).ShouldBe(volumes);
    }

    [Fact]
    public async Task A_throttled_request_is_refused_by_the_gateway()
    {
        Fault("""{"effect":"throttle"}""");

        var answer = await CreateAsync();

        answer.Status.ShouldBe(429);
        Json(answer).GetProperty("error_code").GetString().ShouldBe("APIGW.0308");
        answer.Headers.ContainsKey("Retry-After").ShouldBeFalse();
    }

    [Fact]
    public async Task Beyond_the_rate_limit_requests_are_refused_until_the_bucket_fills_again()
    {
        cloud.Cloud.Change(settings => settings with { RateLimit = new(2, 2, 1) });

        (await CreateAsync()).Status.ShouldBe(200);
        (await CreateAsync()).Status.ShouldBe(200);
        var refused = await CreateAsync();
        refused.Status.ShouldBe(429);
        refused.Headers["Retry-After"].ToString().ShouldBe("1");
        cloud.Clock.Advance(0.5);
        (await CreateAsync()).Status.ShouldBe(200);
        (await CreateAsync()).Status.ShouldBe(429);
    }

    [Fact]
    public async Task A_token_expires_on_demand()
    {
        Fault("""{"effect":"expireToken","nth":2}""");

        (await CreateAsync()).Status.ShouldBe(200);
        var expired = await CreateAsync();
        expired.Status.ShouldBe(401);
        LocalCloud.Code(Json(expired)).ShouldBe("Common.0013");
        (await CreateAsync()).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_clock_that_is_set_off_refuses_signatures()
    {
        (await SignedAsync()).Status.ShouldBe(200);
        Fault("""{"effect":"clockOffset","offsetSeconds":1000}""");

        var skewed = await SignedAsync();

        skewed.Status.ShouldBe(401);
        Json(skewed).GetProperty("error_code").GetString().ShouldBe("APIGW.0303");
        skewed.Headers.Date.ToString().ShouldBe("Sun, 01 Jun 2025 12:16:40 GMT");
    }

    [Fact]
    public async Task A_refused_connection_cuts_requests_until_the_door_is_open_again()
    {
        Fault("""{"effect":"refuse","ms":2000,"count":1}""");

        (await CreateAsync()).IsCut.ShouldBeTrue();
        (await CreateAsync()).IsCut.ShouldBeTrue();
        cloud.Clock.Advance(2);
        (await CreateAsync()).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("none", null, 401, "APIGW.0305")]
    [InlineData("unknown token", "bad", 401, "Common.0013")]
    public async Task A_request_without_valid_credentials_is_refused(string name, string? token, int status, string code)
    {
        var answer = await CreateAsync(token: token);

        answer.Status.ShouldBe(status, name);
        answer.Body.ShouldContain(code, Case.Sensitive, name);
    }

    [Fact]
    public async Task A_project_of_somebody_else_is_refused()
    {
        var answer = await CreateAsync(project: "ffffffffffffffffffffffffffffffff");

        (answer.Status, LocalCloud.Code(Json(answer))).ShouldBe((400, "EVS.0001"));
    }

    [Theory]
    [InlineData("EVS.5403", "error")]
    [InlineData("APIGW.0302", "error_code")]
    public async Task A_user_without_permission_is_refused(string code, string member)
    {
        cloud.Accounts.Change(setup => setup with
        {
            Users = [new User { Name = "local-user", Deny = ["create*"], DenyCode = code }],
        });

        var answer = await CreateAsync();

        answer.Status.ShouldBe(403);
        Json(answer).GetProperty(member).ToString().ShouldContain(code);
    }

    [Fact]
    public async Task Every_answer_has_a_request_id_that_the_log_knows()
    {
        var answer = await CreateAsync(body: """{"volume":{"name":"x","auth_key":"hidden"}}""");

        var logged = log.After(0, null).ShouldHaveSingleItem();
        answer.Headers["X-Request-Id"].ToString().ShouldBe(logged.RequestId);
        (logged.Index, logged.Method, logged.Operation, logged.Status, logged.Auth).ShouldBe((1, "POST", "createVolume", 400, "token"));
        logged.Path.ShouldBe($"/v3/{LocalCloud.ProjectId}/cloudvolumes");
        logged.Body.ShouldBe("""{"volume":{"name":"x","auth_key":"(redacted)"}}""");
    }

    [Fact]
    public async Task A_defect_is_answered_as_an_internal_error_and_said_on_the_error_stream()
    {
        var answer = await SendAsync(
            new Route("GET", "/broken", "broken", _ => throw new InvalidOperationException("a defect")) { IsOpen = true }, "/broken", "", []);

        (answer.Status, LocalCloud.Code(Json(answer))).ShouldBe((500, "EVS.5500"));
        errors.ToString().ShouldContain("a defect");
    }

    private static JsonElement Json(Received received) => JsonDocument.Parse(received.Body).RootElement;

    private void Fault(string json) => faults.Add(FaultSpec.Read(Encoding.UTF8.GetBytes(json)).Single());

    private Task<Received> CreateAsync(string? body = null, string? token = "good", string project = LocalCloud.ProjectId)
    {
        var headers = token is null ? [] : new Dictionary<string, string> { ["X-Auth-Token"] = token };
        return SendAsync(RouteOf("POST", "/v3/{project}/cloudvolumes"), $"/v3/{project}/cloudvolumes", body ?? LocalCloud.CreateBody(), headers, project);
    }

    private Task<Received> SignedAsync()
    {
        var path = $"/v2/{LocalCloud.ProjectId}/types";
        var date = cloud.Clock.GetUtcNow().ToString(Signing.DateFormat, CultureInfo.InvariantCulture);
        var signature = Signing.Sign(
            new SignedRequest("GET", path, "", name => name == "x-sdk-date" ? date : null, ReadOnlyMemory<byte>.Empty), ["x-sdk-date"], date, "SK");
        return SendAsync(RouteOf("GET", "/v2/{project}/types"), path, "", new Dictionary<string, string>
        {
            ["X-Sdk-Date"] = date,
            ["Authorization"] = $"SDK-HMAC-SHA256 Access=AK, SignedHeaders=x-sdk-date, Signature={signature}",
        });
    }

    private static Route RouteOf(string method, string template) =>
        RouteTable.All.Single(route => route.Method == method && route.Template == template);

    private async Task<Received> SendAsync(
        Route route, string path, string body, Dictionary<string, string> headers, string project = LocalCloud.ProjectId)
    {
        var context = new DefaultHttpContext();
        var lifetime = new Lifetime();
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = path;
        context.Request.Method = route.Method;
        context.Request.Path = path;
        context.Request.Host = new HostString("127.0.0.1", 1);
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Request.ContentLength = body.Length;
        context.Request.RouteValues["project"] = project;
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await pipeline.RunAsync(context, route);
        return new Received(context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()), context.Response.Headers, lifetime.IsCut);
    }

    private sealed record Received(int Status, string Body, IHeaderDictionary Headers, bool IsCut);

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsCut { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsCut = true;
    }
}
