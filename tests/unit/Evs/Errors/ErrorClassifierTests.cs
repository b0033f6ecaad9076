using System.Text;
using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Tests.Unit.Evs.Errors;

public sealed class ErrorClassifierTests
{
    private static readonly ErrorFacts Request = new()
    {
        Operation = "reading volume v",
        Method = "GET",
        Path = "/v2/p/cloudvolumes/v",
        Host = "evs.example",
        Knowledge = Knowledge.Unknown,
        Class = ErrorClass.Network,
    };

    public static TheoryData<string, int, string, object, object> Answers => new()
    {
        { "quota of the own API", 400, Nested("EVS.1034"), ErrorClass.Quota, Knowledge.Refused },
        { "quota of cinder", 413, """{"overLimit":{"message":"x","code":413}}""", ErrorClass.Quota, Knowledge.Refused },
        { "sold out", 400, Nested("EVS.2072"), ErrorClass.SoldOut, Knowledge.Refused },
        { "agency missing, said with 404", 404, Nested("EVS.2265"), ErrorClass.Encryption, Knowledge.Refused },
        { "job unknown, said with 400", 400, Nested("Common.0011"), ErrorClass.JobUnknown, Knowledge.Refused },
        { "expired token, said with 400", 400, Nested("Common.0013"), ErrorClass.Authentication, Knowledge.Refused },
        { "gateway does not know the key", 401, Flat("APIGW.0301"), ErrorClass.Authentication, Knowledge.Refused },
        { "gateway forbids", 403, Flat("APIG.0302"), ErrorClass.Permission, Knowledge.Refused },
        { "throttled by the gateway", 429, Flat("APIGW.0308"), ErrorClass.Throttled, Knowledge.NotActedOn },
        { "throttled without a word", 429, "", ErrorClass.Throttled, Knowledge.NotActedOn },
        { "gateway has no backend", 503, Flat("APIGW.0999"), ErrorClass.Service, Knowledge.NotActedOn },
        { "gateway waited in vain", 504, Flat("APIGW.0201"), ErrorClass.Protocol, Knowledge.Unknown },
        { "service unavailable", 503, Nested("EVS.5503"), ErrorClass.Service, Knowledge.Unknown },
        { "submit failed", 500, Nested("EVS.2001"), ErrorClass.Service, Knowledge.Unknown },
        { "trouble inside, said with 400", 400, Nested("EVS.2134"), ErrorClass.Service, Knowledge.Unknown },
        { "token exchange failed inside", 500, Nested("EVS.2010"), ErrorClass.Authentication, Knowledge.Unknown },
        { "proxy's 502", 502, "<html><title>502 Bad Gateway</title></html>", ErrorClass.Service, Knowledge.Unknown },
        { "empty 500", 500, "", ErrorClass.Service, Knowledge.Unknown },
        { "proxy's 404", 404, "<html>not found</html>", ErrorClass.Protocol, Knowledge.Refused },
        { "refused without a code", 400, """{"badRequest":{"message":"x","code":400}}""", ErrorClass.Input, Knowledge.Refused },
        { "unknown code", 400, Nested("EVS.9999"), ErrorClass.Unknown, Knowledge.Refused },
        { "unknown code with 500", 500, Nested("EVS.9999"), ErrorClass.Service, Knowledge.Unknown },
        { "401 without a code", 401, "", ErrorClass.Authentication, Knowledge.Refused },
        { "403 without a code", 403, "", ErrorClass.Permission, Knowledge.Refused },
        { "request timeout", 408, "", ErrorClass.Protocol, Knowledge.Unknown },
        { "redirect", 302, "", ErrorClass.Protocol, Knowledge.Unknown },
        { "refusal said with 200", 200, Nested("EVS.1034"), ErrorClass.Quota, Knowledge.Refused },
        { "trouble said with 200", 200, Nested("EVS.2001"), ErrorClass.Service, Knowledge.Unknown },
        { "unknown code said with 200", 200, Nested("XXX"), ErrorClass.Unknown, Knowledge.Unknown },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_is_classified(string name, int status, string body, object kind, object knowledge)
    {
        var facts = Classify(status, body);

        (facts.Class, facts.Knowledge).ShouldBe(((ErrorClass)kind, (Knowledge)knowledge), name);
        facts.HttpStatus.ShouldBe(status);
    }

    public static TheoryData<string, int, string, bool> NotFounds => new()
    {
        { "EVS says so", 404, Nested("EVS.5404"), true },
        { "cinder says so", 404, """{"itemNotFound":{"message":"Volume v could not be found.","code":404}}""", true },
        { "EVS's form with the status as code", 404, """{"error":{"message":"not found","code":"404"}}""", true },
        { "gateway has no such call", 404, Flat("APIGW.0101"), false },
        { "agency missing", 404, Nested("EVS.2265"), false },
        { "role missing", 404, Nested("EVS.2044"), false },
        { "unknown code", 404, Nested("EVS.9404"), false },
        { "page of a proxy", 404, "<html>404</html>", false },
        { "nothing", 404, "", false },
        { "other JSON", 404, """{"path":"/x"}""", false },
        { "flat form of another service", 404, """{"code":404,"message":"no route"}""", false },
        { "EVS's code with another status", 400, Nested("EVS.5404"), false },
    };

    [Theory]
    [MemberData(nameof(NotFounds))]
    public void Only_the_services_own_word_makes_a_thing_gone(string name, int status, string body, bool gone) =>
        Classify(status, body).DefinitelyNotFound.ShouldBe(gone, name);

    [Fact]
    public void An_unknown_code_passes_through_whole()
    {
        var facts = Classify(400, """{"error":{"message":"a new trouble","code":"EVS.9999"}}""");

        (facts.Code, facts.ServiceMessage, facts.Hint).ShouldBe(("EVS.9999", "a new trouble", null));
    }

    [Fact]
    public void A_wait_that_was_asked_for_is_kept()
    {
        var facts = ErrorClassifier.Classify(Request, 429, ErrorDecoder.Decode(default), TimeSpan.FromSeconds(7));

        facts.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void An_over_limit_with_a_wait_is_throttling_and_not_quota()
    {
        var body = """{"overLimit":{"message":"slow down","code":413}}"""u8;

        ErrorClassifier.Classify(Request, 413, ErrorDecoder.Decode(body), TimeSpan.FromSeconds(1)).Class.ShouldBe(ErrorClass.Throttled);
    }

    private static ErrorFacts Classify(int status, string body) =>
        ErrorClassifier.Classify(Request, status, ErrorDecoder.Decode(Encoding.UTF8.GetBytes(body)));

    private static string Nested(string code) => $$$"""{"error":{"message":"said so","code":"{{{code}}}"}}""";

    private static string Flat(string code) => $$"""{"error_msg":"said so","error_code":"{{code}}","request_id":"r"}""";
}
