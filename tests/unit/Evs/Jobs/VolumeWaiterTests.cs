using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Jobs;

public sealed class VolumeWaiterTests
{
    private readonly FakeTime _time = new();

    public static TheoryData<string, object> Words => new()
    {
        { "available", StatusGroup.Settled },
        { "in-use", StatusGroup.Settled },
        { "awaiting-transfer", StatusGroup.SettledOdd },
        { "creating", StatusGroup.Moving },
        { "downloading", StatusGroup.Moving },
        { "uploading", StatusGroup.Moving },
        { "attaching", StatusGroup.Moving },
        { "detaching", StatusGroup.Moving },
        { "extending", StatusGroup.Moving },
        { "deleting", StatusGroup.Moving },
        { "rollbacking", StatusGroup.Moving },
        { "restoring-backup", StatusGroup.Moving },
        { "backing-up", StatusGroup.Moving },
        { "retyping", StatusGroup.Moving },
        { "reserved", StatusGroup.Moving },
        { "maintenance", StatusGroup.Moving },
        { "changing-disk-type", StatusGroup.Moving },
        { "", StatusGroup.Moving },
        { "error", StatusGroup.Failed },
        { "error_extending", StatusGroup.Failed },
        { "error_deleting", StatusGroup.Failed },
        { "error_restoring", StatusGroup.Failed },
        { "error_rollbacking", StatusGroup.Failed },
        { "error_detaching", StatusGroup.Failed },
        { "error_managing", StatusGroup.Failed },
        { "error_of_a_new_kind", StatusGroup.Failed },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void Each_status_word_has_its_group(string word, object group) => VolumeStatus.GroupOf(word).ShouldBe((StatusGroup)group);

    [Fact]
    public void Every_known_word_is_in_the_table_above() =>
        VolumeStatus.Words.ShouldBeSubsetOf(Words.Select(row => (string)((object[])row)[0]));

    [Theory]
    [InlineData("available", true)]
    [InlineData("error", true)]
    [InlineData("error_extending", true)]
    [InlineData("error_restoring", true)]
    [InlineData("error_rollbacking", true)]
    [InlineData("error_deleting", false)]
    [InlineData("in-use", false)]
    [InlineData("creating", false)]
    public void Only_some_statuses_can_be_deleted(string word, bool deletable) => VolumeStatus.IsDeletable(word).ShouldBe(deletable);

    [Theory]
    [InlineData("available", WaitOutcome.Reached)]
    [InlineData("in-use", WaitOutcome.Reached)]
    [InlineData("awaiting-transfer", WaitOutcome.Reached)]
    [InlineData("error", WaitOutcome.Failed)]
    [InlineData("error_extending", WaitOutcome.Failed)]
    public async Task A_disk_settles(string word, object outcome)
    {
        var result = await Waiter("creating", "changing-disk-type", word).Settled();

        (result.Outcome, result.Last!.Status, result.Looks).ShouldBe(((WaitOutcome)outcome, word, 3));
    }

    [Fact]
    public async Task A_disk_that_vanishes_while_it_should_settle_is_gone()
    {
        var result = await Waiter("extending", null).Settled();

        (result.Outcome, result.Last!.Status).ShouldBe((WaitOutcome.Gone, "extending"));
    }

    [Fact]
    public async Task A_new_disk_may_be_missing_for_a_moment()
    {
        var result = await Waiter(null, null, "available").Settled(new ResourceWaitOptions<Volume> { Timeout = TimeSpan.FromMinutes(1), ToleratedMissing = 2 });

        result.Outcome.ShouldBe(WaitOutcome.Reached);
    }

    [Fact]
    public async Task A_deleted_disk_is_waited_for_until_it_is_not_there()
    {
        var result = await Waiter("available", "deleting", null).Gone();

        (result.Outcome, result.Last!.Status).ShouldBe((WaitOutcome.Reached, "deleting"));
    }

    [Fact]
    public async Task A_disk_stuck_in_deletion_is_a_failure()
    {
        var result = await Waiter("deleting", "error_deleting").Gone();

        (result.Outcome, result.Reason).ShouldBe((WaitOutcome.Failed, "the disk went into the status error_deleting"));
    }

    [Theory]
    [InlineData("available", WaitOutcome.Reached)]
    [InlineData("error", WaitOutcome.Failed)]
    public async Task A_snapshot_settles(string word, object outcome)
    {
        var asked = 0;
        var waiter = new SnapshotWaiter(
            (id, _) => Task.FromResult<Snapshot?>(new Snapshot { Id = id, Status = asked++ < 2 ? "creating" : word }), new Poller(_time, new Random(1)));

        var result = await _time.RunAsync(() =>
            waiter.WaitSettledAsync("s", new ResourceWaitOptions<Snapshot> { Timeout = TimeSpan.FromMinutes(1) }, CancellationToken.None));

        (result.Outcome, result.Last!.Status, result.Looks).ShouldBe(((WaitOutcome)outcome, word, 3));
    }

    [Theory]
    [InlineData(null, WaitOutcome.Reached)]
    [InlineData("error_deleting", WaitOutcome.Failed)]
    public async Task A_snapshot_goes(string? word, object outcome)
    {
        var asked = 0;
        var waiter = new SnapshotWaiter(
            (id, _) => Task.FromResult(asked++ < 2 ? new Snapshot { Id = id, Status = "deleting" } : word is null ? null : new Snapshot { Id = id, Status = word }),
            new Poller(_time, new Random(1)));

        var result = await _time.RunAsync(() =>
            waiter.WaitGoneAsync("s", new ResourceWaitOptions<Snapshot> { Timeout = TimeSpan.FromMinutes(1) }, CancellationToken.None));

        (result.Outcome, result.Looks).ShouldBe(((WaitOutcome)outcome, 3));
    }

    private Script Waiter(params string?[] words) => new(_time, words);

    private sealed class Script(FakeTime time, string?[] words)
    {
        private int _asked;

        private VolumeWaiter Waiter => new(
            (id, _) =>
            {
                var word = words[Math.Min(_asked++, words.Length - 1)];
                return Task.FromResult(word is null ? null : new Volume { Id = id, Status = word });
            },
            new Poller(time, new Random(1)));

        public Task<WaitResult<Volume>> Settled(ResourceWaitOptions<Volume>? options = null) => time.RunAsync(() =>
            Waiter.WaitSettledAsync("v", options ?? new ResourceWaitOptions<Volume> { Timeout = TimeSpan.FromMinutes(1) }, CancellationToken.None));

        public Task<WaitResult<Volume>> Gone() => time.RunAsync(() =>
            Waiter.WaitGoneAsync("v", new ResourceWaitOptions<Volume> { Timeout = TimeSpan.FromMinutes(1) }, CancellationToken.None));
    }
}
