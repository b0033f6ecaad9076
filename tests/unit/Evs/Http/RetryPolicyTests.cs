using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;

namespace PulumiEvs.Tests.Unit.Evs.Http;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Policy = new(new RetryOptions());

    public static TheoryData<string, object, object, object, bool> Decisions => new()
    {
        { "refused connection, create", Knowledge.NotActedOn, ErrorClass.Network, Idempotency.Create, true },
        { "throttled, create", Knowledge.NotActedOn, ErrorClass.Throttled, Idempotency.Create, true },
        { "gateway 503, create", Knowledge.NotActedOn, ErrorClass.Service, Idempotency.Create, true },
        { "certificate not trusted", Knowledge.NotActedOn, ErrorClass.Protocol, Idempotency.Read, false },
        { "lost answer, read", Knowledge.Unknown, ErrorClass.Network, Idempotency.Read, true },
        { "lost answer, idempotent write", Knowledge.Unknown, ErrorClass.Network, Idempotency.IdempotentWrite, true },
        { "lost answer, create", Knowledge.Unknown, ErrorClass.Network, Idempotency.Create, false },
        { "lost answer, create with token", Knowledge.Unknown, ErrorClass.Network, Idempotency.CreateWithToken, true },
        { "500, read", Knowledge.Unknown, ErrorClass.Service, Idempotency.Read, true },
        { "500, create", Knowledge.Unknown, ErrorClass.Service, Idempotency.Create, false },
        { "500, create with token", Knowledge.Unknown, ErrorClass.Service, Idempotency.CreateWithToken, true },
        { "odd answer, read", Knowledge.Unknown, ErrorClass.Protocol, Idempotency.Read, false },
        { "refused, read", Knowledge.Refused, ErrorClass.Input, Idempotency.Read, false },
        { "refused, idempotent write", Knowledge.Refused, ErrorClass.WrongState, Idempotency.IdempotentWrite, false },
        { "not let in, read", Knowledge.Refused, ErrorClass.Authentication, Idempotency.Read, false },
        { "quota, create with token", Knowledge.Refused, ErrorClass.Quota, Idempotency.CreateWithToken, false },
    };

    [Theory]
    [MemberData(nameof(Decisions))]
    public void What_is_known_decides_whether_a_request_is_sent_again(string name, object knowledge, object kind, object idempotency, bool again)
    {
        var delay = Next(Facts((Knowledge)knowledge, (ErrorClass)kind), idempotency: (Idempotency)idempotency);

        (delay is not null).ShouldBe(again, name);
    }

    [Theory]
    [InlineData(0, 0.0, 250)]
    [InlineData(0, 1.0, 500)]
    [InlineData(1, 1.0, 1000)]
    [InlineData(2, 0.5, 1500)]
    [InlineData(4, 1.0, 8000)]
    public void Pauses_double_and_are_jittered(int retries, double chance, double milliseconds) =>
        Next(Facts(Knowledge.Unknown, ErrorClass.Network), retries: retries, chance: chance).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void Pauses_have_a_longest_one()
    {
        var policy = new RetryPolicy(new RetryOptions { MaxRetries = 1000 });

        policy.NextDelay(Facts(Knowledge.Unknown, ErrorClass.Network), Idempotency.Read, 900, TimeSpan.Zero, null, null, 1)
            .ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_wait_that_the_service_asks_for_is_honoured() =>
        Next(Facts(Knowledge.NotActedOn, ErrorClass.Throttled) with { RetryAfter = TimeSpan.FromSeconds(20) }, chance: 0)
            .ShouldBe(TimeSpan.FromSeconds(20));

    [Fact]
    public void A_wait_that_is_out_of_proportion_is_a_refusal() =>
        Next(Facts(Knowledge.NotActedOn, ErrorClass.Throttled) with { RetryAfter = TimeSpan.FromHours(1) }).ShouldBeNull();

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Retries_are_counted(int retries, bool again) =>
        (Next(Facts(Knowledge.Unknown, ErrorClass.Network), retries: retries) is not null).ShouldBe(again);

    [Fact]
    public void Throttled_requests_are_bounded_by_time_and_not_by_count()
    {
        var throttled = Facts(Knowledge.NotActedOn, ErrorClass.Throttled);

        Next(throttled, retries: 100, elapsed: TimeSpan.FromMinutes(9)).ShouldNotBeNull();
        Next(throttled, retries: 100, elapsed: TimeSpan.FromMinutes(11)).ShouldBeNull();
        Next(throttled, retries: 100, elapsed: TimeSpan.FromMinutes(11), remaining: TimeSpan.FromHours(1)).ShouldNotBeNull();
    }

    [Fact]
    public void No_retry_is_begun_that_would_end_after_the_operation()
    {
        var lost = Facts(Knowledge.Unknown, ErrorClass.Network);

        Next(lost, chance: 1, remaining: TimeSpan.FromMilliseconds(400)).ShouldBeNull();
        Next(lost, chance: 1, remaining: TimeSpan.FromMilliseconds(600)).ShouldNotBeNull();
    }

    [Fact]
    public void A_call_may_have_its_own_number_of_retries()
    {
        var lost = Facts(Knowledge.Unknown, ErrorClass.Network);

        Next(lost, maxRetries: 0).ShouldBeNull();
        Next(lost, retries: 5, maxRetries: 6).ShouldNotBeNull();
        Next(Facts(Knowledge.NotActedOn, ErrorClass.Throttled), maxRetries: 0).ShouldBeNull();
    }

    private static TimeSpan? Next(
        ErrorFacts error, Idempotency idempotency = Idempotency.Read, int retries = 0, double chance = 0.5, TimeSpan elapsed = default,
        TimeSpan? remaining = null, int? maxRetries = null) =>
        Policy.NextDelay(error, idempotency, retries, elapsed, remaining, maxRetries, chance);

    private static ErrorFacts Facts(Knowledge knowledge, ErrorClass kind) => new() { Operation = "o", Knowledge = knowledge, Class = kind };
}
