using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PulumiEvs.Evs.Auth;

/// <summary>A request as far as its signature is concerned.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Uri">Absolute.</param>
/// <param name="Headers">Those present, the host among them where it is to be signed.</param>
/// <param name="Body">Empty when there is none.</param>
internal readonly record struct SigningRequest(
    string Method, Uri Uri, IReadOnlyCollection<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);

/// <summary>The signature SDK-HMAC-SHA256 of Huawei Cloud's API gateway (API signing guide).</summary>
internal static class Signer
{
    public const string DateHeader = "X-Sdk-Date";

    /// <summary>How far the date of a signature may be from the service's clock (API signing guide; APIGW.0303).</summary>
    public static readonly TimeSpan AllowedSkew = TimeSpan.FromMinutes(15);

    private const string Algorithm = "SDK-HMAC-SHA256";

    public static string FormatDate(DateTimeOffset now) => now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The value of the Authorization header.</summary>
    /// <param name="request">Its headers must contain <see cref="DateHeader"/> with the value of <paramref name="date"/>.</param>
    /// <param name="key">Signs.</param>
    /// <param name="date">As from <see cref="FormatDate"/>.</param>
    public static string Authorization(SigningRequest request, AccessKey key, string date)
    {
        var (names, canonical) = CanonicalRequest(request);
        var toSign = $"{Algorithm}\n{date}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Hex(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), Encoding.UTF8.GetBytes(toSign)));
        return $"{Algorithm} Access={key.Id}, SignedHeaders={names}, Signature={signature}";
    }

    public static (string SignedHeaders, string Text) CanonicalRequest(SigningRequest request)
    {
        // Proxies rewrite Content-Type, and gateways drop names with an underscore: neither is signed.
        var headers = request.Headers
            .Where(header => !header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && !header.Key.Contains('_'))
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: header.Value.Trim()))
            .OrderBy(header => header.Name, StringComparer.Ordinal)
            .ToArray();
        var names = string.Join(';', headers.Select(header => header.Name));
        var text = new StringBuilder()
            .Append(request.Method).Append('\n')
            .Append(CanonicalPath(request.Uri)).Append('\n')
            .Append(CanonicalQuery(request.Uri)).Append('\n');
        foreach (var (name, value) in headers)
        {
            text.Append(name).Append(':').Append(value).Append('\n');
        }

        text.Append('\n').Append(names).Append('\n').Append(Hex(SHA256.HashData(request.Body.Span)));
        return (names, text.ToString());
    }

    /// <summary>Ends in a slash although the path that is sent does not.</summary>
    private static string CanonicalPath(Uri uri)
    {
        var path = string.Join('/', uri.AbsolutePath.Split('/').Select(part => Uri.EscapeDataString(Uri.UnescapeDataString(part))));
        return path.EndsWith('/') ? path : path + "/";
    }

    private static string CanonicalQuery(Uri uri)
    {
        var pairs = uri.Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Key: Uri.UnescapeDataString(pair[0]), Value: pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : ""))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}");
        return string.Join('&', pairs);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
