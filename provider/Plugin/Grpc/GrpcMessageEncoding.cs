using System.Buffers;
using System.Globalization;
using System.Text;

namespace PulumiEvs.Plugin.Grpc;

/// <summary>
/// The percent-encoding of the <c>grpc-message</c> trailer: every UTF-8 byte outside 0x20 to 0x7E, and <c>%</c> itself.
/// Nothing more, because some clients show what was encoded without need (protocol V4).
/// </summary>
internal static class GrpcMessageEncoding
{
    /// <summary>Clients bound the size of the headers they accept, some at 64 KiB: a longer text is cut.</summary>
    public const int MaxEncodedLength = 16 * 1024;

    private const string Ellipsis = "%E2%80%A6";

    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x7F - 0x20).Select(code => (char)code).Where(c => c != '%')]);

    public static string Encode(string message)
    {
        if (message.Length <= MaxEncodedLength && !message.AsSpan().ContainsAnyExcept(PlainCharacters))
        {
            return message;
        }

        var encoded = new StringBuilder(Math.Min(message.Length + 64, MaxEncodedLength));
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in message.EnumerateRunes())
        {
            if (encoded.Length > MaxEncodedLength - 12 - Ellipsis.Length)
            {
                return encoded.Append(Ellipsis).ToString();
            }

            if (rune.Value is >= 0x20 and <= 0x7E and not '%')
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    /// <summary>The text of an encoded message. What is no valid escape is taken as it stands, as the gRPC specification asks.</summary>
    public static string Decode(string encoded)
    {
        if (!encoded.Contains('%', StringComparison.Ordinal))
        {
            return encoded;
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(encoded.Length)];
        var length = 0;
        for (var i = 0; i < encoded.Length;)
        {
            if (encoded[i] == '%'
                && i + 2 < encoded.Length
                && byte.TryParse(encoded.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes[length++] = value;
                i += 3;
                continue;
            }

            // A character outside the basic plane is two chars, and only both together have an encoding.
            var width = char.IsSurrogatePair(encoded, i) ? 2 : 1;
            length += Encoding.UTF8.GetBytes(encoded.AsSpan(i, width), bytes.AsSpan(length));
            i += width;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
