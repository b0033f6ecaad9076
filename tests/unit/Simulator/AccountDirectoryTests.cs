using EvsSimulator.Accounts;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class AccountDirectoryTests
{
    /// <summary>A local EVS that is reset draws the same tokens again.</summary>
    [Fact]
    public void A_token_that_was_made_invalid_is_valid_once_it_is_given_out_again()
    {
        var (now, directory) = (DateTimeOffset.UnixEpoch, new AccountDirectory(new AccountSetup()));
        var token = new Token { Value = "t", User = "u", ExpiresAt = now.AddHours(1) };
        directory.Issue(token, now);
        directory.Revoke("t");
        directory.Token("t", now).ShouldBeNull();

        directory.Issue(token, now);

        directory.Token("t", now).ShouldBe(token);
    }
}
