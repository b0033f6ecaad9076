using System.Text;
using EvsSimulator.Http;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class RequestLogTests
{
    [Fact]
    public void The_log_keeps_the_last_requests_and_counts_all()
    {
        var log = new RequestLog(3);
        for (var i = 0; i < 5; i++)
        {
            Log(log, i % 2 == 0 ? "createVolume" : "getJob", 200 + i);
        }

        log.After(0, null).Select(request => request.Index).ShouldBe([3L, 4L, 5L]);
        log.After(4, null).Select(request => request.Index).ShouldBe([5L]);
        log.After(0, "get*").Select(request => request.Index).ShouldBe([4L]);
        log.Counts().ShouldBe([("createVolume", 200, 1L), ("createVolume", 202, 1L), ("createVolume", 204, 1L), ("getJob", 201, 1L), ("getJob", 203, 1L)]);
    }

    [Fact]
    public void A_request_that_was_under_way_when_the_log_was_cleared_stays_out()
    {
        var log = new RequestLog(3);
        var request = Request("createVolume", log.NextIndex());
        log.Keep(request);

        log.Clear();
        log.Finish(request with { Status = 200 });

        log.After(0, null).ShouldBeEmpty();
        log.Counts().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"volume":{"name":"x"}}""", """{"volume":{"name":"x"}}""")]
    [InlineData("""{"auth":{"password":{"user":{"name":"n","password":"p"}}}}""", """{"auth":{"password":{"user":{"name":"n","password":"(redacted)"}}}}""")]
    [InlineData("""{"identity":{"token":{"id":"t"}}}""", """{"identity":{"token":{"id":"(redacted)"}}}""")]
    [InlineData("""[{"accept":{"auth_key":"k"}}]""", """[{"accept":{"auth_key":"(redacted)"}}]""")]
    [InlineData("password=p", "(not JSON, and it may hold a secret)")]
    [InlineData("", null)]
    public void Secrets_are_blacked_out(string body, string? kept) => RequestLog.Redact(Encoding.UTF8.GetBytes(body)).ShouldBe(kept);

    private static void Log(RequestLog log, string operation, int status)
    {
        var request = Request(operation, log.NextIndex());
        log.Keep(request);
        log.Finish(request with { Status = status });
    }

    private static LoggedRequest Request(string operation, long index) => new()
    {
        Index = index,
        Time = DateTimeOffset.UnixEpoch,
        RequestId = $"r-{index}",
        Method = "GET",
        Path = "/",
        Operation = operation,
        Auth = "none",
    };
}
