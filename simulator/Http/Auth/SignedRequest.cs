using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace EvsSimulator.Http.Auth;

/// <summary>The parts of a request that its signature covers.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path as sent, percent-encoded, without the query.</param>
/// <param name="Query">The query as sent, without the question mark.</param>
/// <param name="Header">Gives the value of a header by its lower-case name, or null.</param>
/// <param name="Body">The body as sent.</param>
internal sealed record SignedRequest(string Method, string Path, string Query, Func<string, string?> Header, ReadOnlyMemory<byte> Body);

/// <summary>The signing procedure SDK-HMAC-SHA256 (API request signing guide).</summary>
internal static class Signing
{
    public const string Algorithm = "SDK-HMAC-SHA256";
    public const string DateHeader = "x-sdk-date";
    public const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";
    public const string ContentHashHeader = "x-sdk-content-sha256";
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>The signature of a request under a secret key, over the named headers.</summary>
    public static string Sign(SignedRequest request, IReadOnlyList<string> signedHeaders, string date, string secret)
    {
        var canonical = CanonicalRequest(request, signedHeaders);
        var toSign = $"{Algorithm}\n{date}\n{HexHash(Encoding.UTF8.GetBytes(canonical))}";
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(toSign)));
    }

    /// <summary>The request in the one form that both sides hash.</summary>
    public static string CanonicalRequest(SignedRequest request, IReadOnlyList<string> signedHeaders)
    {
        var text = new StringBuilder()
            .Append(request.Method).Append('\n')
            .Append(CanonicalPath(request.Path)).Append('\n')
            .Append(CanonicalQuery(request.Query)).Append('\n');
        foreach (var name in signedHeaders)
        {
            text.Append(name).Append(':').Append(request.Header(name)?.Trim()).Append('\n');
        }

        var bodyHash = request.Header(ContentHashHeader) == UnsignedPayload ? UnsignedPayload : HexHash(request.Body.Span);
        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(bodyHash).ToString();
    }

    /// <summary>The path with each segment encoded anew and always a slash at its end, which the URL itself lacks.</summary>
    public static string CanonicalPath(string path)
    {
        var canonical = string.Join('/', path.Split('/').Select(segment => Encode(Uri.UnescapeDataString(segment))));
        return canonical.EndsWith('/') ? canonical : canonical + "/";
    }

    /// <summary>The query with its parameters in order of key, then value, encoded anew.</summary>
    public static string CanonicalQuery(string query)
    {
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            return equals < 0
                ? (Key: Decode(pair), Value: "")
                : (Key: Decode(pair[..equals]), Value: Decode(pair[(equals + 1)..]));
        });
        return string.Join('&', pairs
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{Encode(pair.Key)}={Encode(pair.Value)}"));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Unreserved))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length * 2);
        Span<char> one = stackalloc char[1];
        foreach (var part in Encoding.UTF8.GetBytes(text))
        {
            one[0] = (char)part;
            if (part < 0x80 && !one.ContainsAnyExcept(Unreserved))
            {
                encoded.Append(one[0]);
            }
            else
            {
                encoded.Append('%').Append(part.ToString("X2"));
            }
        }

        return encoded.ToString();
    }

    private static string HexHash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));
}
