using System.Net;
using System.Security.Authentication;
using System.Text;
using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Models;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Http;

public sealed class TransportTests
{
    private const string Secret = "the-secret-token";

    private readonly FakeTime _time = new();
    private readonly List<HttpExchange> _exchanges = [];

    [Fact]
    public async Task A_request_is_built_authorized_and_its_answer_read()
    {
        var http = new StubHttp(() => StubHttp.Json("""{"job_id":"j"}"""));

        var answer = await SendAsync(http, Request(Idempotency.IdempotentWrite) with
        {
            Query = [new("name", "a b&c"), new("limit", "1")],
            Headers = [new("X-Client-Token", "t")],
        });

        answer.JobId.ShouldBe("j");
        var sent = http.Requests.ShouldHaveSingleItem();
        sent.Uri.AbsoluteUri.ShouldBe("https://evs.example/base/v2/p/cloudvolumes?name=a%20b%26c&limit=1");
        sent.Method.ShouldBe("POST");
        sent.Body.ShouldBe("""{"volume":{}}""");
        sent.Headers["X-Auth-Token"].ShouldBe(Secret);
        sent.Headers["X-Client-Token"].ShouldBe("t");
        sent.Headers["Accept"].ShouldBe("application/json");
        sent.Headers["User-Agent"].ShouldBe("pulumi-evs");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(204)]
    public async Task Any_2xx_is_success(int status)
    {
        var http = new StubHttp(() => StubHttp.Json("", status));

        var answer = await _time.RunAsync(() => Transport(http).SendAsync(Request(Idempotency.Create), CancellationToken.None));

        answer.Status.ShouldBe(status);
    }

    public static TheoryData<string, object, int> Repeats => new()
    {
        { "a read", Idempotency.Read, 6 },
        { "an idempotent write", Idempotency.IdempotentWrite, 6 },
        { "a create with a client token", Idempotency.CreateWithToken, 6 },
        { "a create", Idempotency.Create, 1 },
    };

    [Theory]
    [MemberData(nameof(Repeats))]
    public async Task After_an_uncertain_answer_everything_but_a_create_is_sent_again(string name, object idempotency, int attempts)
    {
        var http = new StubHttp(() => StubHttp.Text("<html><title>502 Bad Gateway</title></html>", 502));

        var e = await FailAsync(http, Request((Idempotency)idempotency));

        (e.Attempts, e.Knowledge, e.HttpStatus, e.Class).ShouldBe((attempts, Knowledge.Unknown, 502, ErrorClass.Service), name);
        http.Requests.Count.ShouldBe(attempts);
    }

