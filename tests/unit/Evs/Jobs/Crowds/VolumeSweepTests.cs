using System.Runtime.CompilerServices;
using PulumiEvs.Evs;
using PulumiEvs.Evs.Jobs.Crowds;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Tests.Unit.Evs.Jobs.Crowds;

public sealed class VolumeSweepTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<VolumeFilter> _asked = [];
    private readonly List<VolumeGlance> _disks = [];

    [Fact]
    public async Task A_few_ids_are_asked_for_by_one_request_with_a_small_answer()
    {
        AddDisks(5000);

        var (shown, isComplete) = await SweepAsync(["d10", "d4000", "not there"], []);

        shown.Order().ShouldBe(["d10", "d4000"]);
        isComplete.ShouldBeTrue();
        _asked.Single().Ids!.Count.ShouldBe(3);
        _asked.Single().PageSize.ShouldBe(4);
    }

    [Fact]
    public async Task Names_are_looked_for_from_the_newest_on_until_all_are_found()
    {
        AddDisks(5000);

        var (shown, isComplete) = await SweepAsync([], ["disk-0", "disk-30"]);

        shown.ShouldContain("d0");
        shown.ShouldContain("d30");
        isComplete.ShouldBeTrue();
        _asked.Single().PageSize.ShouldBe(50);
        shown.Count.ShouldBe(50);
    }

    [Fact]
    public async Task New_disks_that_are_not_there_are_not_looked_for_among_the_old_ones()
    {
        AddDisks(5000);

        var (shown, isComplete) = await SweepAsync([], ["not there"], notBefore: Now.AddMinutes(-100));

        isComplete.ShouldBeTrue();
        shown.Count.ShouldBe(150);
    }

    [Fact]
    public async Task A_project_of_many_pages_is_not_read_to_its_end_for_what_may_not_be_there()
    {
        AddDisks(5000);

        var (shown, isComplete) = await SweepAsync([], ["not there"]);

        isComplete.ShouldBeFalse();
        shown.Count.ShouldBe(20 * 50);
    }

    [Fact]
    public async Task A_small_project_is_read_to_its_end()
    {
        AddDisks(120);

        var (shown, isComplete) = await SweepAsync([], ["not there"]);

        (shown.Count, isComplete).ShouldBe((120, true));
    }

    [Fact]
    public async Task Many_ids_are_asked_for_by_whichever_way_takes_fewer_requests()
    {
        AddDisks(1500);
        var ids = Enumerable.Range(0, 600).Select(i => $"d{i}").ToArray();
        var sweep = new VolumeSweep(GlanceAsync);

        await SweepAsync(sweep, ids, []);
        _asked.Single().Ids.ShouldBeNull();
        _asked.Single().PageSize.ShouldBe(1000);

        _asked.Clear();
        await SweepAsync(sweep, ids[..60], []);
        _asked.Single().Ids!.Count.ShouldBe(60);
    }

    private Task<(List<string> Shown, bool IsComplete)> SweepAsync(string[] ids, string[] names, DateTimeOffset? notBefore = null) =>
        SweepAsync(new VolumeSweep(GlanceAsync), ids, names, notBefore);

    private static async Task<(List<string> Shown, bool IsComplete)> SweepAsync(
        VolumeSweep sweep, string[] ids, string[] names, DateTimeOffset? notBefore = null)
    {
        var shown = new List<string>();
        var isComplete = await sweep.LookAsync(
            new SoughtVolumes { Ids = ids.ToHashSet(), Names = names.ToHashSet(), NotBefore = notBefore },
            volume => shown.Add(volume.Id),
            CancellationToken.None);
        return (shown, isComplete);
    }

    /// <summary>The newest first, one a minute.</summary>
    private void AddDisks(int count) => _disks.AddRange(Enumerable.Range(0, count).Select(i => new VolumeGlance
    {
        Id = $"d{i}",
        Name = $"disk-{i}",
        Status = "available",
        CreatedAt = Now.AddMinutes(-i).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture),
    }));

    private async IAsyncEnumerable<IReadOnlyList<VolumeGlance>> GlanceAsync(VolumeFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        _asked.Add(filter);
        var found = filter.Ids is { } ids ? _disks.Where(disk => ids.Contains(disk.Id)) : _disks;
        foreach (var page in found.Chunk(filter.PageSize))
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return page;
        }
    }
}
