using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PulumiEvs.Evs.Http;

/// <summary>Reads the authorities of a certificate file.</summary>
internal static class TrustedAuthorities
{
    /// <param name="pem">The file's text.</param>
    /// <exception cref="FormatException">It has no certificate, or one that is not well-formed.</exception>
    public static X509Certificate2Collection Parse(string pem)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new FormatException($"it has a certificate that is not well-formed ({e.Message.TrimEnd('.')})", e);
        }

        return authorities.Count > 0 ? authorities : throw new FormatException("it has no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
    }
}
