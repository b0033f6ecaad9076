using System.Text.Json.Nodes;
using PulumiEvs.Evs.Errors;
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

/// <summary>Create: what is sent, how it ends, and that no way of ending loses the disk.</summary>
public sealed class VolumeCreationTests
{
    private const string Post = "POST /v3/cloudvolumes";
    private const string GetJob = "GET " + JobPath;

    private static readonly string GetVolume = "GET " + VolumePath;

    private static readonly JsonObject NoVolumeYet = [];

    [Fact]
    public async Task A_job_that_succeeds_gives_the_disks_live_properties()
    {
        using var rig = new VolumeRig(
            (Post, Accepted()),
            (GetJob, InTurn(Job("INIT", entities: NoVolumeYet), Job("RUNNING"), Job("RUNNING"), Job("SUCCESS"))),
            (GetVolume, Volume()));

        var done = (await rig.CreateAsync(Inputs((Description, "d")))).ShouldBeOfType<ResourceOutcome.Done>();

        done.Id.ShouldBe(Given.VolumeId);
        done.Outputs.ShouldMatch(PropertyMap.Of(
            (AvailabilityZone, "eu-test-1a"), (VolumeProperties.VolumeType, "SSD"), (Size, 40), (Name, "data"), (Description, "d"), (Multiattach, false),
            (DeviceType, "VBD"), (EnterpriseProjectId, "0"), (VolumeProperties.VolumeId, Given.VolumeId), (JobId, Bodies.TheJob), (Status, "available"),
            (Bootable, false), (Encrypted, false), (Wwn, "6888603"), (CreatedAt, "2026-03-01T12:00:05.000000"), (Attachments, new PropertyValue.List([]))));
        rig.Writes.ShouldBe(
            ["""POST /v3/cloudvolumes {"volume":{"availability_zone":"eu-test-1a","volume_type":"SSD","size":40,"name":"data","description":"d"}}"""]);
        rig.Cloud.Lines.ShouldBe([Post, GetJob, GetJob, GetJob, GetJob, GetVolume]);
    }

    private static readonly Dictionary<string, (PropertyMap Inputs, string Volume)> Orders = new()
    {
        ["a plain disk"] = (Inputs(), """{"availability_zone":"eu-test-1a","volume_type":"SSD","size":40,"name":"data"}"""),
        ["a disk with everything"] = (
            Inputs(
                (Description, "d"), (Multiattach, true), (DeviceType, "SCSI"), (KmsKeyId, KeyId), (VolumeProperties.Tags, Given.Tags(("team", "a"))),
                (EnterpriseProjectId, "eps"), (OnShrink, "replace"), (DeleteSnapshots, true)),
            $$"""
            {"availability_zone":"eu-test-1a","volume_type":"SSD","size":40,"name":"data","description":"d","multiattach":true,
            "metadata":{"__system__encrypted":"1","__system__cmkid":"{{KeyId}}","hw:passthrough":"true"},"tags":{"team":"a"},"enterprise_project_id":"eps"}
            """),
        ["a disk from a snapshot, whose device type is the snapshot's"] = (
            Inputs((SnapshotId, "s"), (DeviceType, "VBD")),
            """{"availability_zone":"eu-test-1a","volume_type":"SSD","size":40,"name":"data","snapshot_id":"s"}"""),
        ["a linked clone"] = (
            Inputs((SnapshotId, "s"), (LinkedClone, true)),
            """{"availability_zone":"eu-test-1a","volume_type":"SSD","size":40,"name":"data","snapshot_id":"s","metadata":{"full_clone":"0"}}"""),
        ["a disk from an image"] = (
            Inputs((ImageId, "i"), (LinkedClone, false)),
            """{"availability_zone":"eu-test-1a","volume_type":"SSD","size":40,"name":"data","imageRef":"i"}"""),
        ["a disk from a backup, without a size"] = (
            Inputs((BackupId, "b"), (Size, None)),
            """{"availability_zone":"eu-test-1a","volume_type":"SSD","name":"data","backup_id":"b"}"""),
        ["a disk with figures of its own"] = (
            Inputs((VolumeProperties.VolumeType, "GPSSD2"), (Iops, 5000), (Throughput, 200)),
            """{"availability_zone":"eu-test-1a","volume_type":"GPSSD2","size":40,"name":"data","iops":5000,"throughput":200}"""),
        ["secrets, which the cloud gets to see"] = (
            Inputs((Name, Secret("n")), (VolumeProperties.Tags, Secret(Given.Tags(("a", "b"))))),
            """{"availability_zone":"eu-test-1a","volume_type":"SSD","size":40,"name":"n","tags":{"a":"b"}}"""),
        ["no tags"] = (
            Inputs((VolumeProperties.Tags, PropertyMap.Empty)), """{"availability_zone":"eu-test-1a","volume_type":"SSD","size":40,"name":"data"}"""),
    };

