using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Auth;

public sealed class LeasedCredentialTests
{
    private readonly FakeTime _time = new();
    private int _obtained;

    [Fact]
    public async Task It_is_fetched_when_first_needed_and_then_kept()
    {
        var credential = Credential();
        _obtained.ShouldBe(0);

        (await TokenAsync(credential)).ShouldBe("token-1");
        _time.Advance(TimeSpan.FromHours(23));
        (await TokenAsync(credential)).ShouldBe("token-1");

        credential.Secrets.ShouldBe(["password", "token-1"]);
    }

    [Theory]
    [InlineData(24 * 60, 23 * 60 + 49, 1)]
    [InlineData(24 * 60, 23 * 60 + 51, 2)]
    [InlineData(15, 11, 1)]
    [InlineData(15, 13, 2)]
    public async Task It_is_renewed_before_it_ends(int lifetime, int after, int generation)
    {
        var credential = Credential(TimeSpan.FromMinutes(lifetime));
        await TokenAsync(credential);

        _time.Advance(TimeSpan.FromMinutes(after));

        (await TokenAsync(credential)).ShouldBe($"token-{generation}");
    }

    [Fact]
    public async Task A_wall_clock_that_is_set_does_not_matter()
    {
        var credential = Credential();
        await TokenAsync(credential);

        _time.StepWallClock(TimeSpan.FromDays(30));

        (await TokenAsync(credential)).ShouldBe("token-1");
    }

    [Fact]
    public async Task One_without_a_known_end_is_kept_until_it_is_rejected()
    {
        var credential = Credential(null);
        await TokenAsync(credential);

        _time.Advance(TimeSpan.FromDays(30));

        (await TokenAsync(credential)).ShouldBe("token-1");
    }

    [Fact]
    public async Task Any_number_of_rejections_of_one_generation_cause_one_renewal()
    {
        var gate = new TaskCompletionSource();
        var credential = new LeasedCredential("test", async _ =>
        {
            if (++_obtained > 1)
            {
                await gate.Task;
            }

            return new Lease { Token = $"token-{_obtained}" };
        }, _time);
        using var message = new HttpRequestMessage();
        var generation = await credential.AuthorizeAsync(message, default, default);

        var renewals = Enumerable.Range(0, 100).Select(_ => credential.RenewAsync(generation, default).AsTask()).ToList();
        gate.SetResult();
        (await Task.WhenAll(renewals)).ShouldAllBe(renewed => renewed);
        (await credential.RenewAsync(generation, default)).ShouldBeTrue();

        _obtained.ShouldBe(2);
        (await TokenAsync(credential)).ShouldBe("token-2");
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_cancel_the_renewal_for_the_others()
    {
        var gate = new TaskCompletionSource<Lease>();
        var credential = new LeasedCredential("test", _ => gate.Task, _time);
        using var given = new CancellationTokenSource();
        using var message = new HttpRequestMessage();
        var first = credential.AuthorizeAsync(message, default, given.Token).AsTask();
        var second = TokenAsync(credential);

        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult(new Lease { Token = "token-1" });

        (await second).ShouldBe("token-1");
    }

    [Fact]
    public async Task An_early_renewal_that_fails_leaves_the_old_one_in_use_for_a_while()
    {
        var fail = false;
        var credential = new LeasedCredential("test", _ => ++_obtained > 1 && fail ? throw Error() : Task.FromResult(Lease(TimeSpan.FromHours(1))), _time);
        await TokenAsync(credential);
        fail = true;
        _time.Advance(TimeSpan.FromMinutes(52));

        (await TokenAsync(credential)).ShouldBe("token-1");
        (await TokenAsync(credential)).ShouldBe("token-1");
        _obtained.ShouldBe(2, "a failed renewal is not repeated at once");
        _time.Advance(TimeSpan.FromSeconds(31));
        fail = false;
        (await TokenAsync(credential)).ShouldBe("token-3");
    }

    [Fact]
    public async Task A_renewal_that_fails_after_the_end_is_an_error_and_the_next_call_tries_again()
    {
        var fail = false;
        var credential = new LeasedCredential("test", _ => ++_obtained > 1 && fail ? throw Error() : Task.FromResult(Lease(TimeSpan.FromHours(1))), _time);
        await TokenAsync(credential);
        fail = true;
        _time.Advance(TimeSpan.FromMinutes(61));

        await Should.ThrowAsync<EvsException>(() => TokenAsync(credential));
        fail = false;

        (await TokenAsync(credential)).ShouldBe("token-3");
    }

    [Fact]
    public async Task A_temporary_key_signs()
    {
        var credential = new LeasedCredential("test", _ => Task.FromResult(new Lease { Key = new AccessKey("AK", "SK", "ST") }), _time);
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://h/p");

        await credential.AuthorizeAsync(message, default, default);

        message.Headers.GetValues("X-Security-Token").ShouldBe(["ST"]);
        message.Headers.GetValues("Authorization").Single().ShouldStartWith("SDK-HMAC-SHA256 Access=AK");
    }

    [Theory]
    [InlineData("2026-03-02T12:00:00.000000Z", 24 * 60)]
    [InlineData("2026-03-01T11:00:00Z", null)]
    [InlineData(null, null)]
    public void A_lifetime_is_what_is_left_by_the_givers_clock(string? expires, int? minutes) =>
        PulumiEvs.Evs.Auth.Lease.LifetimeOf(expires is null ? null : DateTimeOffset.Parse(expires), _time.GetUtcNow())
            .ShouldBe(minutes is { } left ? TimeSpan.FromMinutes(left) : null);

    [Fact]
    public void A_lease_does_not_show_its_secret()
    {
        new Lease { Token = "secret-token" }.ToString().ShouldBe("token");
        new Lease { Key = new AccessKey("AKIDEXAMPLE", "SK", "ST") }.ToString().ShouldBe("temporary access key AKID…");
    }

    private LeasedCredential Credential() => Credential(TimeSpan.FromHours(24));

    private LeasedCredential Credential(TimeSpan? lifetime) => new(
        "test",
        _ =>
        {
            _obtained++;
            return Task.FromResult(Lease(lifetime));
        },
        _time,
        "password");

    private Lease Lease(TimeSpan? lifetime) => new() { Token = $"token-{_obtained}", Lifetime = lifetime };

    private static EvsException Error() => new(new ErrorFacts { Operation = "getting a token", Knowledge = Knowledge.Unknown, Class = ErrorClass.Network });

    private static async Task<string> TokenAsync(LeasedCredential credential)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://h/p");
        await credential.AuthorizeAsync(message, default, default);
        return message.Headers.GetValues("X-Auth-Token").Single();
    }
}
