using System.Text.Json.Nodes;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Tests.Unit.Resources.Support.Bodies;
using static PulumiEvs.Tests.Unit.Resources.Support.Given;
using static PulumiEvs.Tests.Unit.Resources.Support.VolumeRig;

namespace PulumiEvs.Tests.Unit.Resources.Volumes;

/// <summary>A create whose answer was lost: the disk is looked for, whatever time is left, and what is not found is not forgotten.</summary>
public sealed class VolumeLostAnswerTests
{
    private const string Post = "POST /v3/cloudvolumes";
    private const string List = "GET /v2/cloudvolumes/detail";
    private const string LooksAgain = "The next `pulumi up` looks";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly string GetVolume = "GET " + VolumePath;

    /// <summary>No request of the create itself is answered within the time that these creates have.</summary>
    private static TimeSpan PostIsSlow(SentRequest request) => request.Method == "POST" ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(300);

    private static TimeSpan AllIsSlow(SentRequest request) => TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_look_has_time_of_its_own_when_the_operations_is_over()
    {
        using var rig = Slow(PostIsSlow, new MemoryJournal(), (Post, Accepted()), (List, Disks(Disk("creating"))), (GetVolume, Volume("creating")));

        var partial = (await rig.CreateAsync(Inputs(), timeout: Second)).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe(Given.VolumeId);
        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Unfinished);
        rig.Cloud.Time.Elapsed.ShouldBeLessThanOrEqualTo(Second + LostVolume.LookTime);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_look_that_fails_says_who_looks_next(bool hasJournal)
    {
        var journal = new MemoryJournal();
        using var rig = Slow(AllIsSlow, hasJournal ? journal : NoJournal.Instance, (Post, Accepted()), (List, Disks()));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.CreateAsync(Inputs(), timeout: Second));

        error.Message.ShouldContain("looking for it failed");
        error.Message.Contains(LooksAgain, StringComparison.Ordinal).ShouldBe(hasJournal);
        error.Message.Contains("Look in the console", StringComparison.Ordinal).ShouldBe(!hasJournal);
        journal.Entries.Count.ShouldBe(hasJournal ? 1 : 0);
        rig.Writes.Length.ShouldBe(1);
        rig.Cloud.Time.Elapsed.ShouldBeLessThanOrEqualTo(Second + LostVolume.LookTime);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_no_time_is_left_for_a_conclusive_look_it_says_who_looks_next(bool hasJournal)
    {
        var journal = new MemoryJournal();
        using var rig = Slow(PostIsSlow, hasJournal ? journal : NoJournal.Instance, (Post, Accepted()), (List, Disks()));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.CreateAsync(Inputs(), timeout: Second));

        error.Message.ShouldContain("It is not known whether volume \"data\" was made.");
        error.Message.ShouldEndWith(hasJournal
            ? "The next `pulumi up` looks for it before it sends anything."
            : "Look for it in the console before you run again.");
        journal.Entries.Count.ShouldBe(hasJournal ? 1 : 0);
        rig.Writes.Length.ShouldBe(1);
    }

    [Fact]
    public async Task However_short_its_time_the_run_that_follows_finds_the_disk()
    {
        var journal = new MemoryJournal();
        using (var first = Slow(AllIsSlow, journal, (Post, Accepted()), (List, Disks())))
        {
            await Should.ThrowAsync<ResourceException>(() => first.CreateAsync(Inputs(), timeout: Second));
        }

        using var rig = Slow(PostIsSlow, journal, (List, Disks(Disk())), (GetVolume, Volume()));

        (await rig.CreateAsync(Inputs(), timeout: Second)).ShouldBeOfType<ResourceOutcome.Done>().Id.ShouldBe(Given.VolumeId);
        rig.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task However_short_its_time_the_run_that_follows_long_after_begins_anew_when_nothing_shows()
    {
        var journal = new MemoryJournal();
        using (var first = Slow(AllIsSlow, journal, (Post, Accepted()), (List, Disks())))
        {
            await Should.ThrowAsync<ResourceException>(() => first.CreateAsync(Inputs(), timeout: Second));
        }

        journal.Note(Given.Resource.Urn, entry => entry with { RequestedAt = entry.RequestedAt - TimeSpan.FromMinutes(10) });
        using var rig = Slow(
            _ => TimeSpan.FromMilliseconds(20), journal, (Post, Accepted()), (List, Disks()), ("GET " + JobPath, Job("SUCCESS")), (GetVolume, Volume()));

        (await rig.CreateAsync(Inputs(), timeout: Second)).ShouldBeOfType<ResourceOutcome.Done>();
        rig.Writes.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_follows_at_once_sends_nothing_while_the_disk_may_still_show()
    {
        var journal = new MemoryJournal();
        using (var first = Slow(AllIsSlow, journal, (Post, Accepted()), (List, Disks())))
        {
            await Should.ThrowAsync<ResourceException>(() => first.CreateAsync(Inputs(), timeout: Second));
        }

        using var rig = Slow(PostIsSlow, journal, (List, Disks()));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.CreateAsync(Inputs(), timeout: TimeSpan.FromSeconds(10)));
        error.Message.ShouldContain("was not begun");
        rig.Writes.ShouldBeEmpty();
        journal.Entries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelled_while_it_looks_it_says_that_there_may_be_a_disk()
    {
        using var cancel = new CancellationTokenSource();
        var journal = new MemoryJournal();
        using var rig = Slow(
            request => request.Method == "POST" ? TimeSpan.FromMinutes(2) : TimeSpan.Zero, journal, (Post, Accepted()), (List, Disks()));
        rig.Cloud.Time.CreateTimer(_ => cancel.Cancel(), null, TimeSpan.FromSeconds(65), Timeout.InfiniteTimeSpan);

        var error = await Should.ThrowAsync<ResourceException>(() => rig.CreateAsync(Inputs(), cancel: cancel.Token));

        error.Kind.ShouldBe(FailureKind.Cancelled);
        error.Message.ShouldContain("It is not known whether");
        journal.Entries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task More_disks_than_were_asked_for_are_named()
    {
        var second = Disk(change: disk => disk["id"] = "another");
        using var rig = Slow(PostIsSlow, new MemoryJournal(), (Post, Accepted()), (List, Disks(Disk(), second)));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.CreateAsync(Inputs(), timeout: Second));

        error.Message.ShouldContain($"2 volumes fit: {Given.VolumeId}, another. Nothing was sent twice. Look at them in the console");
    }

    private static Func<SentRequest, HttpResponseMessage> Disks(params JsonNode[] disks)
    {
        var body = new JsonObject { ["count"] = disks.Length, ["volumes"] = new JsonArray(disks) }.ToJsonString();
        return _ => StubHttp.Json(body);
    }
}
