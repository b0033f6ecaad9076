using System.Globalization;

namespace PulumiEvs.Bench.Report;

/// <summary>Figures with their units, the same in every language of the machine.</summary>
internal static class Write
{
    public static string Percent(double share) => double.IsInfinity(share) ? "never" : share < 0.01 ? Text($"{share * 100:0.00} %") : Text($"{share * 100:0.0} %");

    public static string Number(double value) => Text($"{value:#,0.##}");

    public static string Ratio(double value) => Text($"{value:0.00}");

    public static string Seconds(double value) => Text($"{value:0.0} s");

    public static string Milliseconds(double value) => Text($"{value:0.###} ms");

    public static string Megabytes(double value) => Text($"{value:0.0} MB");

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
