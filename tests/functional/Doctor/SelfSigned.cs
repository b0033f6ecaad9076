using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PulumiEvs.Tests.Functional.Support;

namespace PulumiEvs.Tests.Functional.Doctor;

/// <summary>A server with a certificate that nobody has vouched for; whoever accepts it is cut off.</summary>
internal sealed class SelfSigned : IStandIn
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = LoopbackCertificate.Make(TimeProvider.System);
    private readonly Task _serving;

    public SelfSigned()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Dispose();
        _certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var secured = new SslStream(client.GetStream());
                await secured.AuthenticateAsServerAsync(_certificate);
            }
            catch (SocketException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (Exception e) when (e is AuthenticationException or IOException)
            {
                // The client does not like the certificate, as it should.
            }
        }
    }
}
