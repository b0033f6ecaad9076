using System.Globalization;
using PulumiEvs.Bench.Cloud;
using PulumiEvs.Bench.Report;
using PulumiEvs.Bench.Waiting;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Bench.Parts;

/// <summary>
/// A sample in real time, all at once on one local EVS: the published plugin, four disks at a time so that no looks are shared, and the
/// peers' rules with requests of their own. Lag here has all in it: round trips, signatures, the final read, a busy machine.
/// </summary>
internal sealed class SamplePart(int rounds, TimeProvider time) : IPart
{
    private const int AtOnce = 4;
    private const int Learnt = 40;
    private const string Duration = "lognormal(7s,0.25)";

    public string Name => "sample";

    public string Title => $"The same in real time, for a sample: {rounds * AtOnce} disks of each, jobs of {Duration}, after {Learnt} jobs seen";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var lab = await Lab.OpenAsync("--job-duration", $"createVolume={Duration}", "--request-log", "100000");
        var wishes = Lab.Disks(Learnt, "seen");
        await lab.Stack.UpInParallelAsync(wishes);
        using var peers = new PeerClient(lab.Cloud.Url, time);
        var begun = time.GetTimestamp();
        var ours = OursAsync(lab);
        var theirs = PeerRule.All.Select(async rule => (rule.Name, Made: await TheirsAsync(peers, rule))).ToArray();
        var made = new List<(string Name, Made[] Disks)> { ("pulumi-evs", await ours) };
        made.AddRange(await Task.WhenAll(theirs));

        var jobs = await lab.JobsAsync();
        var requests = await lab.Cloud.RequestsAsync();
        var ourJobs = made[0].Disks.Select(disk => jobs[disk.VolumeId].JobId).ToHashSet(StringComparer.Ordinal);
        var ourQueries = requests.Count(request => request.Operation == "getJob" && ourJobs.Contains(request.Path[(request.Path.LastIndexOf('/') + 1)..]));
        var figures = made.Select(rule => (rule.Name, Waits: WaitSummary.Of([.. rule.Disks.Select(disk => Watched(disk, jobs[disk.VolumeId]))]))).ToArray();
        var own = figures[0].Waits with { MeanJobQueries = ourQueries / (double)made[0].Disks.Length };
        return
        [
            Row("pulumi-evs", own),
            .. figures.Skip(1).Select(rule => Row(rule.Name, rule.Waits)),
            new("lag p50 below every peer's", Write.Percent(own.LagP50), "< " + Write.Percent(figures.Skip(1).Min(rule => rule.Waits.LagP50)), figures.Skip(1).All(rule => own.LagP50 < rule.Waits.LagP50)),
            new("took", Write.Seconds(time.GetElapsedTime(begun).TotalSeconds)),
        ];
    }

    private async Task<Made[]> OursAsync(Lab lab)
    {
        var made = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async lane =>
        {
            var disks = new List<Made>();
            for (var round = 0; round < rounds; round++)
            {
                var step = await lab.CreateAsync(string.Create(CultureInfo.InvariantCulture, $"ours-{lane}-{round}"));
                var returned = time.GetUtcNow();
                disks.Add(new Made(((PropertyValue.Text)step["volumeId"]).Value, returned, 0));
            }

            return disks;
        }));
        return [.. made.SelectMany(lane => lane)];
    }

    private async Task<Made[]> TheirsAsync(PeerClient client, PeerRule rule)
    {
        var made = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async lane =>
        {
            var disks = new List<Made>();
            for (var round = 0; round < rounds; round++)
            {
                var (id, returned, queries) = await client.CreateAsync(rule, $"{rule.Name}-{lane}-{round}".Replace(' ', '-').Replace("(", "").Replace(")", ""));
                disks.Add(new Made(id, returned, queries));
            }

            return disks;
        }));
        return [.. made.SelectMany(lane => lane)];
    }

    private static WatchedJob Watched(Made disk, MakingJob job) =>
        new(job.Ended - job.Began, disk.Returned - job.Began, disk.Queries, 0);

    private static Figure Row(string subject, WaitSummary waits) => new(
        subject, $"lag p50 {Write.Percent(waits.LagP50)}, p99 {Write.Percent(waits.LagP99)}, {Write.Number(waits.MeanJobQueries)} job queries");

    private readonly record struct Made(string VolumeId, DateTimeOffset Returned, int Queries);
}
