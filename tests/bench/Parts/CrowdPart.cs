using System.Diagnostics;
using PulumiEvs.Bench.Cloud;
using PulumiEvs.Bench.Report;

namespace PulumiEvs.Bench.Parts;

/// <summary>Many creates at once, in real time, against a cloud that answers so many requests a second and refuses those beyond.</summary>
internal sealed class CrowdPart(int disks, Action<string> say) : IPart
{
    private const int PerSecond = 100;
    private const double MostRequests = 4;
    private const double MostTime = 1.25;
    private const double MostMemory = 150;
    private static readonly TimeSpan Job = TimeSpan.FromSeconds(7);

    public string Name => "crowd";

    public string Title => Write.Text($"{disks:#,0} creates at once, jobs of {Job.TotalSeconds} s, a cloud that takes {PerSecond} requests a second");

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var lab = await Lab.OpenAsync(
            "--rate-limit", $"{PerSecond}", "--job-duration", $"createVolume={Job.TotalSeconds}s", "--request-log", "1000000");
        var clock = Stopwatch.StartNew();
        var steps = await lab.Stack.UpInParallelAsync(Lab.Disks(disks));
        var took = clock.Elapsed.TotalSeconds;

        var process = lab.Plugin.Process.Id;
        var (user, kernel) = RunningProcess.Processor(process);
        var memory = RunningProcess.PeakResident(process);
        var requests = await lab.Cloud.RequestsAsync();
        var made = (await lab.Cloud.VolumesAsync()).Count;
        foreach (var failed in steps.Where(step => step.Failed).Take(5))
        {
            say($"{failed.Name}: {string.Join("; ", failed.Errors)}");
        }

        var least = (requests.Count / (double)PerSecond) + Job.TotalSeconds;
        return
        [
            Figure.AtLeast("disks made, and reported as made", Math.Min(made, steps.Count(step => !step.Failed)), disks, Write.Number),
            Figure.AtMost("requests per disk, refused ones too", requests.Count / (double)disks, MostRequests, Write.Number),
            .. requests.GroupBy(request => request.Operation).OrderByDescending(group => group.Count())
                .Select(group => new Figure($"of them {group.Key}", Write.Number(group.Count() / (double)disks))),
            new("refused with 429", Write.Number(requests.Count(request => request.Status == 429))),
            Figure.AtMost(Write.Text($"time, as a multiple of requests/{PerSecond} + one job ({least:0.0} s)"), took / least, MostTime, Write.Ratio),
            new("time", Write.Seconds(took)),
            Figure.AtMost("memory of the plugin, at most", memory, MostMemory, Write.Megabytes),
            new("threads of the plugin at the end", Write.Number(RunningProcess.Threads(process))),
            new("processor time of the plugin per disk (user, kernel)", Write.Text($"{user.TotalMilliseconds / disks:0.00} ms, {kernel.TotalMilliseconds / disks:0.00} ms")),
        ];
    }
}
