using System.Diagnostics;
using Google.Protobuf;
using PulumiEvs.Bench.Cloud;
using PulumiEvs.Bench.Report;
using PulumiEvs.Bench.Waiting;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Plugin.Values;

namespace PulumiEvs.Bench.Parts;

/// <summary>Calls that need no cloud, over one connection to the published plugin. Client and plugin share the machine.</summary>
internal sealed class CallsPart : IPart
{
    private const int WarmUp = 20_000;
    private const int Rounds = 5_000;
    private const int Calls = 50_000;
    private const int AtOnce = 64;
    private const string Urn = "urn:pulumi:dev::bench::evs:index:Volume::disk";
    private const string Type = "evs:index:Volume";
    private const string Methods = "/pulumirpc.ResourceProvider/";

    public string Name => "calls";

    public string Title => "Calls to the published plugin over one connection";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var lab = await Lab.OpenAsync();
        var client = lab.Plugin.Client;
        var check = new CheckRequest
        {
            Urn = Urn,
            Type = Type,
            Name = "disk",
            Olds = PropertyEncoder.Encode(Lab.Disk),
            News = PropertyEncoder.Encode(Lab.Disk),
            RandomSeed = ByteString.CopyFrom(new byte[32]),
        };
        var step = (await lab.Stack.UpAsync(Lab.Disks(1)))[0];
        var state = lab.Stack.State[step.Name];
        var diff = new DiffRequest
        {
            Id = state.Id,
            Urn = state.Urn,
            Type = Type,
            Name = state.Name,
            Olds = PropertyEncoder.Encode(state.Outputs),
            OldInputs = PropertyEncoder.Encode(state.Inputs),
            News = PropertyEncoder.Encode(state.Inputs.With("size", 50)),
        };

        await FloodAsync(client, check, WarmUp);
        using var bare = new BareClient(lab.Plugin.Port);
        var (bareCheck, bareDiff) = (bare.Prepare(Methods + "Check", check), bare.Prepare(Methods + "Diff", diff));
        var both = await TimeAsync(() =>
        {
            bare.Call(bareCheck);
            bare.Call(bareDiff);
            return Task.CompletedTask;
        });
        var bothByLibrary = await TimeAsync(async () =>
        {
            await client.CheckAsync(check);
            await client.DiffAsync(diff);
        });

        var (process, before) = (lab.Plugin.Process.Id, RunningProcess.Processor(lab.Plugin.Process.Id));
        var perSecond = await FloodAsync(client, check, Calls);
        var after = RunningProcess.Processor(process);
        var each = (after.User + after.Kernel - before.User - before.Kernel).TotalMilliseconds / Calls;
        return
        [
            Figure.AtMost("Check + Diff, one after the other: p50", WaitSummary.Quantile(both, 0.5), 0.3, Write.Milliseconds),
            new("Check + Diff, one after the other: p99", Write.Milliseconds(WaitSummary.Quantile(both, 0.99))),
            new(
                "the same by .NET's HttpClient, whose own way is in it: p50, p99",
                $"{Write.Milliseconds(WaitSummary.Quantile(bothByLibrary, 0.5))}, {Write.Milliseconds(WaitSummary.Quantile(bothByLibrary, 0.99))}"),
            Figure.AtLeast($"Checks a second, {AtOnce} at once, by HttpClient", perSecond, 10_000, Write.Number),
            new("processor time of the plugin for one of them", Write.Milliseconds(each)),
        ];
    }

    /// <summary>Times so many rounds, in milliseconds, in order; some before them are not counted.</summary>
    private static async Task<double[]> TimeAsync(Func<Task> call)
    {
        var rounds = new double[Rounds];
        for (var round = -Rounds / 10; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            await call();
            if (round >= 0)
            {
                rounds[round] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            }
        }

        Array.Sort(rounds);
        return rounds;
    }

    private static async Task<double> FloodAsync(Harness.ProviderClient client, CheckRequest check, int calls)
    {
        var left = calls;
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await client.CheckAsync(check);
            }
        })));
        return calls / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
