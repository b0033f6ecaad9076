using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PulumiEvs.Evs.Http;

namespace PulumiEvs.Tests.Unit.Evs.Http;

public sealed class HttpHandlersTests
{
    // A chain is verified by the machine's clock: the tests are to hold whatever it says.
    private static readonly DateTimeOffset NotBefore = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NotAfter = NotBefore.AddYears(200);

    [Theory]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("http://localhost:8080/", true)]
    [InlineData("http://169.254.169.254/", true)]
    [InlineData("https://evs.eu-de.otc.t-systems.com/", false)]
    public void Only_what_is_on_this_machine_or_its_link_is_asked_without_the_proxy(string address, bool direct)
    {
        using var handler = HttpHandlers.Create(new ConnectionOptions { Proxy = new WebProxy("http://proxy.example:3128") });

        handler.Proxy!.IsBypassed(new Uri(address)).ShouldBe(direct);
        handler.Proxy.GetProxy(new Uri(address)).ShouldBe(direct ? null : new Uri("http://proxy.example:3128"));
    }

    [Fact]
    public void Redirects_and_cookies_are_not_followed_up()
    {
        using var handler = HttpHandlers.Create(new ConnectionOptions());

        (handler.AllowAutoRedirect, handler.UseCookies).ShouldBe((false, false));
        handler.SslOptions.RemoteCertificateValidationCallback.ShouldBeNull("the machine's own verification is the default");
    }

    [Fact]
    public void An_extra_authority_is_trusted_besides_the_machines_own()
    {
        using var authority = Authority("ours");
        using var theirs = Authority("theirs");
        var verify = Verifier(new ConnectionOptions { ExtraAuthorities = [authority] });
        using var good = Issue(authority, "evs.example");
        using var bad = Issue(theirs, "evs.example");

        verify(good, SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeTrue();
        verify(bad, SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeFalse();
        verify(good, SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeFalse("the name must fit");
        verify(bad, SslPolicyErrors.None).ShouldBeTrue("the machine trusts it");
    }

    [Fact]
    public void Insecure_accepts_anything_because_the_user_said_so()
    {
        using var authority = Authority("theirs");

        Verifier(new ConnectionOptions { Insecure = true })(authority, SslPolicyErrors.RemoteCertificateNameMismatch).ShouldBeTrue();
    }

    [Fact]
    public void A_file_of_authorities_is_read()
    {
        using var one = Authority("one");
        using var two = Authority("two");

        TrustedAuthorities.Parse(one.ExportCertificatePem() + "\n" + two.ExportCertificatePem()).Select(found => found.Subject).ShouldBe(["CN=one", "CN=two"]);
    }

    [Theory]
    [InlineData("", "it has no certificate in PEM form")]
    [InlineData("not a certificate", "it has no certificate in PEM form")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "it has a certificate that is not well-formed")]
    public void A_file_without_authorities_is_refused_with_the_reason(string pem, string reason) =>
        Should.Throw<FormatException>(() => TrustedAuthorities.Parse(pem)).Message.ShouldStartWith(reason);

    private static Func<X509Certificate2, SslPolicyErrors, bool> Verifier(ConnectionOptions options)
    {
        var callback = HttpHandlers.Create(options).SslOptions.RemoteCertificateValidationCallback!;
        return (certificate, problems) => callback(new object(), certificate, null, problems);
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(NotBefore, NotAfter);
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        return request.Create(authority, NotBefore, NotAfter, [1, 2, 3, 4]);
    }
}
