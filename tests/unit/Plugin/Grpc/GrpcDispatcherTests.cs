using Google.Protobuf;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Tests.Unit.Support;
using Status = PulumiEvs.Plugin.Protos.Status;

namespace PulumiEvs.Tests.Unit.Plugin.Grpc;

public sealed class GrpcDispatcherTests
{
    private const string Path = "/test.Service/Method";

    private static readonly PluginInfo Request = new() { Version = "1.2.3" };

    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new GrpcStatusException(GrpcStatusCode.NotFound, "größer: 100%\nnext"), 5, "größer: 100%\nnext" },
        { new GrpcStatusException(GrpcStatusCode.Aborted, ""), 10, "" },
        { new InvalidOperationException("what is this"), 13, "unexpected InvalidOperationException: what is this" },
        { new OperationCanceledException("nobody asked for it"), 13, "unexpected OperationCanceledException: nobody asked for it" },
    };

    [Fact]
    public async Task A_call_is_answered_with_its_message_and_status_0()
    {
        var call = await new GrpcCallDouble(Path, Request).SendAsync(Echo());

        call.HttpStatus.ShouldBe(200);
        call.ContentType.ShouldBe("application/grpc");
        call.Code.ShouldBe(GrpcStatusCode.Ok);
        call.Trailing.ContainsKey("grpc-message").ShouldBeFalse();
        (await call.MessagesAsync(PluginInfo.Parser)).ShouldBe([Request]);
    }

    [Fact]
    public async Task A_method_that_nobody_serves_is_unimplemented_and_named()
    {
        var call = await new GrpcCallDouble("/test.Service/Other", Request).SendAsync(Echo());

        call.HttpStatus.ShouldBe(200);
        call.Code.ShouldBe(GrpcStatusCode.Unimplemented);
        call.Message.ShouldContain("/test.Service/Other");
        call.Answer.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_is_in_the_trailers_and_no_message_before_them(Exception failure, int code, string message)
    {
        var call = await new GrpcCallDouble(Path, Request).SendAsync(Serving((_, _) => throw failure));

        call.Code.ShouldBe((GrpcStatusCode)code);
        call.Message.ShouldBe(message);
        call.Answer.ShouldBeEmpty();
        call.Trailing.ContainsKey("grpc-status-details-bin").ShouldBeFalse();
    }

    [Fact]
    public async Task Details_repeat_code_and_text_and_carry_their_messages()
    {
        var detail = new ErrorResourceInitFailed { Id = "vol-1", Reasons = { "größer" } };
        var failure = new GrpcStatusException(GrpcStatusCode.Unknown, "größer", [GrpcStatusException.Detail("pulumirpc.ErrorResourceInitFailed", detail)]);

        var call = await new GrpcCallDouble(Path, Request).SendAsync(Serving((_, _) => throw failure));

        var status = Status.Parser.ParseFrom(Convert.FromBase64String(call.Trailing["grpc-status-details-bin"].ToString()));
        status.Code.ShouldBe(2);
        status.Message.ShouldBe("größer");
        status.Details.Single().TypeUrl.ShouldBe("type.googleapis.com/pulumirpc.ErrorResourceInitFailed");
        status.Details.Single().Unpack<ErrorResourceInitFailed>().ShouldBe(detail);
    }

    [Theory]
    [InlineData("application/grpc", 200)]
    [InlineData("application/grpc+proto", 200)]
    [InlineData("application/grpc;charset=utf-8", 200)]
    [InlineData("Application/GRPC", 200)]
    [InlineData("application/grpc-web", 415)]
    [InlineData("application/json", 415)]
    [InlineData(null, 415)]
    public async Task Only_grpc_content_is_served(string? contentType, int httpStatus)
    {
        var call = new GrpcCallDouble(Path, Request);
        call.Request.ContentType = contentType;

        (await call.SendAsync(Echo())).HttpStatus.ShouldBe(httpStatus);
    }

    [Fact]
    public async Task Only_post_is_served()
    {
        var call = new GrpcCallDouble(Path, Request);
        call.Request.Method = "GET";

        (await call.SendAsync(Echo())).HttpStatus.ShouldBe(405);
    }

    [Fact]
    public async Task A_unary_request_without_a_message_is_refused()
    {
        var call = await new GrpcCallDouble(Path).SendAsync(Echo());

        call.Code.ShouldBe(GrpcStatusCode.Internal);
        call.Message.ShouldBe("the request has no message");
    }

    [Fact]
    public async Task A_unary_request_with_two_messages_is_refused()
    {
        var call = await new GrpcCallDouble(Path, Request, Request).SendAsync(Echo());

        call.Code.ShouldBe(GrpcStatusCode.Internal);
        call.Message.ShouldBe("the request has more than one message");
    }

    [Fact]
    public async Task A_request_longer_than_the_limit_is_refused()
    {
        var call = await new GrpcCallDouble(Path, Request).SendAsync(Echo(), maxMessageLength: 3);

        call.Code.ShouldBe(GrpcStatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task A_request_cut_off_within_its_message_is_refused()
    {
        var call = await new GrpcCallDouble(Path) { Body = [0, 0, 0, 0, 9, 1] }.SendAsync(Echo());

        call.Code.ShouldBe(GrpcStatusCode.Internal);
    }

    [Fact]
    public async Task A_deadline_ends_the_handler_and_is_the_status()
    {
        var time = new FakeTime();
        var waiting = new TaskCompletionSource();
        var call = new GrpcCallDouble(Path, Request);
        call.Request.Headers["grpc-timeout"] = "1500m";

        var sent = call.SendAsync(
            Serving(async (_, context) =>
            {
                waiting.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
                return Request;
            }),
            time);
        await waiting.Task;
        time.Advance(TimeSpan.FromMilliseconds(1499));
        sent.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));

        (await sent.WaitAsync(TimeSpan.FromSeconds(10))).Code.ShouldBe(GrpcStatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task An_answer_within_the_deadline_is_an_answer()
    {
        var call = new GrpcCallDouble(Path, Request);
        call.Request.Headers["grpc-timeout"] = "99999999H";

        (await call.SendAsync(Echo())).Code.ShouldBe(GrpcStatusCode.Ok);
    }

    [Fact]
    public async Task A_deadline_that_cannot_be_read_is_an_error()
    {
        var call = new GrpcCallDouble(Path, Request);
        call.Request.Headers["grpc-timeout"] = "soon";

        (await call.SendAsync(Echo())).Message.ShouldContain("grpc-timeout \"soon\"");
    }

    [Fact]
    public async Task A_client_that_gives_up_ends_the_handler_and_gets_no_trailers()
    {
        var waiting = new TaskCompletionSource();
        var call = new GrpcCallDouble(Path, Request);

        var sent = call.SendAsync(Serving(async (_, context) =>
        {
            waiting.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
            return Request;
        }));
        await waiting.Task;
        call.Abort();

        (await sent.WaitAsync(TimeSpan.FromSeconds(10))).Trailing.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_sends_all_its_messages_and_then_the_status()
    {
        var call = await new GrpcCallDouble(Path, Request).SendAsync(
            new GrpcMethodTable().ServerStreaming(Path, PluginInfo.Parser, (request, _) => Count(request, until: 3)));

        call.Code.ShouldBe(GrpcStatusCode.Ok);
        (await call.MessagesAsync(PluginInfo.Parser)).Select(message => message.Version).ShouldBe(["1.2.3-1", "1.2.3-2", "1.2.3-3"]);
    }

    [Fact]
    public async Task A_stream_that_fails_has_sent_what_came_before()
    {
        var call = await new GrpcCallDouble(Path, Request).SendAsync(
            new GrpcMethodTable().ServerStreaming(Path, PluginInfo.Parser, (request, _) => Count(request, until: 2, thenFail: true)));

        call.Code.ShouldBe(GrpcStatusCode.Aborted);
        (await call.MessagesAsync(PluginInfo.Parser)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_to_be_done_after_the_answer_is_done_after_it()
    {
        var call = new GrpcCallDouble(Path, Request);
        var trailersThen = -1;

        await call.SendAsync(Serving((request, context) =>
        {
            context.Answered = () => trailersThen = call.Trailing.Count;
            return Task.FromResult(request);
        }));

        trailersThen.ShouldBe(1);
    }

    [Fact]
    public async Task Encoded_bytes_are_answered_as_they_are()
    {
        var call = await new GrpcCallDouble(Path, Request).SendAsync(
            new GrpcMethodTable().UnaryEncoded(Path, PluginInfo.Parser, (request, _) => request.ToByteArray()));

        (await call.MessagesAsync(PluginInfo.Parser)).ShouldBe([Request]);
    }

    private static GrpcMethodTable Echo() => Serving((request, _) => Task.FromResult(request));

    private static GrpcMethodTable Serving(Func<PluginInfo, GrpcCallContext, Task<PluginInfo>> serve) => new GrpcMethodTable().Unary(Path, PluginInfo.Parser, serve);

    private static async IAsyncEnumerable<PluginInfo> Count(PluginInfo request, int until, bool thenFail = false)
    {
        for (var i = 1; i <= until; i++)
        {
            await Task.Yield();
            yield return new PluginInfo { Version = $"{request.Version}-{i}" };
        }

        if (thenFail)
        {
            throw new GrpcStatusException(GrpcStatusCode.Aborted, "no more");
        }
    }
}
