using System.Diagnostics;
using PulumiEvs.Bench.Cloud;
using PulumiEvs.Bench.Report;
using PulumiEvs.Bench.Waiting;
using PulumiEvs.Harness;

namespace PulumiEvs.Bench.Parts;

/// <summary>The start of the published plugin, and of an empty Kestrel program that was published the same way, in turn.</summary>
/// <param name="empty">The empty program's executable.</param>
/// <param name="starts">How often each is started.</param>
internal sealed class StartupPart(string empty, int starts) : IPart
{
    private const double MostRatio = 1.3;
    private const double MostMemory = 45;

    /// <summary>How long a process is left alone before its memory is looked at.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    public string Name => "startup";

    public string Title => $"Start of the published plugin, {starts} times in turn with an empty Kestrel program";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var (ours, theirs) = (new List<double>(), new List<double>());

        // The first starts fill the page cache.
        for (var start = -2; start < starts; start++)
        {
            var (one, other) = (await TimeAsync(empty), await TimeAsync(Executables.Plugin));
            if (start >= 0)
            {
                theirs.Add(one);
                ours.Add(other);
            }
        }

        var (p50, emptyP50) = (Quantile(ours, 0.5), Quantile(theirs, 0.5));
        var (memory, file) = await MemoryAsync(Executables.Plugin);
        var (emptyMemory, emptyFile) = await MemoryAsync(empty);
        return
        [
            Figure.AtMost("exec to port, p50, as a multiple of the empty program's", p50 / emptyP50, MostRatio, Write.Ratio),
            new("exec to port: p50, p90", $"{Write.Milliseconds(p50)}, {Write.Milliseconds(Quantile(ours, 0.9))}"),
            new("the empty program: p50, p90", $"{Write.Milliseconds(emptyP50)}, {Write.Milliseconds(Quantile(theirs, 0.9))}"),
            Figure.AtMost("resident memory when idle", memory, MostMemory, Write.Megabytes),
            new("of it pages of the program's file", Write.Megabytes(file)),
            new("the empty program: resident, of it its file", $"{Write.Megabytes(emptyMemory)}, {Write.Megabytes(emptyFile)}"),
        ];
    }

    private static async Task<double> TimeAsync(string executable)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var process = await StartAsync(executable);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static async Task<(double Resident, double File)> MemoryAsync(string executable)
    {
        await using var process = await StartAsync(executable);
        await Task.Delay(Rest);
        return (RunningProcess.Resident(process.Id), RunningProcess.ResidentFile(process.Id));
    }

    private static Task<ChildProcess> StartAsync(string executable) => ChildProcess.StartAsync(executable, []);

    private static double Quantile(List<double> values, double share) => WaitSummary.Quantile([.. values.Order()], share);
}
