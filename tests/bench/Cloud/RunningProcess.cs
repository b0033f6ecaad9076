using System.Globalization;

namespace PulumiEvs.Bench.Cloud;

/// <summary>What Linux tells of a process.</summary>
internal static class RunningProcess
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>Clock ticks a second, of the times in <c>/proc</c>: the same on every Linux there is.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Memory that is resident now, in megabytes (2^20 bytes).</summary>
    public static double Resident(int process) => Status(process, "VmRSS:");

    /// <summary>The most memory that ever was resident, in megabytes.</summary>
    public static double PeakResident(int process) => Status(process, "VmHWM:");

    /// <summary>The part of the resident memory that is pages of files, which processes share and the system can drop.</summary>
    public static double ResidentFile(int process) => Status(process, "RssFile:");

    public static int Threads(int process) => (int)Field(process, "Threads:");

    /// <summary>Time on a processor so far, its own and the kernel's for it.</summary>
    public static (TimeSpan User, TimeSpan Kernel) Processor(int process)
    {
        var text = File.ReadAllText($"/proc/{process}/stat");

        // The name of the program may have spaces; it ends with the last parenthesis.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (Time(fields[11]), Time(fields[12]));
    }

    private static TimeSpan Time(string ticks) => TimeSpan.FromSeconds(double.Parse(ticks, CultureInfo.InvariantCulture) / TicksPerSecond);

    private static double Status(int process, string field) => Field(process, field) * 1024 / Megabyte;

    private static double Field(int process, string field) =>
        File.ReadLines($"/proc/{process}/status")
            .Where(line => line.StartsWith(field, StringComparison.Ordinal))
            .Select(line => double.Parse(line[field.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture))
            .First();
}
