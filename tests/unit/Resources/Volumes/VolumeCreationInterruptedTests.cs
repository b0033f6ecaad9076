using System.Text.Json.Nodes;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.Support.Bodies;
using static PulumiEvs.Tests.Unit.Resources.Support.Given;
using static PulumiEvs.Tests.Unit.Resources.Support.VolumeRig;

namespace PulumiEvs.Tests.Unit.Resources.Volumes;

/// <summary>A create that runs out of time or is cancelled, at each of its phases, and how later runs carry it on.</summary>
public sealed class VolumeCreationInterruptedTests
{
    private const string Post = "POST /v3/cloudvolumes";
    private const string GetJob = "GET " + JobPath;

    private static readonly string GetVolume = "GET " + VolumePath;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <param name="Job">What the job query answers.</param>
    /// <param name="Volume">What the disk query answers.</param>
    private sealed record Phase(
        Func<SentRequest, HttpResponseMessage> Job, Func<SentRequest, HttpResponseMessage> Volume, string Id, string LeftBehind, PropertyMap Outputs);

    private static readonly Dictionary<string, Phase> Phases = new()
    {
        ["before the job names the disk"] = new(
            Job("RUNNING", entities: []),
            NotFound,
            "job/job-1",
            "the id of the volume is not known yet; it is kept in the state as job/job-1",
            Inputs((JobId, "job-1"))),
        ["when the job has named the disk, which no query shows yet"] = new(
            Job("RUNNING"),
            NotFound,
            Given.VolumeId,
            $"volume {Given.VolumeId}, not shown by the service yet",
            Inputs((JobId, "job-1"), (VolumeProperties.VolumeId, Given.VolumeId))),
        ["while the disk is being made"] = new(
            Job("RUNNING"),
            Volume("creating"),
            Given.VolumeId,
            $"volume {Given.VolumeId} in status creating",
            Outputs(Inputs(), (Status, "creating"))),
    };

    public static TheoryData<string> PhaseNames => [.. Phases.Keys];

