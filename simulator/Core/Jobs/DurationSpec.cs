using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EvsSimulator.Core.Jobs;

/// <summary>How long a thing takes: <c>2s</c>, <c>500ms..2s</c> (evenly between) or <c>lognormal(7s,0.25)</c> (median, sigma).</summary>
internal abstract record DurationSpec
{
    private DurationSpec()
    {
    }

    /// <summary>Draws one duration.</summary>
    public abstract TimeSpan Draw(Draws draws);

    public static bool TryParse(string text, [NotNullWhen(true)] out DurationSpec? spec)
    {
        spec = Parse(text.Trim());
        return spec is not null;
    }

    /// <summary>Reads a length of time: a number with <c>ms</c>, <c>s</c>, <c>m</c> or <c>h</c>.</summary>
    public static bool TryParseLength(ReadOnlySpan<char> text, out TimeSpan length)
    {
        text = text.Trim();
        length = default;
        var digits = text.Length;
        while (digits > 0 && char.IsAsciiLetter(text[digits - 1]))
        {
            digits--;
        }

        double? unit = text[digits..] switch
        {
            "ms" => 0.001,
            "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => null,
        };
        if (unit is not { } seconds
            || !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number * seconds > TimeSpan.FromDays(365).TotalSeconds)
        {
            return false;
        }

        length = TimeSpan.FromSeconds(number * seconds);
        return true;
    }

    private static string Write(TimeSpan length) => length.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture) + "s";

    private static DurationSpec? Parse(string text)
    {
        const string LogNormalPrefix = "lognormal(";
        if (text.StartsWith(LogNormalPrefix, StringComparison.Ordinal) && text.EndsWith(')'))
        {
            var parts = text[LogNormalPrefix.Length..^1].Split(',');
            return parts.Length == 2
                && TryParseLength(parts[0], out var median)
                && double.TryParse(parts[1].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var sigma)
                    ? new LogNormal(median, sigma)
                    : null;
        }

        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots >= 0)
        {
            return TryParseLength(text.AsSpan(0, dots), out var low) && TryParseLength(text.AsSpan(dots + 2), out var high) && low <= high
                ? new Between(low, high)
                : null;
        }

        return TryParseLength(text, out var length) ? new Always(length) : null;
    }

    public sealed record Always(TimeSpan Length) : DurationSpec
    {
        public override TimeSpan Draw(Draws draws) => Length;

        public override string ToString() => Write(Length);
    }

    public sealed record Between(TimeSpan Low, TimeSpan High) : DurationSpec
    {
        public override TimeSpan Draw(Draws draws) => Low + ((High - Low) * draws.Unit());

        public override string ToString() => $"{Write(Low)}..{Write(High)}";
    }

    public sealed record LogNormal(TimeSpan Median, double Sigma) : DurationSpec
    {
        public override TimeSpan Draw(Draws draws) => Median * Math.Exp(Sigma * draws.Normal());

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"lognormal({Write(Median)},{Sigma})");
    }
}