    [Theory]
    [MemberData(nameof(Repeats))]
    public async Task After_a_lost_answer_everything_but_a_create_is_sent_again(string name, object idempotency, int attempts)
    {
        var http = new StubHttp((_, _, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely."));

        var e = await FailAsync(http, Request((Idempotency)idempotency));

        (e.Attempts, e.Knowledge, e.Class).ShouldBe((attempts, Knowledge.Unknown, ErrorClass.Network), name);
        e.Message.ShouldContain("The response ended prematurely.");
    }

    public static TheoryData<string, Func<HttpResponseMessage>, int> NotActedOn => new()
    {
        { "refused connection", () => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused (127.0.0.1:1)"), 6 },
        { "unknown host", () => throw new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known"), 6 },
        { "broken handshake", () => throw new HttpRequestException(HttpRequestError.SecureConnectionError, "The SSL connection could not be established", new IOException("reset")), 6 },
        {
            "certificate not trusted",
            () => throw new HttpRequestException(HttpRequestError.SecureConnectionError, "The SSL connection could not be established", new AuthenticationException("The remote certificate is invalid")),
            1
        },
        { "proxy said no", () => throw new HttpRequestException(HttpRequestError.ProxyTunnelError, "407"), 6 },
        { "no connection in time", () => throw new TaskCanceledException("c", new TimeoutException("A connection could not be established")), 6 },
        { "gateway 503", () => StubHttp.Json("""{"error_code":"APIGW.0999","error_msg":"no backend"}""", 503), 6 },
    };

    [Theory]
    [MemberData(nameof(NotActedOn))]
    public async Task What_never_reached_the_service_is_sent_again_even_when_it_is_a_create(string name, Func<HttpResponseMessage> answer, int attempts)
    {
        var http = new StubHttp(answer);

        var e = await FailAsync(http, Request(Idempotency.Create));

        (e.Attempts, e.Knowledge).ShouldBe((attempts, Knowledge.NotActedOn), name);
        e.Message.ShouldNotContain("It is not known whether");
    }

    [Fact]
    public async Task A_body_that_never_began_to_leave_makes_a_failure_certain()
    {
        using var http = new HttpMessageInvoker(new NeverSends(), disposeHandler: true);
        using var transport = new EvsTransport(http, new TokenCredential(Secret, "the test"), new TransportOptions { Retry = new RetryOptions { MaxRetries = 0 } }, _time, new Random(1));

        var e = await Should.ThrowAsync<EvsException>(() => _time.RunAsync(() => transport.SendAsync(Request(Idempotency.Create), CancellationToken.None)));

        e.Knowledge.ShouldBe(Knowledge.NotActedOn);
        e.Message.ShouldContain("no answer within 60 s");
    }

    [Fact]
    public async Task A_request_without_an_answer_in_time_is_uncertain()
    {
        var http = new StubHttp(async (_, _, ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, ct);
            return null!;
        });

        var e = await FailAsync(http, Request(Idempotency.Create));

        (e.Knowledge, e.Class, e.Attempts).ShouldBe((Knowledge.Unknown, ErrorClass.Network, 1));
        e.Message.ShouldContain("no answer within 60 s.");
        _time.Elapsed.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_request_is_given_no_more_time_than_its_operation_has()
    {
        var http = new StubHttp(async (_, _, ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, ct);
            return null!;
        });

        var e = await FailAsync(http, Request(Idempotency.Read) with { Context = new CallContext { Deadline = CallContext.DeadlineIn(_time, TimeSpan.FromSeconds(7)) } });

        _time.Elapsed.ShouldBe(TimeSpan.FromSeconds(7));
        http.Requests.Count.ShouldBe(1);
        e.Message.ShouldContain("no answer in the 7 s that the operation had left.");
        e.Message.ShouldContain("customTimeouts allows the operation more time.");
    }

    [Fact]
    public async Task Nothing_is_sent_once_the_operations_time_is_over()
    {
        var http = new StubHttp(_ => StubHttp.Json("""{"job_id":"j"}"""));

        var e = await FailAsync(http, Request(Idempotency.Create) with { Context = new CallContext { Deadline = CallContext.DeadlineIn(_time, TimeSpan.Zero) } });

        http.Requests.ShouldBeEmpty();
        e.Knowledge.ShouldBe(Knowledge.NotActedOn);
        e.Message.ShouldContain("the operation's time was over before the request could be sent. customTimeouts allows the operation more time.");
    }

    [Fact]
    public async Task A_throttled_request_waits_for_its_turn_no_longer_than_its_operation_may_take()
    {
        var http = new StubHttp(_ => StubHttp.Json("{}", 429, ("Retry-After", "3600")));
        using var transport = Transport(http);
        await Should.ThrowAsync<EvsException>(() => transport.SendAsync(Request(Idempotency.Read), CancellationToken.None));
        var late = Request(Idempotency.Create) with { Context = new CallContext { Deadline = CallContext.DeadlineIn(_time, TimeSpan.FromSeconds(7)) } };
        var waiting = transport.SendAsync(late, CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(7));
        var e = await Should.ThrowAsync<EvsException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(20)));

        http.Requests.Count.ShouldBe(1);
        e.Knowledge.ShouldBe(Knowledge.NotActedOn);
    }

    [Fact]
    public async Task A_clock_that_is_set_does_not_end_an_operation()
    {
        var http = new StubHttp((_, count, _) =>
        {
            _time.StepWallClock(TimeSpan.FromDays(count % 2 == 0 ? 1 : -2));
            return Task.FromResult(count < 4 ? StubHttp.Text("", 502) : StubHttp.Json("""{"job_id":"j"}"""));
        });

        var answer = await SendAsync(http, Request(Idempotency.Read) with { Context = new CallContext { Deadline = CallContext.DeadlineIn(_time, TimeSpan.FromMinutes(1)) } });

        answer.JobId.ShouldBe("j");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_uncertain_and_a_read_is_sent_again()
    {
        var http = new StubHttp(
            () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new BreaksOff()) },
            () => StubHttp.Json("""{"job_id":"j"}"""));

        (await SendAsync(http, Request(Idempotency.Read))).JobId.ShouldBe("j");
        http.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_success_after_an_uncertain_attempt_says_so()
    {
        var http = new StubHttp(() => StubHttp.Text("", 504), () => StubHttp.Json("""{"job_id":"j"}"""));

        var answer = await _time.RunAsync(() => Transport(http).SendAsync(Request(Idempotency.CreateWithToken), CancellationToken.None));

        (answer.Attempts, answer.EarlierAttemptUnknown).ShouldBe((2, true));
    }

    [Fact]
    public async Task A_refusal_after_an_uncertain_attempt_says_so()
    {
        var http = new StubHttp(() => StubHttp.Text("", 504), () => StubHttp.EvsError("EVS.1015", "must be greater", 400));

        var e = await FailAsync(http, Request(Idempotency.IdempotentWrite));

        (e.Attempts, e.EarlierAttemptUnknown, e.Knowledge).ShouldBe((2, true, Knowledge.Refused));
    }

    [Fact]
    public async Task A_refusal_after_an_attempt_that_was_certainly_not_acted_on_does_not()
    {
        var http = new StubHttp(
            () => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"), () => StubHttp.EvsError("EVS.1015", "must be greater", 400));

        (await FailAsync(http, Request(Idempotency.Create))).EarlierAttemptUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task Throttled_requests_slow_down_and_get_through()
    {
        var http = new StubHttp((_, count, _) => Task.FromResult(count <= 20
            ? StubHttp.Json("""{"error_code":"APIGW.0308","error_msg":"The throttling threshold has been reached"}""", 429)
            : StubHttp.Json("""{"job_id":"j"}""")));

        var answer = await _time.RunInStepsAsync(
            TimeSpan.FromMilliseconds(100), () => Transport(http).SendAsync(Request(Idempotency.Create), EvsJson.Default.JobAccepted, CancellationToken.None));

        answer.JobId.ShouldBe("j");
        http.Requests.Count.ShouldBe(21);
    }

    [Theory]
    [InlineData("Retry-After", "17")]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:00:17 GMT")]
    public async Task The_wait_that_the_service_asks_for_is_honoured(string header, string value)
    {
        var http = new StubHttp(
            () => StubHttp.Json("{}", 429, (header, value), ("Date", "Sun, 01 Mar 2026 12:00:00 GMT")), () => StubHttp.Json("""{"job_id":"j"}"""));

        await _time.RunInStepsAsync(
            TimeSpan.FromMilliseconds(100), () => Transport(http).SendAsync(Request(Idempotency.Create), EvsJson.Default.JobAccepted, CancellationToken.None));

        _time.Elapsed.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(17));
        http.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(401, """{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information"}""")]
    [InlineData(400, """{"error":{"code":"Common.0013","message":"Invalid token in the header."}}""")]
    public async Task A_rejected_credential_is_renewed_once_and_the_request_sent_again_even_when_it_is_a_create(int status, string body)
    {
        var credential = new Renewable();
        var http = new StubHttp(() => StubHttp.Json(body, status), () => StubHttp.Json("""{"job_id":"j"}"""));

        (await SendAsync(http, Request(Idempotency.Create), credential)).JobId.ShouldBe("j");

        http.Requests.Select(request => request.Headers["X-Auth-Token"]).ShouldBe(["generation-0", "generation-1"]);
    }

    [Fact]
    public async Task A_credential_that_is_rejected_after_its_renewal_is_final()
    {
        var credential = new Renewable();
        var http = new StubHttp(() => StubHttp.Json("{}", 401));

        var e = await FailAsync(http, Request(Idempotency.Read), credential);

        (e.IsDefiniteRefusal, e.Attempts, credential.Renewals).ShouldBe((true, 2, 1));
    }

    [Fact]
    public async Task A_credential_that_cannot_be_renewed_is_final_at_once()
    {
        var e = await FailAsync(new StubHttp(() => StubHttp.Json("{}", 401)), Request(Idempotency.Read));

        (e.IsDefiniteRefusal, e.Attempts).ShouldBe((true, 1));
    }

    [Fact]
    public async Task A_failed_renewal_is_the_error_and_says_what_it_was_for()
    {
        var credential = new Renewable
        {
            Failure = new EvsException(new ErrorFacts { Operation = "getting a token", Knowledge = Knowledge.Unknown, Class = ErrorClass.Network, ServiceMessage = "no answer" }),
        };

        var e = await FailAsync(new StubHttp(() => StubHttp.Json("{}", 401)), Request(Idempotency.Create), credential);

        (e.Operation, e.Knowledge).ShouldBe(("creating volume 'data': getting a token", Knowledge.NotActedOn));
    }

    [Fact]
    public async Task A_failed_renewal_does_not_make_an_uncertain_attempt_before_it_forgotten()
    {
        var credential = new Renewable { Failure = new EvsException(new ErrorFacts { Operation = "getting a token", Knowledge = Knowledge.Refused, Class = ErrorClass.Authentication }) };
        var http = new StubHttp(() => StubHttp.Text("", 504), () => StubHttp.Json("{}", 401));

        var e = await FailAsync(http, Request(Idempotency.CreateWithToken), credential);

        (e.Knowledge, e.EarlierAttemptUnknown).ShouldBe((Knowledge.Refused, true));
    }

    [Fact]
    public async Task An_answer_that_is_too_large_does_not_make_an_uncertain_attempt_before_it_forgotten()
    {
        var http = new StubHttp(() => StubHttp.Text("", 504), () => StubHttp.Json(new string(' ', 3 * 1024 * 1024)));

        var e = await FailAsync(http, Request(Idempotency.CreateWithToken), options: new TransportOptions { LargestAnswer = 2 * 1024 * 1024 });

        e.EarlierAttemptUnknown.ShouldBeTrue();
    }

    [Theory]
    [InlineData(-20, "20 minutes behind")]
    [InlineData(20, "20 minutes ahead of")]
    public async Task A_wrong_clock_is_named_when_a_signature_is_refused(int minutes, string words)
    {
        var date = _time.GetUtcNow().AddMinutes(-minutes).ToString("R");
        var http = new StubHttp(() => StubHttp.Json("""{"error_code":"APIGW.0303","error_msg":"request time exceeded"}""", 401, ("Date", date)));

        var e = await FailAsync(http, Request(Idempotency.Read), new AccessKeyCredential(new AccessKey("AK", "SK"), _time, "the test"));

        e.Hint!.ShouldContain(words);
    }

    [Fact]
    public async Task An_error_that_comes_with_success_is_an_error()
    {
        var http = new StubHttp(() => StubHttp.EvsError("EVS.1034", "quota", 200));

        var e = await FailAsync(http, Request(Idempotency.Create));

        (e.HttpStatus, e.Code, e.Class, e.Knowledge).ShouldBe((200, "EVS.1034", ErrorClass.Quota, Knowledge.Refused));
    }

    [Theory]
    [InlineData("<html>welcome</html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"job_id\":{}}")]
    [InlineData("{\"job_id\":\"\\ud800\"}")]
    public async Task An_answer_that_is_not_as_documented_is_a_clear_error(string body)
    {
        var e = await FailAsync(new StubHttp(() => StubHttp.Json(body)), Request(Idempotency.Create));

        (e.Class, e.Knowledge, e.HttpStatus).ShouldBe((ErrorClass.Protocol, Knowledge.Unknown, 200));
        e.Message.ShouldContain("the answer is not as documented");
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        var http = new StubHttp(() => StubHttp.Json(new string(' ', 3 * 1024 * 1024)));

        var e = await FailAsync(http, Request(Idempotency.Read), options: new TransportOptions { LargestAnswer = 2 * 1024 * 1024 });

        e.Message.ShouldContain("the answer is larger than 2 MiB");
    }

    [Theory]
    [InlineData("X-Request-Id")]
    [InlineData("X-Openstack-Request-Id")]
    [InlineData("X-Compute-Request-Id")]
    public async Task The_request_id_is_found_under_every_name(string header)
    {
        var http = new StubHttp(() => StubHttp.Json("""{"error":{"code":"EVS.5400","message":"x"}}""", 400, (header, "r-7")));

        (await FailAsync(http, Request(Idempotency.Read))).RequestId.ShouldBe("r-7");
    }

    [Fact]
    public async Task Every_exchange_is_told_of_without_anything_secret()
    {
        var own = new List<HttpExchange>();
        var http = new StubHttp(
            () => StubHttp.Text($"bad token {Secret}", 502),
            () => StubHttp.Json("""{"job_id":"j","secret":"hidden-value"}""", 200, ("X-Request-Id", "r-7")));

        await SendAsync(http, Request(Idempotency.IdempotentWrite) with
        {
            Body = Encoding.UTF8.GetBytes("""{"password":"hunter2!","name":"n"}"""),
            Context = new CallContext { OnExchange = own.Add },
        });

        own.ShouldBe(_exchanges);
        _exchanges.Select(exchange => (exchange.Attempt, exchange.Status, exchange.RequestId)).ShouldBe([(1, 502, null), (2, 200, "r-7")]);
        _exchanges[0].RequestBody.ShouldBe("""{"password":"[redacted]","name":"n"}""");
        var text = string.Join('\n', _exchanges.Select(exchange => exchange.ToString()));
        text.ShouldNotContain(Secret);
        text.ShouldNotContain("hunter2!");
        text.ShouldNotContain("hidden-value");
        text.ShouldContain("POST evs.example/base/v2/p/cloudvolumes -> HTTP 502 in 0 ms (attempt 1) [creating volume 'data']");
    }

    [Fact]
    public async Task A_secret_that_an_error_repeats_is_masked()
    {
        var http = new StubHttp(() => StubHttp.EvsError("EVS.0002", $"invalid token {Secret}!", 400));

        var e = await FailAsync(http, Request(Idempotency.Read));

        e.Message.ShouldNotContain(Secret);
        e.ServiceMessage.ShouldBe("invalid token [redacted]!");
    }

    [Fact]
    public async Task A_cancelled_call_says_what_is_known_of_it()
    {
        using var cancel = new CancellationTokenSource();
        var http = new StubHttp(async (_, _, ct) =>
        {
            // The create is given some more time; the answer never comes.
            await cancel.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return null!;
        });

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _time.RunAsync(() => Transport(http).SendAsync(Request(Idempotency.Create), cancel.Token)));

        e.InnerException.ShouldBeOfType<EvsException>().Knowledge.ShouldBe(Knowledge.Unknown);
    }

    [Fact]
    public async Task A_connection_that_breaks_while_the_call_is_cancelled_is_a_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        var http = new StubHttp(async (_, _, _) =>
        {
            await cancel.CancelAsync();
            throw new HttpRequestException("An error occurred while sending the request.");
        });

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _time.RunAsync(() => Transport(http).SendAsync(Request(Idempotency.Create), cancel.Token)));