    [Theory]
    [MemberData(nameof(PhaseNames))]
    public async Task Out_of_time(string name)
    {
        var phase = Phases[name];
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, phase.Job), (GetVolume, phase.Volume));

        var partial = (await rig.CreateAsync(Inputs(), timeout: Minute)).ShouldBeOfType<ResourceOutcome.Partial>();

        Assert(partial, phase);
        partial.Kind.ShouldBe(FailureKind.TimedOut);
        partial.Reasons.Single().ShouldBe(
            $"""
            creating volume "data" (SSD, 40 GiB, eu-test-1a) timed out after 1 min (last: job RUNNING)
              job: job-1 (createVolume, status RUNNING)
              request id: req-write
              left behind: {phase.LeftBehind}
              what to do: The volume stays in the state; the next `pulumi up` goes on waiting for the same job. Raise customTimeouts.create if the job needs longer.
            """);
        rig.Cloud.Time.Elapsed.ShouldBeInRange(Minute, Minute + TimeSpan.FromSeconds(2));
    }

    [Theory]
    [MemberData(nameof(PhaseNames))]
    public async Task Cancelled(string name)
    {
        var phase = Phases[name];
        using var cancel = new CancellationTokenSource();
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, Cancelling(cancel, phase.Job, onRequest: 3)), (GetVolume, phase.Volume));

        var partial = (await rig.CreateAsync(Inputs(), cancel: cancel.Token)).ShouldBeOfType<ResourceOutcome.Partial>();

        Assert(partial, phase);
        partial.Kind.ShouldBe(FailureKind.Cancelled);
        WithoutTimes(partial.Reasons.Single()).ShouldBe(
            $"""
            creating volume "data" (SSD, 40 GiB, eu-test-1a) was cancelled after T (last: job RUNNING)
              job: job-1 (createVolume, status RUNNING)
              request id: req-write
              left behind: {phase.LeftBehind}
              what to do: The volume stays in the state; the next `pulumi up` goes on waiting for the same job.
            """);
    }

    [Fact]
    public async Task Cancelled_while_the_disk_settles()
    {
        using var cancel = new CancellationTokenSource();
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, Job("SUCCESS")), (GetVolume, Cancelling(cancel, Volume("creating"), onRequest: 2)));

        var partial = (await rig.CreateAsync(Inputs(), cancel: cancel.Token)).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe(Given.VolumeId);
        partial.Outputs[Status].ShouldBe((PropertyValue)"creating");
        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Unfinished);
    }

    [Fact]
    public async Task Cancelled_before_anything_was_sent_nothing_has_happened()
    {
        using var rig = new VolumeRig();

        await Should.ThrowAsync<OperationCanceledException>(() => rig.CreateAsync(Inputs(), cancel: new CancellationToken(canceled: true)));

        rig.Cloud.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelled_while_the_request_is_on_its_way_its_answer_is_still_taken()
    {
        using var cancel = new CancellationTokenSource();
        using var rig = Slow(
            request => request.Method == "POST" ? TimeSpan.FromSeconds(2) : TimeSpan.Zero,
            (Post, Accepted()),
            (GetJob, Job("RUNNING")),
            (GetVolume, Volume("creating")));
        rig.Cloud.Time.CreateTimer(_ => cancel.Cancel(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        var partial = (await rig.CreateAsync(Inputs(), cancel: cancel.Token)).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe(Given.VolumeId);
        partial.Kind.ShouldBe(FailureKind.Cancelled);
        rig.Cloud.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task The_last_look_after_the_time_is_over_has_time_of_its_own()
    {
        using var rig = Slow(_ => TimeSpan.FromMilliseconds(200), (Post, Accepted()), (GetJob, Job("RUNNING")), (GetVolume, Volume("creating")));

        var partial = (await rig.CreateAsync(Inputs(), timeout: Minute)).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Reasons.Single().ShouldContain($"left behind: volume {Given.VolumeId} in status creating");
        partial.Outputs[Status].ShouldBe((PropertyValue)"creating");
        rig.Cloud.Time.Elapsed.ShouldBeInRange(Minute, Minute + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Read_exchanges_the_id_of_a_job_for_the_disks_own()
    {
        using var rig = new VolumeRig((GetJob, Job("SUCCESS")), (GetVolume, Volume()));

        var done = (await rig.ReadAsync("job/job-1", Inputs(), Pending)).ShouldBeOfType<ResourceOutcome.Done>();

        done.Id.ShouldBe(Given.VolumeId);
        done.Inputs.ShouldMatch(Inputs());
        done.Outputs[JobId].ShouldBe((PropertyValue)"job-1");
        CreationMark.Of(done.Outputs).ShouldBe(CreationState.Complete);
    }

    private static readonly Dictionary<string, (Func<SentRequest, HttpResponseMessage> Job, Func<SentRequest, HttpResponseMessage> Volume, string Id, CreationState Mark, string Reason)>
        PendingReads = new()
        {
            ["a job that runs and has named nothing"] = (
                Job("RUNNING", entities: []), NotFound, "job/job-1", CreationState.Unfinished,
                "The job job-1 that creates the volume is in status RUNNING; the next `pulumi up` goes on waiting for it."),
            ["a job that runs and has named a disk that is not shown"] = (
                Job("RUNNING"), NotFound, Given.VolumeId, CreationState.Unfinished,
                "The job job-1 that creates the volume is in status RUNNING; the next `pulumi up` goes on waiting for it."),
            ["a job that runs and whose disk is being made"] = (
                Job("RUNNING"), Volume("creating"), Given.VolumeId, CreationState.Unfinished,
                $"volume \"data\" ({Given.VolumeId}) is in status creating: it is still being created; the next `pulumi up` goes on waiting."),
            ["a job that failed and left a disk"] = (
                Job("FAIL"), Volume("error"), Given.VolumeId, CreationState.Failed,
                $"volume \"data\" ({Given.VolumeId}) is in status error: creating it failed; the next `pulumi up` deletes it and creates it anew."),
        };

    public static TheoryData<string> PendingReadNames => [.. PendingReads.Keys];

    [Theory]
    [MemberData(nameof(PendingReadNames))]
    public async Task Read_finds(string name)
    {
        var (job, volume, id, mark, reason) = PendingReads[name];
        using var rig = new VolumeRig((GetJob, job), (GetVolume, volume));

        var partial = (await rig.ReadAsync("job/job-1", Inputs(), Pending)).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe(id);
        CreationMark.Of(partial.Outputs).ShouldBe(mark);
        partial.Outputs[JobId].ShouldBe((PropertyValue)"job-1");
        partial.Inputs.ShouldMatch(Inputs());
        partial.Reasons.ShouldBe([reason]);
    }

    [Theory]
    [InlineData("job/job-1")]
    [InlineData(Given.VolumeId)]
    public async Task Read_finds_nothing_left_of_a_job_that_failed(string id)
    {
        using var rig = new VolumeRig((GetJob, Job("FAIL")), (GetVolume, NotFound));

        (await rig.ReadAsync(id, Inputs(), Pending)).ShouldBe(ResourceOutcome.Gone.Instance);
    }

    [Fact]
    public async Task Read_finds_a_disk_gone_that_its_job_had_made_and_that_does_not_show_again()
    {
        using var rig = new VolumeRig((GetJob, Job("SUCCESS")), (GetVolume, NotFound));

        (await rig.ReadAsync(Given.VolumeId, Inputs(), Pending)).ShouldBe(ResourceOutcome.Gone.Instance);
        rig.Cloud.Lines.Count(line => line == GetVolume).ShouldBeGreaterThan(2, "a node may not show it at once");
    }

    [Fact]
    public async Task Read_asks_again_for_a_disk_that_its_job_has_just_made()
    {
        using var rig = new VolumeRig((GetJob, Job("SUCCESS")), (GetVolume, InTurn(NotFound, NotFound, Volume())));

        (await rig.ReadAsync("job/job-1", Inputs(), Pending)).ShouldBeOfType<ResourceOutcome.Done>().Id.ShouldBe(Given.VolumeId);
    }

    [Fact]
    public async Task Read_finds_a_disk_gone_when_neither_it_nor_its_job_is_known_any_more()
    {
        using var rig = new VolumeRig((GetJob, Error("Common.0011", "No jobs found.")), (GetVolume, NotFound));

        (await rig.ReadAsync(Given.VolumeId, Inputs(), Pending)).ShouldBe(ResourceOutcome.Gone.Instance);
        rig.Cloud.Lines.Count(line => line == GetJob).ShouldBeGreaterThan(2, "another node may know the job");
    }

    [Fact]
    public async Task Read_names_the_disks_that_may_be_the_one_of_which_only_a_forgotten_job_is_known()
    {
        using var rig = new VolumeRig((GetJob, Error("Common.0011", "No jobs found.")), ListOf(Disk(), Disk(change: disk => disk["size"] = 50)));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.ReadAsync("job/job-1", Inputs(), Pending));

        error.Message.ShouldBe(
            "reading the volume of job job-1: the service no longer knows the job, and the state has no other id of the volume. What looks like it: "
            + $"{Given.VolumeId}. If one of these is in no stack, either delete it in the console and run again, or take this entry out of the state with "
            + "`pulumi state delete` and import the volume.");
    }

    [Fact]
    public async Task Read_finds_a_disk_gone_of_which_only_a_forgotten_job_is_known_when_none_looks_like_it()
    {
        using var rig = new VolumeRig((GetJob, Error("Common.0011", "No jobs found.")), ListOf());

        (await rig.ReadAsync("job/job-1", Inputs(), Pending)).ShouldBe(ResourceOutcome.Gone.Instance);
    }

    [Fact]
    public async Task Read_takes_one_answer_that_the_job_is_not_known_for_no_end()
    {
        using var rig = new VolumeRig((GetJob, InTurn(Error("Common.0011", "No jobs found."), Job("SUCCESS"))), (GetVolume, Volume()));

        (await rig.ReadAsync("job/job-1", Inputs(), Pending)).ShouldBeOfType<ResourceOutcome.Done>();
    }

    [Fact]
    public async Task Read_of_a_disk_that_the_state_knows_by_more_than_its_job_asks_no_job()
    {
        // An update has seen the creation through; only the id in the state is still the job's.
        using var rig = new VolumeRig((GetVolume, Volume()));

        (await rig.ReadAsync("job/job-1", Inputs(), Outputs(Inputs()))).ShouldBeOfType<ResourceOutcome.Done>().Id.ShouldBe(Given.VolumeId);
        rig.Cloud.Lines.ShouldBe([GetVolume]);
    }

    [Fact]
    public async Task Read_takes_the_mark_off_a_disk_that_has_come_to_rest()
    {
        using var rig = new VolumeRig((GetVolume, Volume()));

        var done = (await rig.ReadAsync(Given.VolumeId, Inputs(), CreationMark.Put(Outputs(Inputs()), CreationState.Failed)))
            .ShouldBeOfType<ResourceOutcome.Done>();

        CreationMark.Of(done.Outputs).ShouldBe(CreationState.Complete);
    }

    [Fact]
    public async Task Read_ends_with_its_time()
    {
        using var rig = Slow(_ => TimeSpan.FromHours(1), (GetVolume, Volume()));

        var error = await Should.ThrowAsync<Exception>(() => rig.ReadAsync(Given.VolumeId, Inputs(), Outputs(Inputs()), timeout: TimeSpan.FromSeconds(20)));

        error.ShouldBeOfType<ResourceException>().Kind.ShouldBe(FailureKind.TimedOut);
        error.Message.ShouldBe($"reading volume \"data\" ({Given.VolumeId}) timed out after 20 s. Run again, or raise customTimeouts.read.");
    }

    [Fact]
    public async Task Read_that_is_cancelled_is_cancelled()
    {
        using var rig = Slow(_ => TimeSpan.FromHours(1), (GetVolume, Volume()));
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(3), rig.Cloud.Time);

        await Should.ThrowAsync<OperationCanceledException>(() => rig.ReadAsync(Given.VolumeId, Inputs(), Outputs(Inputs()), cancel: cancel.Token));
        rig.Cloud.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Update_goes_on_waiting_for_the_same_job_and_then_makes_what_has_changed_since()
    {
        using var rig = new VolumeRig(
            (GetJob, InTurn(Job("RUNNING"), Job("SUCCESS"))), (GetVolume, InTurn(Volume(), Volume(), Volume(change: disk => disk["name"] = "renamed"))),
            ($"PUT {VolumePath}", _ => StubHttp.Json("{}")));

        var done = (await rig.UpdateAsync(Inputs(), Inputs((Name, "renamed")), Pending, id: "job/job-1")).ShouldBeOfType<ResourceOutcome.Done>();

        done.Outputs.ShouldInclude(PropertyMap.Of(
            (VolumeProperties.VolumeId, Given.VolumeId), (Name, "renamed"), (Status, "available"), (JobId, "job-1")));
        CreationMark.Of(done.Outputs).ShouldBe(CreationState.Complete);
        done.RefreshBeforeUpdate.ShouldBeTrue("an update cannot change the id, a read can");
        rig.Writes.ShouldBe([$"PUT {VolumePath} " + """{"volume":{"name":"renamed"}}"""]);
    }

    [Fact]
    public async Task Update_of_a_disk_whose_id_in_the_state_is_still_its_jobs_finds_the_disk()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Volume(), Volume(change: disk => disk["name"] = "renamed"))), ($"PUT {VolumePath}", _ => StubHttp.Json("{}")));

        var done = (await rig.UpdateAsync(Inputs(), Inputs((Name, "renamed")), Outputs(Inputs()), id: "job/job-1")).ShouldBeOfType<ResourceOutcome.Done>();

        done.Outputs[Name].ShouldBe((PropertyValue)"renamed");
        done.RefreshBeforeUpdate.ShouldBeTrue();
    }

    [Fact]
    public async Task Update_that_runs_out_of_time_too_keeps_the_disk_as_it_was()
    {
        using var rig = new VolumeRig((GetJob, Job("RUNNING")), (GetVolume, Volume("creating")));

        var partial = (await rig.UpdateAsync(Inputs(), Inputs(), Pending, id: "job/job-1", timeout: Minute)).ShouldBeOfType<ResourceOutcome.Partial>();

        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Unfinished);
        partial.Outputs[VolumeProperties.VolumeId].ShouldBe((PropertyValue)Given.VolumeId);
        rig.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Update_of_a_disk_whose_creation_failed_says_what_heals_it()
    {
        using var rig = new VolumeRig((GetVolume, Volume("error")));

        var partial = (await rig.UpdateAsync(Inputs(), Inputs(), CreationMark.Put(Outputs(Inputs(), (Status, "error")), CreationState.Failed)))
            .ShouldBeOfType<ResourceOutcome.Partial>();

        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Failed);
        partial.Reasons.ShouldBe(
            [$"volume \"data\" ({Given.VolumeId}) is in status error: creating it failed. Run `pulumi up --refresh`, which deletes it and creates it anew."]);
        rig.Writes.ShouldBeEmpty();
    }

    private static (string, Func<SentRequest, HttpResponseMessage>) ListOf(params JsonNode[] disks)
    {
        var body = new JsonObject { ["count"] = disks.Length, ["volumes"] = new JsonArray(disks) }.ToJsonString();
        return ("GET /v2/cloudvolumes/detail", _ => StubHttp.Json(body));
    }

    private static PropertyMap Pending => CreationMark.Put(Inputs((JobId, "job-1")), CreationState.Unfinished);

    private static void Assert(ResourceOutcome.Partial partial, Phase phase)
    {
        partial.Id.ShouldBe(phase.Id);
        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Unfinished);
        partial.Outputs.ShouldInclude(phase.Outputs);
        partial.RefreshBeforeUpdate.ShouldBeTrue();
        partial.Outputs.Values.ShouldAllBe(value => !value.HasUnknown && !value.IsAbsent);
    }

    /// <summary>A rule that cancels within one of its requests.</summary>
    private static Func<SentRequest, HttpResponseMessage> Cancelling(
        CancellationTokenSource cancel, Func<SentRequest, HttpResponseMessage> answer, int onRequest)
    {
        var count = 0;
        return request =>
        {
            if (++count == onRequest)
            {
                cancel.Cancel();
            }

            return answer(request);
        };
    }
}
