using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using PulumiEvs.Bench.Micro;
using PulumiEvs.Bench.Report;

namespace PulumiEvs.Bench.Parts;

/// <summary>Micro-benchmarks by BenchmarkDotNet, in this process, where the machine is as busy as for the rest of the table.</summary>
internal sealed class MicroPart : IPart
{
    public string Name => "micro";

    public string Title => "Micro-benchmarks: mean time, memory allocated";

    public Task<IReadOnlyList<Figure>> RunAsync()
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))
            .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "pulumi-evs-benchmarks"))
            .WithOptions(ConfigOptions.DisableLogFile);
        var summary = BenchmarkRunner.Run<HotPaths>(config);
        if (summary.HasCriticalValidationErrors)
        {
            throw new InvalidOperationException(string.Join("; ", summary.ValidationErrors.Select(error => error.Message)));
        }

        return Task.FromResult<IReadOnlyList<Figure>>([.. summary.Reports.Select(report => new Figure(
            report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
            Write.Text($"{report.ResultStatistics!.Mean / 1000:0.###} µs, {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0:#,0} B")))]);
    }
}
