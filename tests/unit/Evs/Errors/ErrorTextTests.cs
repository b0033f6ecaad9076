using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Tests.Unit.Evs.Errors;

public sealed class ErrorTextTests
{
    private static readonly ErrorFacts Facts = new()
    {
        Operation = "creating volume 'data'",
        Method = "POST",
        Host = "evs.eu-de.otc.t-systems.com",
        Path = "/v3/p/cloudvolumes",
        Knowledge = Knowledge.Refused,
        Class = ErrorClass.SoldOut,
    };

    public static TheoryData<string, object, string> Texts => new()
    {
        {
            "a refusal",
            Facts with
            {
                HttpStatus = 400, Code = "EVS.2072", ServiceMessage = "Volume type [SSD] in availability zone [AZ1] is sold out !",
                RequestId = "req-1", Hint = "Choose another type.",
            },
            "creating volume 'data' failed: EVS.2072 (HTTP 400): Volume type [SSD] in availability zone [AZ1] is sold out ! Choose another type. "
            + "[POST evs.eu-de.otc.t-systems.com/v3/p/cloudvolumes, request id req-1]"
        },
        {
            "another service's error",
            Facts with { HttpStatus = 400, Code = "EVS.2044", OuterCode = "Ecs.0025", ServiceMessage = "no role" },
            "creating volume 'data' failed: EVS.2044 (inside Ecs.0025) (HTTP 400): no role. [POST evs.eu-de.otc.t-systems.com/v3/p/cloudvolumes]"
        },
        {
            "an uncertain write",
            Facts with { Knowledge = Knowledge.Unknown, ServiceMessage = "no answer within 60 s", Attempts = 1 },
            "creating volume 'data' failed: no answer within 60 s. It is not known whether the service acted on it. "
            + "[POST evs.eu-de.otc.t-systems.com/v3/p/cloudvolumes]"
        },
        {
            "an uncertain read, which does not matter",
            Facts with { Operation = "reading volume v", Method = "GET", Knowledge = Knowledge.Unknown, HttpStatus = 502, Attempts = 6 },
            "reading volume v failed: HTTP 502. [GET evs.eu-de.otc.t-systems.com/v3/p/cloudvolumes, 6 attempts]"
        },
        {
            "a refusal after an uncertain attempt",
            Facts with { HttpStatus = 400, Code = "EVS.1015", EarlierAttemptUnknown = true, Attempts = 2 },
            "creating volume 'data' failed: EVS.1015 (HTTP 400). An earlier attempt had no clear answer and may have been acted on. "
            + "[POST evs.eu-de.otc.t-systems.com/v3/p/cloudvolumes, 2 attempts]"
        },
        {
            "nothing sent",
            new ErrorFacts { Operation = "setting the performance of volume v", Knowledge = Knowledge.NotActedOn, Class = ErrorClass.Input, ServiceMessage = "this cloud does not offer this" },
            "setting the performance of volume v failed: this cloud does not offer this."
        },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_text_says_what_was_done_what_came_and_what_to_do(string name, object facts, string text) =>
        new EvsException((ErrorFacts)facts).Message.ShouldBe(text, name);

    [Theory]
    [InlineData(Knowledge.Refused, ErrorClass.Authentication, true)]
    [InlineData(Knowledge.Refused, ErrorClass.Permission, true)]
    [InlineData(Knowledge.Refused, ErrorClass.Account, true)]
    [InlineData(Knowledge.Unknown, ErrorClass.Authentication, false)]
    [InlineData(Knowledge.Refused, ErrorClass.NotFound, false)]
    [InlineData(Knowledge.NotActedOn, ErrorClass.Network, false)]
    public void Only_a_refusal_of_who_asks_is_definite(object knowledge, object kind, bool definite) =>
        new EvsException(Facts with { Knowledge = (Knowledge)knowledge, Class = (ErrorClass)kind }).IsDefiniteRefusal.ShouldBe(definite);
}