    public static TheoryData<string> OrderNames => [.. Orders.Keys];

    [Theory]
    [MemberData(nameof(OrderNames))]
    public async Task The_request_says_exactly_what_the_program_says(string name)
    {
        var (inputs, volume) = Orders[name];
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, Job("SUCCESS")), (GetVolume, Volume()));

        await rig.CreateAsync(inputs);

        rig.Writes.ShouldBe(["POST /v3/cloudvolumes {\"volume\":" + volume.ReplaceLineEndings("").TrimEnd() + "}"]);
    }

    [Fact]
    public async Task A_preview_calls_nothing_and_promises_only_what_is_certain()
    {
        using var rig = new VolumeRig();
        var inputs = Inputs((Size, Unknown), (Description, ""), (KmsKeyId, Secret(KeyId)), (VolumeProperties.Tags, PropertyMap.Empty));

        var done = (await rig.Resource.CreateAsync(new CreateRequest(Given.Resource, inputs, null, Preview: true), rig.Cloud.Log, default))
            .ShouldBeOfType<ResourceOutcome.Done>();

        done.Id.ShouldBe("");
        done.Outputs.ShouldMatch(Inputs((Size, Unknown), (KmsKeyId, Secret(KeyId))));
        rig.Cloud.Opened.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(OrderNames))]
    public async Task What_a_preview_promises_comes_true(string name)
    {
        var inputs = Orders[name].Inputs;
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, Job("SUCCESS")), (GetVolume, Volume(change: disk =>
        {
            // A cloud that echoes what it must and leaves out the rest.
            disk["name"] = InputReader.Text(inputs[Name]);
            disk["volume_type"] = InputReader.Text(inputs[VolumeProperties.VolumeType]);
            foreach (var field in (string[])["description", "multiattach", "shareable", "metadata", "tags", "enterprise_project_id"])
            {
                disk.Remove(field);
            }
        })));

        var preview = (ResourceOutcome.Done)await rig.Resource.CreateAsync(new CreateRequest(Given.Resource, inputs, null, Preview: true), rig.Cloud.Log, default);
        var done = (ResourceOutcome.Done)await rig.CreateAsync(inputs);

        done.Outputs.ShouldInclude(preview.Outputs);
    }

    [Fact]
    public async Task Outputs_that_came_from_secrets_are_secret()
    {
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, Job("SUCCESS")), (GetVolume, Volume(change: disk => disk["tags"] = new JsonObject { ["a"] = "b" })));

        var done = (ResourceOutcome.Done)await rig.CreateAsync(Inputs((Name, Secret("data")), (VolumeProperties.Tags, Given.Tags(("a", Secret("b"))))));

        done.Outputs[Name].ShouldBe(Secret("data"));
        done.Outputs[VolumeProperties.Tags].ShouldBe(Given.Tags(("a", Secret("b"))));
    }

    [Fact]
    public async Task Progress_is_one_line_that_changes()
    {
        using var rig = new VolumeRig(
            (Post, Accepted()),
            (GetJob, InTurn(Job("INIT"), Error("EVS.5500", "Internal server error.", 500), Job("RUNNING"), Job("SUCCESS"))),
            (GetVolume, Volume()));

        await rig.CreateAsync(Inputs());

        rig.Cloud.Log.Statuses.Select(WithoutTimes).Distinct().ShouldBe(
        [
            "creating: job INIT, T",
            "creating: job INIT, T (asking failed 1 times, still trying)",
            "creating: job RUNNING, T",
            "creating: job SUCCESS, T",
        ]);
    }

    [Fact]
    public async Task A_job_that_fails_and_leaves_a_disk_keeps_the_disk_with_the_whole_story()
    {
        using var rig = new VolumeRig(
            (Post, Accepted()),
            (GetJob, InTurn(Job("RUNNING"), Job("FAIL", code: "EVS.2024", reason: "volume is error status"))),
            (GetVolume, Volume("error")));

        var partial = (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe(Given.VolumeId);
        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Failed);
        partial.Outputs.ShouldInclude(PropertyMap.Of((Status, "error"), (JobId, Bodies.TheJob), (VolumeProperties.VolumeId, Given.VolumeId), (Name, "data")));
        partial.RefreshBeforeUpdate.ShouldBeTrue();
        WithoutTimes(partial.Reasons.ShouldHaveSingleItem()).ShouldBe(
            $"""
            creating volume "data" (SSD, 40 GiB, eu-test-1a) failed after T: EVS.2024 volume is error status
              job: job-1 (createVolume, status FAIL)
              request id: req-write
              left behind: volume {Given.VolumeId} in status error
              what to do: The next `pulumi up` deletes what is left and creates the volume anew; `pulumi destroy` deletes it.
            """);
    }

    [Fact]
    public async Task A_job_that_fails_and_leaves_nothing_is_an_error_with_the_whole_story()
    {
        using var rig = new VolumeRig(
            (Post, Accepted()),
            (GetJob, Job("FAIL", code: "EVS.2072", reason: "Volume type [SSD] in availability zone [eu-test-1a] is sold out !", entities: NoVolumeYet)));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.CreateAsync(Inputs()));

        error.Kind.ShouldBe(FailureKind.Precondition);
        WithoutTimes(error.Message).ShouldBe(
            """
            creating volume "data" (SSD, 40 GiB, eu-test-1a) failed after T: EVS.2072 Volume type [SSD] in availability zone [eu-test-1a] is sold out !
              job: job-1 (createVolume, status FAIL)
              request id: req-write
              left behind: nothing that the job names
              what to do: Choose another type or zone, or try again later; the function getVolumeTypes says where it is to be had. Run `pulumi up` again to try anew.
            """);
    }

    [Fact]
    public async Task A_job_that_fails_and_whose_disk_is_not_there_leaves_nothing()
    {
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, Job("FAIL", reason: "no space")), (GetVolume, NotFound));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.CreateAsync(Inputs()));

        error.Kind.ShouldBe(FailureKind.Precondition);
        error.Message.ShouldContain($"left behind: nothing: volume {Given.VolumeId} does not exist");
    }

    [Fact]
    public async Task What_is_not_there_is_not_called_broken()
    {
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, Job("FAIL", code: "EVS.2024", reason: "volume is error!")), (GetVolume, NotFound));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.CreateAsync(Inputs()));

        error.Message.ShouldEndWith("what to do: Run `pulumi up` again to try anew.");
    }

    [Fact]
    public async Task What_a_failed_job_left_is_waited_for_as_long_as_there_is_time()
    {
        using var rig = Slow(
            request => TimeSpan.FromSeconds(request.PathAndQuery.Contains(Given.VolumeId, StringComparison.Ordinal) ? 20 : 0),
            (Post, Accepted()),
            (GetJob, Job("FAIL", reason: "no space")),
            (GetVolume, Volume("error")));

        var partial = (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Outputs[Status].ShouldBe((PropertyValue)"error");
    }

    [Fact]
    public async Task A_job_that_fails_and_whose_disk_cannot_be_looked_at_is_taken_to_have_left_it()
    {
        using var rig = new VolumeRig(
            (Post, Accepted()), (GetJob, Job("FAIL", reason: "no space")), (GetVolume, Error("EVS.5500", "Internal server error.", 500)));

        var partial = (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe(Given.VolumeId);
        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Failed);
        partial.Reasons.Single().ShouldContain($"left behind: volume {Given.VolumeId}, whose status could not be read (");
    }

    private static readonly Dictionary<string, (string? Code, string? Reason, string Headline)> Failures = new()
    {
        ["code and reason"] = ("EVS.2024", "broken", "EVS.2024 broken"),
        ["a code alone"] = ("EVS.9999", null, "the job ended in FAIL with code EVS.9999"),
        ["a reason alone"] = (null, " broken ", "broken"),
        ["nothing"] = (null, null, "the job ended in FAIL and gave no reason"),
        ["empty texts"] = ("", " ", "the job ended in FAIL and gave no reason"),
    };

    public static TheoryData<string> FailureNames => [.. Failures.Keys];

    [Theory]
    [MemberData(nameof(FailureNames))]
    public async Task A_failed_job_may_tell(string name)
    {
        var (code, reason, headline) = Failures[name];
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, Job("FAIL", code: code, reason: reason, entities: NoVolumeYet)));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.CreateAsync(Inputs()));

        WithoutTimes(error.Message.Split('\n')[0]).ShouldBe($"creating volume \"data\" (SSD, 40 GiB, eu-test-1a) failed after T: {headline}");
    }

    [Fact]
    public async Task Sub_jobs_that_did_not_succeed_are_told_one_by_one_and_the_disk_of_an_only_one_is_kept()
    {
        var sub = JsonNode.Parse($$$"""
            {"job_id":"sub-1","job_type":"createVolume","status":"FAIL","error_code":"EVS.2024","fail_reason":"broken","entities":{"volume_id":"{{{Given.VolumeId}}}"}}
            """)!;
        using var rig = new VolumeRig(
            (Post, Accepted()),
            (GetJob, Job("FAIL", "batchCreateVolume", reason: "a sub-job failed", entities: new JsonObject { ["sub_jobs"] = new JsonArray(sub) })),
            (GetVolume, Volume("error")));

        var partial = (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe(Given.VolumeId);
        partial.Reasons.Single().ShouldContain($"\n  sub-job: sub-1 (createVolume, status FAIL, volume {Given.VolumeId}): EVS.2024 broken\n");
    }

    [Fact]
    public async Task The_time_told_is_that_of_the_whole_operation()
    {
        var done = TimeSpan.FromSeconds(95);
        StubCloud? cloud = null;
        using var rig = new VolumeRig(cloud = new StubCloud(
            (Post, Accepted()),
            (GetJob, request => cloud!.Time.Elapsed < done ? Job("RUNNING")(request) : Job("FAIL", reason: "broken", entities: NoVolumeYet)(request))));

        var error = await Should.ThrowAsync<ResourceException>(() => rig.CreateAsync(Inputs()));

        error.Message.ShouldStartWith("creating volume \"data\" (SSD, 40 GiB, eu-test-1a) failed after 1 min 3");
    }

    [Fact]
    public async Task A_refused_request_is_an_error_and_leaves_nothing()
    {
        using var rig = new VolumeRig((Post, Error("EVS.1042", "Insufficient volume quota. Quota exceeded for gigabytes.", 400)));

        var error = await Should.ThrowAsync<EvsException>(() => rig.CreateAsync(Inputs()));

        error.Knowledge.ShouldBe(Knowledge.Refused);
        error.Message.ShouldContain("EVS.1042");
        error.Message.ShouldContain("request id req-1");
        rig.Cloud.Lines.ShouldBe([Post]);
    }

    [Fact]
    public async Task A_disk_that_its_job_has_made_but_no_node_shows_yet_is_asked_for_again()
    {
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, Job("SUCCESS")), (GetVolume, InTurn(NotFound, NotFound, Volume("creating"), Volume())));

        (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Done>().Outputs[Status].ShouldBe((PropertyValue)"available");
    }

    [Fact]
    public async Task A_disk_that_its_job_has_made_but_that_never_shows_is_kept_unfinished()
    {
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, Job("SUCCESS")), (GetVolume, NotFound));

        var partial = (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe(Given.VolumeId);
        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Unfinished);
        partial.Reasons.Single().ShouldBe(
            $"creating volume \"data\" (SSD, 40 GiB, eu-test-1a): the job job-1 succeeded, but the disk {Given.VolumeId} could not be read as ready "
            + "(status not shown yet). The next `pulumi up` reads it again.");
    }

    [Fact]
    public async Task A_job_that_succeeds_without_naming_its_disk_is_kept_by_its_own_id()
    {
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, Job("SUCCESS", entities: NoVolumeYet)));

        var partial = (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe("job/job-1");
        partial.Reasons.Single().ShouldContain("the job succeeded but named no volume");
    }

    [Fact]
    public async Task A_job_that_the_service_no_longer_knows_keeps_the_disk_by_the_jobs_id()
    {
        using var rig = new VolumeRig(
            (Post, Accepted()), (GetJob, Error("Common.0011", "No jobs found.")), ("GET /v2/cloudvolumes/detail", _ => StubHttp.Json("""{"count":0,"volumes":[]}""")));

        var partial = (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe("job/job-1");
        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Unfinished);
        WithoutTimes(partial.Reasons.Single()).ShouldStartWith(
            "creating volume \"data\" (SSD, 40 GiB, eu-test-1a) is in doubt after T: the service no longer knows the job\n");
    }

    [Fact]
    public async Task One_answer_that_the_job_is_not_known_is_no_end()
    {
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, InTurn(Error("Common.0011", "No jobs found."), Job("SUCCESS"))), (GetVolume, Volume()));

        (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Done>();
    }

    [Fact]
    public async Task A_job_in_a_status_that_no_document_knows_keeps_the_disk()
    {
        using var rig = new VolumeRig((Post, Accepted()), (GetJob, Job("PAUSED")), (GetVolume, Volume("creating")));

        var partial = (await rig.CreateAsync(Inputs())).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe(Given.VolumeId);
        partial.Reasons.Single().ShouldContain("the job has the status \"PAUSED\", which no document knows");
    }
}
