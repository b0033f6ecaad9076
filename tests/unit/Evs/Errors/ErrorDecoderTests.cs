using System.Text;
using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Tests.Unit.Evs.Errors;

public sealed class ErrorDecoderTests
{
    public static TheoryData<string, string, object, string?, string?> Shapes => new()
    {
        { "nested", """{"error":{"message":"sold out !","code":"EVS.2072"}}""", ErrorShape.Nested, "EVS.2072", "sold out !" },
        { "nested, text alone", """{"error":"something"}""", ErrorShape.Nested, null, "something" },
        { "nested, without message", """{"error":{"code":"EVS.5500"}}""", ErrorShape.Nested, "EVS.5500", null },
        { "fault with a number", """{"badRequest":{"message":"Invalid input","code":400}}""", ErrorShape.Fault, "400", "Invalid input" },
        { "fault in lower case", """{"badrequest":{"message":"x","code":"XXX"}}""", ErrorShape.Fault, "XXX", "x" },
        { "fault not found", """{"itemNotFound":{"message":"Volume x could not be found.","code":404}}""", ErrorShape.Fault, "404", "Volume x could not be found." },
        { "fault over limit", """{"overLimit":{"message":"quota","code":413,"retryAfter":"0"}}""", ErrorShape.Fault, "413", "quota" },
        { "fault of the service", """{"computeFault":{"message":"erred","code":500}}""", ErrorShape.Fault, "500", "erred" },
        { "fault without code", """{"conflictingRequest":{"message":"busy"}}""", ErrorShape.Fault, null, "busy" },
        { "flat", """{"error_code":"EVS.1234","error_msg":"no","encoded_authorization_message":"zz"}""", ErrorShape.Flat, "EVS.1234", "no" },
        { "gateway", """{"error_msg":"throttled","error_code":"APIGW.0308","request_id":"r-9"}""", ErrorShape.Flat, "APIGW.0308", "throttled" },
        { "camel case", """{"errorCode":"X.1","errorMsg":"no"}""", ErrorShape.Flat, "X.1", "no" },
        { "code and message", """{"code":"X.2","message":"no"}""", ErrorShape.Flat, "X.2", "no" },
        { "identity", """{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}""", ErrorShape.Nested, "401", "The username or password is wrong." },
        { "identity, flat inside", """{"error":{"error_code":"IAM.0011","error_msg":"wrong"}}""", ErrorShape.Nested, "IAM.0011", "wrong" },
        { "message alone", """{"message":"no"}""", ErrorShape.Flat, null, "no" },
        { "wrapped twice", """{"a":{"b":{"code":"X.3","message":"deep"}}}""", ErrorShape.Fault, "X.3", "deep" },
        { "other JSON", """{"a":1}""", ErrorShape.OtherJson, null, """{"a":1}""" },
        { "a list", """[1,2]""", ErrorShape.OtherJson, null, "[1,2]" },
        { "page", "<html><head><title>502 Bad\n Gateway</title></head><body>nginx</body></html>", ErrorShape.Markup, null, "502 Bad Gateway" },
        { "page without title", "<html><style>p{}</style><body><p>No &amp; way</p></body></html>", ErrorShape.Markup, null, "No & way" },
        { "XML", "<?xml version=\"1.0\"?><Error><Code>Denied</Code><Message>no</Message></Error>", ErrorShape.Markup, null, "Denied no" },
        { "text", "upstream connect error", ErrorShape.PlainText, null, "upstream connect error" },
        { "broken JSON", """{"error":""", ErrorShape.PlainText, null, """{"error":""" },
        { "nothing", "", ErrorShape.Empty, null, null },
        { "blank", " \r\n", ErrorShape.Empty, null, null },
        { "half a surrogate", """{"error":{"code":"EVS.1","message":"\ud800"}}""", ErrorShape.OtherJson, null, """{"error":{"code":"EVS.1","message":"\ud800"}}""" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Each_shape_gives_its_code_and_message(string name, string body, object shape, string? code, string? message)
    {
        var error = ErrorDecoder.Decode(Encoding.UTF8.GetBytes(body));

        (error.Shape, error.Code, error.Message).ShouldBe(((ErrorShape)shape, code, message), name);
    }

    public static TheoryData<string, string, string, string?> Wrapped => new()
    {
        {
            "ECS around EVS, escaped",
            """{"error":{"code":"Ecs.0025","message":"{\"error\":{\"message\":\"Failed to check the role of kms.\",\"code\":\"EVS.2044\"}}"}}""",
            "EVS.2044", "Ecs.0025"
        },
        {
            "with words around it",
            """{"error_code":"Ecs.0025","error_msg":"create failed: {\"error\":{\"message\":\"x\",\"code\":\"EVS.2072\"}} (job 1)"}""",
            "EVS.2072", "Ecs.0025"
        },
        {
            "escaped twice",
            """{"error":{"code":"Ecs.0025","message":"{\\\"error\\\":{\\\"message\\\":\\\"x\\\",\\\"code\\\":\\\"EVS.2040\\\"}}"}}""",
            "EVS.2040", "Ecs.0025"
        },
        {
            "three services deep",
            """{"error":{"code":"A.1","message":"{\"error_code\":\"B.2\",\"error_msg\":\"{\\\"code\\\":\\\"EVS.1034\\\",\\\"message\\\":\\\"quota\\\"}\"}"}}""",
            "EVS.1034", "A.1"
        },
        { "braces that are no JSON", """{"error":{"code":"EVS.5400","message":"Invalid {volume} given"}}""", "EVS.5400", null },
        { "JSON that is no error", """{"error":{"code":"EVS.5400","message":"got {\"size\":1}"}}""", "EVS.5400", null },
    };

    [Theory]
    [MemberData(nameof(Wrapped))]
    public void An_error_inside_a_message_is_unwrapped_to_its_code(string name, string body, string code, string? outer)
    {
        var error = ErrorDecoder.Decode(Encoding.UTF8.GetBytes(body));

        (error.Code, error.OuterCode).ShouldBe((code, outer), name);
    }

    [Fact]
    public void A_failed_job_is_unwrapped_in_the_same_way()
    {
        var (code, outer, message) = ErrorDecoder.Unwrap("Ecs.0025", """{"error":{"message":"no role","code":"EVS.2044"}}""");

        (code, outer, message).ShouldBe(("EVS.2044", "Ecs.0025", "no role"));
        ErrorDecoder.Unwrap(null, "plain").ShouldBe((null, null, "plain"));
        ErrorDecoder.Unwrap("EVS.2024", null).ShouldBe(("EVS.2024", null, null));
        ErrorDecoder.Unwrap("", " ").ShouldBe((null, null, null));
    }

    [Fact]
    public void The_gateways_request_id_is_found_in_the_body() =>
        ErrorDecoder.Decode("""{"error_msg":"x","error_code":"APIGW.0101","request_id":"r-9"}"""u8).RequestId.ShouldBe("r-9");

    [Fact]
    public void A_very_long_message_is_cut()
    {
        var error = ErrorDecoder.Decode(Encoding.UTF8.GetBytes(new string('x', 100_000)));

        error.Message!.Length.ShouldBeLessThan(2100);
    }

    [Theory]
    [InlineData("""{"error":{"message":"no","code":"EVS.5400"}}""", true)]
    [InlineData("""{"error":"no"}""", true)]
    [InlineData("""{"error_code":"APIGW.0308","error_msg":"x","request_id":"r"}""", true)]
    [InlineData("""{"error":null}""", false)]
    [InlineData("""{"job_id":"j","error":null}""", false)]
    [InlineData("""{"status":"FAIL","error_code":"EVS.2024","fail_reason":"x"}""", false)]
    [InlineData("""{"volume":{"metadata":{"error":"x"}}}""", false)]
    [InlineData("", false)]
    [InlineData("\"error\"", false)]
    [InlineData("""{"error":"x","\ud800":1}""", false)]
    public void An_error_that_comes_with_success_is_told_apart_from_an_answer(string body, bool alone) =>
        ErrorDecoder.IsErrorAlone(Encoding.UTF8.GetBytes(body)).ShouldBe(alone);

    [Fact]
    public void Any_bytes_are_decoded_to_something()
    {
        var random = new Random(7);
        var pieces = new[] { "{", "}", "\"error\"", ":", "\"code\"", "\"message\"", "[", "]", ",", "<", ">", "\\\"", "\\u", "d800", "\0", "é", "404", "null", " " };
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => pieces[random.Next(pieces.Length)]));
            var bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length > 0 && random.Next(3) == 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            Should.NotThrow(() => ErrorDecoder.Decode(bytes), text);
            Should.NotThrow(() => ErrorDecoder.IsErrorAlone(bytes), text);
            Should.NotThrow(() => PulumiEvs.Evs.Http.Redactor.Body(bytes, []), text);
        }
    }
}
