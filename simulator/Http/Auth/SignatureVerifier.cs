using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EvsSimulator.Accounts;

namespace EvsSimulator.Http.Auth;

/// <summary>What a check of a signature found.</summary>
internal enum SignatureVerdict
{
    Valid,

    /// <summary>The header cannot be read, the key is unknown, or the signature is another.</summary>
    Wrong,

    /// <summary>The signing time is too far from the cloud's.</summary>
    Skewed,
}

/// <summary>Checks the <c>Authorization</c> header of a request signed with an access key.</summary>
internal sealed partial class SignatureVerifier(AccountDirectory directory)
{
    public static readonly TimeSpan AllowedSkew = TimeSpan.FromMinutes(15);

    private const string SecurityTokenHeader = "x-security-token";

    /// <summary>Checks the signature; the key is that of the signer when it is valid.</summary>
    public SignatureVerdict Verify(string authorization, SignedRequest request, DateTimeOffset now, out AccessKey? key)
    {
        key = null;
        var parts = Form().Match(authorization);
        if (!parts.Success || request.Header(Signing.DateHeader) is not { } date || !TryReadDate(date, out var signedAt))
        {
            return SignatureVerdict.Wrong;
        }

        if ((signedAt - now).Duration() > AllowedSkew)
        {
            return SignatureVerdict.Skewed;
        }

        var signedHeaders = parts.Groups["headers"].Value.Split(';');
        var found = directory.Key(parts.Groups["access"].Value, now);
        if (found is null || !signedHeaders.Contains(Signing.DateHeader) || found.SecurityToken != request.Header(SecurityTokenHeader))
        {
            return SignatureVerdict.Wrong;
        }

        var expected = Signing.Sign(request, signedHeaders, date, found.Secret);
        var given = parts.Groups["signature"].Value;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(given)))
        {
            return SignatureVerdict.Wrong;
        }

        key = found;
        return SignatureVerdict.Valid;
    }

    private static bool TryReadDate(string text, out DateTimeOffset date) => DateTimeOffset.TryParseExact(
        text, Signing.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out date);

    [GeneratedRegex(@"^SDK-HMAC-SHA256 Access=(?<access>[^,\s]+),\s*SignedHeaders=(?<headers>[^,\s]+),\s*Signature=(?<signature>[0-9a-f]+)\s*\z")]
    private static partial Regex Form();
}
