namespace EvsSimulator.Core;

/// <summary>
/// The one source of chance: a SplitMix64 sequence whose whole state is one number, so that a run can be repeated from
/// its seed and continued from a state file. Not thread-safe; used under the cloud's lock.
/// </summary>
internal sealed class Draws(ulong position)
{
    /// <summary>Where in the sequence the next draw is taken.</summary>
    public ulong Position { get; private set; } = position;

    public ulong Next()
    {
        Position += 0x9E3779B97F4A7C15UL;
        var z = Position;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A number in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number of the standard normal distribution (Box-Muller).</summary>
    public double Normal()
    {
        var radius = Math.Sqrt(-2.0 * Math.Log(1.0 - Unit()));
        return radius * Math.Cos(2.0 * Math.PI * Unit());
    }

    /// <summary>A random UUID, in the form the API writes ids.</summary>
    public string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    /// <summary>32 hexadecimal digits, the form of job ids and project ids.</summary>
    public string Hex32() => $"{Next():x16}{Next():x16}";
}
