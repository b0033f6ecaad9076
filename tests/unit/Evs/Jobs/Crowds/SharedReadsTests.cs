using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs.Crowds;
using PulumiEvs.Evs.Models;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Jobs.Crowds;

public sealed class SharedReadsTests
{
    private readonly FakeTime _time = new();
    private readonly List<IReadOnlyList<string>> _lists = [];
    private readonly List<string> _alone = [];
    private int _crowd = 20;
    private Func<string, Volume?> _inList = id => new Volume { Id = id, Status = "available", Name = "from the list" };
    private Exception? _failure;

    [Fact]
    public async Task Without_a_crowd_each_reads_for_itself()
    {
        _crowd = 0;

        var found = await FindAllAsync(3);

        found.ShouldAllBe(volume => volume!.Name == "alone");
        _lists.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_a_crowd_reads_that_come_together_become_one_list()
    {
        var found = await FindAllAsync(20);

        found.Select(volume => (volume!.Id, volume.Name)).ShouldBe(Enumerable.Range(0, 20).Select(i => ($"v{i}", (string?)"from the list")));
        _lists.Single().Count.ShouldBe(20);
        _alone.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_list_is_asked_for_more_ids_than_it_takes()
    {
        _crowd = 1000;

        await FindAllAsync(150);

        _lists.Sum(list => list.Count).ShouldBe(150);
        _lists.ShouldAllBe(list => list.Count <= 60);
        _lists.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_disk_that_the_list_does_not_show_is_read_alone()
    {
        _inList = id => id == "v3" ? null : new Volume { Id = id, Status = "available" };

        await FindAllAsync(20);

        _alone.ShouldBe(["v3"]);
    }

    [Fact]
    public async Task An_encrypted_disk_is_read_alone()
    {
        _inList = id => new Volume
        {
            Id = id,
            Status = "available",
            Metadata = id == "v3" ? new Dictionary<string, string> { [VolumeMetadata.Encrypted] = "1" } : new Dictionary<string, string>(),
        };

        await FindAllAsync(20);

        _alone.ShouldBe(["v3"]);
    }

    [Fact]
    public async Task When_the_list_fails_each_reads_for_itself()
    {
        _failure = new EvsException(new ErrorFacts { Operation = "listing", Class = ErrorClass.Service, Knowledge = Knowledge.Unknown });

        var found = await FindAllAsync(20);

        found.ShouldAllBe(volume => volume!.Name == "alone");
        _alone.Count.ShouldBe(20);
    }

    [Fact]
    public async Task One_that_is_cancelled_does_not_disturb_the_others()
    {
        using var cancel = new CancellationTokenSource();
        var reads = Reads();
        var cancelled = reads.FindAsync("v99", AloneAsync, cancel.Token);
        var other = reads.FindAsync("v1", AloneAsync, CancellationToken.None);

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        _time.Advance(TimeSpan.FromSeconds(1));

        (await other.WaitAsync(TimeSpan.FromSeconds(20)))!.Name.ShouldBe("from the list");
    }

    [Fact]
    public async Task A_read_never_gets_an_answer_that_was_asked_for_before_it()
    {
        var reads = Reads();
        var first = reads.FindAsync("v1", AloneAsync, CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));
        await first.WaitAsync(TimeSpan.FromSeconds(20));

        var second = reads.FindAsync("v1", AloneAsync, CancellationToken.None);
        second.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        await second.WaitAsync(TimeSpan.FromSeconds(20));

        _lists.Count.ShouldBe(2);
    }

    private SharedReads Reads() => new(
        () => _crowd,
        (ids, _) =>
        {
            lock (_lists)
            {
                _lists.Add(ids);
            }

            return _failure is { } failure
                ? Task.FromException<IReadOnlyList<Volume>>(failure)
                : Task.FromResult<IReadOnlyList<Volume>>([.. ids.Select(_inList).OfType<Volume>()]);
        },
        _time);

    private Task<Volume?> AloneAsync(string id, CancellationToken ct)
    {
        lock (_alone)
        {
            _alone.Add(id);
        }

        return Task.FromResult<Volume?>(new Volume { Id = id, Status = "available", Name = "alone" });
    }

    private async Task<Volume?[]> FindAllAsync(int count)
    {
        var reads = Reads();
        var found = Enumerable.Range(0, count).Select(i => reads.FindAsync($"v{i}", AloneAsync, CancellationToken.None)).ToArray();
        _time.Advance(TimeSpan.FromSeconds(1));
        return await Task.WhenAll(found).WaitAsync(TimeSpan.FromSeconds(20));
    }
}
