using System.Text;
using PulumiEvs.Evs.Http;

namespace PulumiEvs.Tests.Unit.Evs.Http;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("""{"auth":{"identity":{"password":{"user":{"name":"n","password":"hunter2!"}}}}}""", "hunter2!")]
    [InlineData("""{"credential":{"access":"AKIA","secret":"sssssh","securitytoken":"tttt"}}""", "sssssh")]
    [InlineData("""{"credential":{"access":"AKIA","secret":"sssssh","securitytoken":"tttt"}}""", "tttt")]
    [InlineData("""{"transfer":{"auth_key":"9266c59563c84664"}}""", "9266c59563c84664")]
    [InlineData("""{"error_msg":"x","encoded_authorization_message":"zzzz"}""", "zzzz")]
    public void A_secret_field_is_masked_wherever_it_stands(string body, string secret)
    {
        var shown = Redactor.Body(Encoding.UTF8.GetBytes(body), [])!;

        shown.ShouldNotContain(secret);
        shown.ShouldContain("[redacted]");
    }

    [Fact]
    public void An_object_with_a_secrets_name_is_looked_into() =>
        Redactor.Body("""{"token":{"expires_at":"later","access":"x"},"volume":{"name":"data"}}"""u8, [])
            .ShouldBe("""{"token":{"expires_at":"later","access":"[redacted]"},"volume":{"name":"data"}}""");

    [Fact]
    public void A_known_secret_is_masked_in_any_text() =>
        Redactor.Body("signature of SECRETKEY123 is wrong"u8, ["SECRETKEY123"]).ShouldBe("signature of [redacted] is wrong");

    [Fact]
    public void A_long_body_is_cut() => Redactor.Body(Encoding.UTF8.GetBytes(new string('x', 9999)), [])!.ShouldEndWith(" … (9999 characters)");

    [Fact]
    public void No_body_is_shown_as_none() => Redactor.Body(default, []).ShouldBeNull();
}
