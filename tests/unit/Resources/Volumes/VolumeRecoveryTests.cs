using System.Globalization;
using System.Text.Json.Nodes;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.Support.Bodies;
using static PulumiEvs.Tests.Unit.Resources.Support.Given;
using static PulumiEvs.Tests.Unit.Resources.Support.LeftRecord;

namespace PulumiEvs.Tests.Unit.Resources.Volumes;

/// <summary>A create that follows one whose plugin was killed: whatever that made is found, and nothing is made twice.</summary>
public sealed class VolumeRecoveryTests
{
    private const string Post = "POST /v3/cloudvolumes";
    private const string GetJob = "GET " + JobPath;
    private const string List = "GET /v2/cloudvolumes/detail";

    private static readonly string GetVolume = "GET " + VolumePath;

    [Fact]
    public async Task A_disk_that_its_job_has_made_is_used()
    {
        using var rig = Rig(OfJob, (GetJob, Job("SUCCESS")), (GetVolume, Volume()));

        (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Done>().Id.ShouldBe(Given.VolumeId);

        rig.Writes.ShouldBeEmpty();
        rig.Cloud.Log.Infos.ShouldHaveSingleItem().ShouldEndWith($"the volume {Given.VolumeId} that it made is used.");
    }

    [Fact]
    public async Task A_disk_that_its_job_has_made_but_no_node_shows_yet_is_waited_for_not_made_again()
    {
        using var rig = Rig(OfJob, (GetJob, Job("SUCCESS")), (GetVolume, InTurn(NotFound, NotFound, Volume())));

        (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Done>().Id.ShouldBe(Given.VolumeId);

        rig.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_that_somebody_has_deleted_since_leaves_time_for_a_new_one()
    {
        using var rig = Rig(
            OfJob with { JobId = "job-0" },
            ("GET /v1/jobs/job-0", Job("SUCCESS", id: "job-0", entities: new JsonObject { ["volume_id"] = "deleted" })),
            ("GET /v2/cloudvolumes/deleted", NotFound), (Post, Accepted()), (GetJob, Job("SUCCESS")), (GetVolume, Volume()));

        (await rig.CreateAsync(Inputs(), timeout: TimeSpan.FromSeconds(30))).ShouldBeOfType<ResourceOutcome.Done>().Id.ShouldBe(Given.VolumeId);

        rig.Cloud.Time.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task A_job_that_ended_long_ago_hides_no_disk()
    {
        using var rig = Rig(
            OfJob with { JobId = "job-0" },
            ("GET /v1/jobs/job-0", request => Dated(Job("SUCCESS", id: "job-0", entities: new JsonObject { ["volume_id"] = "deleted" })(request), TimeSpan.FromHours(1))),
            ("GET /v2/cloudvolumes/deleted", NotFound), (Post, Accepted()), (GetJob, Job("SUCCESS")), (GetVolume, Volume()));

        (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Done>().Id.ShouldBe(Given.VolumeId);

        rig.Cloud.Lines.Count(line => line == "GET /v2/cloudvolumes/deleted").ShouldBe(1);
    }

    [Fact]
    public async Task Without_time_for_an_answer_no_request_is_sent()
    {
        using var rig = VolumeRig.Slow(_ => TimeSpan.FromSeconds(4.5), new MemoryJournal(OfJob), (GetJob, Job("FAIL", entities: [])));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.CreateAsync(Inputs(), timeout: TimeSpan.FromSeconds(5)));

        error.Kind.ShouldBe(FailureKind.TimedOut);
        error.Message.ShouldContain("was not begun");
        rig.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_that_does_not_end_in_time_keeps_its_disk_in_the_state(bool namesItsDisk)
    {
        var entities = namesItsDisk ? new JsonObject { ["volume_id"] = Given.VolumeId } : [];
        using var rig = Rig(OfJob, (GetJob, Job("RUNNING", entities: entities)), (GetVolume, Volume("creating")));

        var partial = (await rig.CreateAsync(Inputs(), timeout: TimeSpan.FromMinutes(1))).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe(namesItsDisk ? Given.VolumeId : "job/job-1");
        partial.Kind.ShouldBe(FailureKind.TimedOut);
        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Unfinished);
        partial.Outputs[JobId].ShouldBe((PropertyValue)"job-1");
        partial.Reasons.ShouldHaveSingleItem().ShouldContain("the next `pulumi up` goes on waiting for the same job");
        rig.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_cannot_be_asked_keeps_its_disk_in_the_state()
    {
        using var rig = Rig(OfJob, (GetJob, Error("EVS.5403", "Policy does not allow it.", 403)));

        (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Partial>().Id.ShouldBe("job/job-1");

        rig.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_failed_and_left_nothing_is_followed_by_a_new_create()
    {
        using var rig = Rig(
            OfJob with { JobId = "job-0" },
            ("GET /v1/jobs/job-0", Job("FAIL", entities: [], id: "job-0")), (Post, Accepted()), (GetJob, Job("SUCCESS")), (GetVolume, Volume()));

        (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Done>();

        rig.Writes.Length.ShouldBe(1);
    }

    /// <param name="recorded">Whether the killed run knew the service's time.</param>
    /// <param name="cloud">By how much the service's clock is ahead of this machine's.</param>
    /// <param name="step">By how much this machine's clock was set forward between the runs.</param>
    [Theory]
    [InlineData(true, 0, 0)]
    [InlineData(true, 3600, 0)]
    [InlineData(true, -3600, 0)]
    [InlineData(true, 0, -7200)]
    [InlineData(true, 0, 7200)]
    [InlineData(true, -3600, -7200)]
    [InlineData(false, 0, 0)]
    [InlineData(false, 3600, 0)]
    [InlineData(false, -3600, 7200)]
    public async Task A_request_without_a_job_leads_to_its_disk_whatever_the_clocks_say(bool recorded, int cloud, int step)
    {
        // A minute ago, by a clock that was right; since then this machine's was set.
        var sent = Now - TimeSpan.FromMinutes(1);
        var entry = WithoutJob with
        {
            RequestedAt = sent - TimeSpan.FromSeconds(step),
            ServiceTime = recorded ? sent + TimeSpan.FromSeconds(cloud) : null,
        };
        var made = Disk(change: disk => disk["created_at"] = Text(sent + TimeSpan.FromSeconds(cloud + 1)));
        using var rig = Rig(entry, (List, Dated(TimeSpan.FromSeconds(cloud), made)), (GetVolume, Volume()));

        (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Done>().Id.ShouldBe(Given.VolumeId);

        rig.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 3600)]
    [InlineData(false, 3600)]
    public async Task A_disk_of_the_same_looks_that_is_older_is_not_taken(bool recorded, int cloud)
    {
        var sent = Now - TimeSpan.FromMinutes(1);
        var entry = WithoutJob with { RequestedAt = sent, ServiceTime = recorded ? sent + TimeSpan.FromSeconds(cloud) : null };
        var older = Disk(change: disk => disk["created_at"] = Text(sent + TimeSpan.FromSeconds(cloud - 60)));
        using var rig = Rig(
            entry, (List, Dated(TimeSpan.FromSeconds(cloud), older)), (Post, Accepted()), (GetJob, Job("SUCCESS")), (GetVolume, Volume()));

        (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Done>();

        rig.Writes.Length.ShouldBe(1);
    }

    [Fact]
    public async Task However_old_a_record_says_it_is_the_disk_is_looked_for_some_seconds()
    {
        var looks = 0;
        var made = Dated(TimeSpan.Zero, Disk());
        using var rig = Rig(
            WithoutJob with { RequestedAt = Now - TimeSpan.FromHours(3) },
            (List, request => ++looks < 3 ? Dated(TimeSpan.Zero)(request) : made(request)), (GetVolume, Volume()));

        (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Done>().Id.ShouldBe(Given.VolumeId);

        rig.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_record_has_the_services_time_as_soon_as_an_answer_has_told_it()
    {
        var journal = new MemoryJournal();
        using var rig = new VolumeRig(
            new StubCloud(
                (Post, request => Dated(Accepted()(request), TimeSpan.FromHours(1))), (GetJob, Job("SUCCESS")), (GetVolume, Volume())),
            journal: journal);

        await rig.CreateAsync(Inputs());
        journal.Written[0].ServiceTime.ShouldBeNull("nothing had been answered yet");
        journal.Written[^1].ServiceTime.ShouldBe(Now + TimeSpan.FromHours(1));

        await rig.CreateAsync(Inputs());
        journal.Written[^1].ServiceTime.ShouldNotBeNull();
    }

    [Fact]
    public async Task With_a_client_token_the_same_request_is_sent_again()
    {
        var stub = new StubHttp(request => StubCloud.Match(
            [("POST /v2.1/cloudvolumes", Accepted()), (GetJob, Job("SUCCESS")), (GetVolume, Volume())], request));
        using var rig = new VolumeRig(
            new StubCloud(stub, versions: new ApiVersions { Create = "v2.1" }), journal: new MemoryJournal(WithoutJob));

        (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Done>();

        rig.Cloud.Requests.Single(request => request.Method == "POST").Headers["X-Client-Token"].ShouldBe(WithoutJob.ClientToken);
    }

    [Fact]
    public async Task What_was_secret_in_the_killed_run_is_not_shown_though_the_program_has_something_else_now()
    {
        using var rig = Rig(
            OfJob with { OrderIsWhole = false },
            (GetJob, Job("SUCCESS")),
            (GetVolume, Volume(change: disk => disk["description"] = "hush")),
            ("PUT " + VolumePath, _ => StubHttp.Json("{}")));

        await rig.CreateAsync(Inputs((Description, "for all to see")));

        rig.Writes.ShouldHaveSingleItem().ShouldContain("for all to see");
        rig.Cloud.Log.Debugs.ShouldNotContain(line => line.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_client_token_whose_job_is_forgotten_the_disk_is_looked_for_and_not_made_again()
    {
        var stub = new StubHttp(request => StubCloud.Match(
            [
                ("POST /v2.1/cloudvolumes", Accepted()), (GetJob, Error("Common.0011", "No jobs found.")),
                (List, Dated(TimeSpan.Zero, Disk())), (GetVolume, Volume()),
            ],
            request));
        using var rig = new VolumeRig(
            new StubCloud(stub, versions: new ApiVersions { Create = "v2.1" }), journal: new MemoryJournal(WithoutJob));

        (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Done>().Id.ShouldBe(Given.VolumeId);

        rig.Writes.Length.ShouldBe(1);
    }

    private static VolumeRig Rig(JournalEntry entry, params (string Line, Func<SentRequest, HttpResponseMessage> Answer)[] rules) =>
        new(new StubCloud(rules), journal: new MemoryJournal(entry));

    private static Func<SentRequest, HttpResponseMessage> Dated(TimeSpan ahead, params JsonNode[] disks)
    {
        var body = new JsonObject { ["count"] = disks.Length, ["volumes"] = new JsonArray(disks) }.ToJsonString();
        return _ => Dated(StubHttp.Json(body), ahead);
    }

    private static HttpResponseMessage Dated(HttpResponseMessage answer, TimeSpan ahead)
    {
        answer.Headers.Date = Now + ahead;
        return answer;
    }

    /// <summary>As the service writes it: UTC without a zone.</summary>
    private static string Text(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
