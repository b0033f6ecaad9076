using System.Text;

namespace PulumiEvs.Chaos.Fuzz;

/// <summary>Makes bad inputs from good ones: bits, bytes, pieces and tokens changed, doubled, left out, or taken from another input.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds)
{
    private const int Longest = 16 * 1024;

    private static readonly byte[] Odd = [0, 1, 2, 9, 10, 13, 0x22, 0x5C, 0x7B, 0x7D, 0x7F, 0x80, 0xC0, 0xED, 0xFE, 0xFF];

    /// <summary>Tokens at which readers of JSON or text stumble.</summary>
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "null", "true", "{}", "[]", "\"\"", "-1", "1e999", "-0", "0.1", "9223372036854775808", "123456789012345678901234567890", "\"\\ud800\"", "\\ud83d",
            "\"\\u0000\"", "\"2026-13-45\"", "\"NaN\"", "{\"code\":400,\"message\":\"m\"}", "{\"error\":", "\\\"", "{\"code\":\"EVS.0001\",\"message\":\"{\\\"", "<html>",
            "<title>", "&#x110000;", "&#xd800;", "\uFEFF", "4dabf18193072939515e22adb298388d", "\"error\"", "\"message\"", "\"code\"",
        }.Select(Encoding.UTF8.GetBytes),
        [0xED, 0xA0, 0x80],
        [0xF4, 0x90, 0x80, 0x80],
        [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        [.. Enumerable.Repeat((byte)'[', 200)],
        [.. Enumerable.Repeat("{\"a\":"u8.ToArray(), 100).SelectMany(piece => piece)],
    ];

    public byte[] Make(Random random)
    {
        var bytes = seeds[random.Next(seeds.Count)].ToList();
        for (var left = random.Next(0, 9); left > 0 && bytes.Count < Longest; left--)
        {
            Mutate(bytes, random);
        }

        return [.. bytes];
    }

    private void Mutate(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 1 << random.Next(1, 8)), bytes.Count - at);
        switch (random.Next(10))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when length > 0:
                bytes[at] = Odd[random.Next(Odd.Length)];
                break;
            case 2 when length > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 3:
                bytes.Insert(at, (byte)random.Next(256));
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 7:
                var other = seeds[random.Next(seeds.Count)];
                var from = random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(64), other.Length - from)).ToArray());
                break;
            case 8:
                bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
            default:
                ReplaceValue(bytes, at, random);
                break;
        }
    }

    /// <summary>Puts a token in place of what stands after the next colon: a value of another kind where JSON is.</summary>
    private static void ReplaceValue(List<byte> bytes, int at, Random random)
    {
        var colon = bytes.IndexOf((byte)':', at);
        if (colon < 0)
        {
            return;
        }

        var end = colon + 1;
        while (end < bytes.Count && bytes[end] is not ((byte)',' or (byte)'}' or (byte)']'))
        {
            end++;
        }

        bytes.RemoveRange(colon + 1, end - colon - 1);
        bytes.InsertRange(colon + 1, Tokens[random.Next(Tokens.Length)]);
    }
}