        e.InnerException.ShouldBeOfType<EvsException>().Knowledge.ShouldBe(Knowledge.Unknown);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_is_sent_was_certainly_not_acted_on()
    {
        var http = new StubHttp(() => StubHttp.Json("{}"));

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _time.RunAsync(() => Transport(http).SendAsync(Request(Idempotency.Create), new CancellationToken(true))));

        e.InnerException.ShouldBeOfType<EvsException>().Knowledge.ShouldBe(Knowledge.NotActedOn);
        http.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_is_cancelled_in_a_pause_after_an_uncertain_attempt_is_uncertain()
    {
        using var cancel = new CancellationTokenSource();
        var http = new StubHttp(() => StubHttp.Text("", 504));
        var transport = Transport(http);
        var task = transport.SendAsync(Request(Idempotency.CreateWithToken), cancel.Token);
        Eventually.True(() => http.Requests.Count == 1);

        await cancel.CancelAsync();
        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(TimeSpan.FromSeconds(20)));

        e.InnerException.ShouldBeOfType<EvsException>().Knowledge.ShouldBe(Knowledge.Unknown);
    }

    private static RequestDescription Request(Idempotency idempotency) => new()
    {
        Operation = "creating volume 'data'",
        Method = HttpMethod.Post,
        Endpoint = new Uri("https://evs.example/base/"),
        Path = "/v2/p/cloudvolumes",
        Idempotency = idempotency,
        Body = Encoding.UTF8.GetBytes("""{"volume":{}}"""),
    };

    private EvsTransport Transport(StubHttp http, ICredential? credential = null, TransportOptions? options = null) => new(
        new HttpMessageInvoker(http),
        credential ?? new TokenCredential(Secret, "the test"),
        (options ?? new TransportOptions()) with { OnExchange = _exchanges.Add },
        _time,
        new Random(1));

    private Task<JobAccepted> SendAsync(StubHttp http, RequestDescription request, ICredential? credential = null, TransportOptions? options = null) =>
        _time.RunAsync(() => Transport(http, credential, options).SendAsync(request, EvsJson.Default.JobAccepted, CancellationToken.None));

    private Task<EvsException> FailAsync(StubHttp http, RequestDescription request, ICredential? credential = null, TransportOptions? options = null) =>
        Should.ThrowAsync<EvsException>(() => SendAsync(http, request, credential, options));

    private sealed class Renewable : ICredential
    {
        public int Renewals { get; private set; }

        public Exception? Failure { get; init; }

        public string Description => "renewable";

        public IEnumerable<string> Secrets => [];

        public ValueTask<int> AuthorizeAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken ct)
        {
            request.Headers.Add("X-Auth-Token", $"generation-{Renewals}");
            return ValueTask.FromResult(Renewals);
        }

        public ValueTask<bool> RenewAsync(int rejected, CancellationToken ct)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            rejected.ShouldBe(Renewals);
            Renewals++;
            return ValueTask.FromResult(true);
        }
    }

    /// <summary>A handler whose requests wait for a connection until they are given up.</summary>
    private sealed class NeverSends : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("not reached");
        }
    }

    private sealed class BreaksOff : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("Connection reset by peer");
    }
}
