using System.Text.Json;
using EvsSimulator.Core.Jobs;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class VolumeLifeTests
{
    [Fact]
    public void A_create_goes_from_INIT_over_RUNNING_to_SUCCESS_and_its_volume_with_it()
    {
        var cloud = new LocalCloud();
        var jobId = Create(cloud);

        cloud.Clock.Advance(0.1);
        var atInit = cloud.Job(jobId).Body;
        atInit.GetProperty("status").GetString().ShouldBe("INIT");
        atInit.GetProperty("entities").EnumerateObject().ShouldBeEmpty();
        var volumeId = cloud.Cloud.Run(world => world.Store.Job(jobId)!.VolumeId!);
        Get(cloud, volumeId).Status.ShouldBe(404, "a volume is not there before its job runs");

        cloud.Clock.Advance(0.1);
        var running = cloud.Job(jobId).Body;
        running.GetProperty("status").GetString().ShouldBe("RUNNING");
        running.GetProperty("entities").EnumerateObject().Select(entity => entity.Name).ShouldBe(["volume_id"]);
        running.GetProperty("end_time").GetString().ShouldBe("");
        Get(cloud, volumeId).Body.GetProperty("volume").GetProperty("status").GetString().ShouldBe("creating");

        cloud.Clock.Advance(9.8);
        var done = cloud.Job(jobId).Body;
        done.GetProperty("status").GetString().ShouldBe("SUCCESS");
        done.GetProperty("job_type").GetString().ShouldBe("createVolume");
        done.GetProperty("begin_time").GetString().ShouldBe("2025-06-01T12:00:00.000Z");
        done.GetProperty("end_time").GetString().ShouldBe("2025-06-01T12:00:10.000Z");
        done.GetProperty("error_code").ValueKind.ShouldBe(JsonValueKind.Null);
        done.GetProperty("fail_reason").ValueKind.ShouldBe(JsonValueKind.Null);
        done.GetProperty("entities").GetProperty("volume_id").GetString().ShouldBe(volumeId);
        Get(cloud, volumeId).Body.GetProperty("volume").GetProperty("status").GetString().ShouldBe("available");
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void A_clock_that_is_set_changes_dates_but_neither_jobs_nor_what_is_seen(int offset)
    {
        var cloud = new LocalCloud();
        var earlier = cloud.NewVolume();
        cloud.Cloud.Change(settings => settings with { ClockOffset = TimeSpan.FromSeconds(offset) });
        var jobId = Create(cloud);
        var id = cloud.Cloud.Run(world => world.Store.Job(jobId)!.VolumeId!);
        cloud.Clock.Advance(5);

        cloud.JobStatus(jobId).ShouldBe("RUNNING");
        cloud.Cloud.Change(settings => settings with { ClockOffset = TimeSpan.Zero });

        cloud.JobStatus(jobId).ShouldBe("RUNNING");
        Get(cloud, id).Status.ShouldBe(200);
        Get(cloud, earlier.Id).Status.ShouldBe(200);
        cloud.Clock.Advance(5);
        var job = cloud.Job(jobId).Body;
        job.GetProperty("status").GetString().ShouldBe("SUCCESS");
        var began = job.GetProperty("begin_time").GetDateTimeOffset();
        began.ShouldBe(earlier.CreatedAt.AddSeconds(10 + offset));
        job.GetProperty("end_time").GetDateTimeOffset().ShouldBe(began.AddSeconds(10));
        var made = cloud.Volume(id);
        (made.CreatedAt, made.UpdatedAt).ShouldBe((began, began.AddSeconds(10)));
    }

    [Fact]
    public void A_batch_makes_numbered_volumes_and_a_sub_job_for_each()
    {
        var cloud = new LocalCloud();
        var jobId = Create(cloud, ""","count":3""");
        cloud.Clock.Advance(10);

        var job = cloud.Job(jobId).Body;

        job.GetProperty("job_type").GetString().ShouldBe("batchCreateVolume");
        job.GetProperty("status").GetString().ShouldBe("SUCCESS");
        job.GetProperty("entities").EnumerateObject().Select(entity => entity.Name).ShouldBe(["sub_jobs"]);
        var subJobs = job.GetProperty("entities").GetProperty("sub_jobs").EnumerateArray().ToArray();
        subJobs.Select(subJob => subJob.GetProperty("job_type").GetString()).ShouldAllBe(type => type == "createVolume");
        subJobs.Select(subJob => cloud.Volume(subJob.GetProperty("entities").GetProperty("volume_id").GetString()!).Name)
            .ShouldBe(["disk-0001", "disk-0002", "disk-0003"]);
    }

    [Fact]
    public void A_batch_in_which_some_fail_ends_as_FAIL_with_the_others_made()
    {
        var cloud = new LocalCloud();
        var fate = new JobFate { Failure = new JobFailure("EVS.2024", "volume is error!"), Remains = Remains.None, SubJobs = [2] };
        var (_, answer) = cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody(""","count":3"""), fate);
        cloud.Clock.Advance(10);

        var job = cloud.Job(answer.GetProperty("job_id").GetString()!).Body;

        job.GetProperty("status").GetString().ShouldBe("FAIL");
        job.GetProperty("entities").GetProperty("sub_jobs").EnumerateArray().Select(subJob => subJob.GetProperty("status").GetString())
            .ShouldBe(["SUCCESS", "FAIL", "SUCCESS"]);
        cloud.Cloud.Run(world => world.Store.Volumes.Select(volume => volume.Name).Order().ToArray()).ShouldBe(["disk-0001", "disk-0003"]);
    }

    [Fact]
    public void A_volume_grows_when_its_extend_job_ends()
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume();

        var (status, answer) = cloud.Call(
            "POST", "/v2.1/{project}/cloudvolumes/{id}/action", """{"os-extend":{"new_size":50}}""", values: ("id", volume.Id));

        status.ShouldBe(202);
        cloud.Volume(volume.Id).Status.ShouldBe("extending");
        cloud.Volume(volume.Id).Size.ShouldBe(40);
        cloud.Clock.Advance(10);
        cloud.JobStatus(answer.GetProperty("job_id").GetString()!).ShouldBe("SUCCESS");
        cloud.Volume(volume.Id).Status.ShouldBe("available");
        cloud.Volume(volume.Id).Size.ShouldBe(50);
    }

    [Fact]
    public void An_attached_volume_is_in_use_again_after_growing()
    {
        var cloud = new LocalCloud();
        var volume = cloud.Attach(cloud.NewVolume());

        cloud.Call("POST", "/v2/{project}/cloudvolumes/{id}/action", """{"os-extend":{"new_size":50}}""", values: ("id", volume.Id));
        cloud.Clock.Advance(10);

        cloud.Cloud.Run(world => world.Store.Volume(volume.Id)!.Status).ShouldBe("in-use");
    }

    [Fact]
    public void A_deleted_volume_is_deleting_then_gone_with_its_snapshots()
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume();
        cloud.Call("POST", "/v2/{project}/cloudsnapshots", $$$"""{"snapshot":{"volume_id":"{{{volume.Id}}}"}}""");
        cloud.Clock.Advance(10);

        var (_, answer) = cloud.Call("DELETE", "/v2/{project}/cloudvolumes/{id}", values: ("id", volume.Id));

        cloud.Volume(volume.Id).Status.ShouldBe("deleting");
        cloud.Clock.Advance(10);
        cloud.JobStatus(answer.GetProperty("job_id").GetString()!).ShouldBe("SUCCESS");
        var (status, gone) = Get(cloud, volume.Id);
        (status, LocalCloud.Code(gone)).ShouldBe((404, "EVS.5404"));
        cloud.Cloud.Run(world => world.Store.Snapshots.Count).ShouldBe(0);
        cloud.Cloud.Run(world => world.Store.Deleted.Select(entry => entry.Kind).ToArray()).ShouldBe(["snapshot", "volume"]);
    }

    [Fact]
    public void A_volume_changes_its_type_and_its_performance()
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume();

        cloud.Call(
            "POST",
            "/v2/{project}/volumes/{id}/retype",
            """{"os-retype":{"new_type":"GPSSD2","iops":3000,"throughput":125}}""",
            values: ("id", volume.Id)).Status.ShouldBe(202);
        cloud.Volume(volume.Id).Status.ShouldBe("retyping");
        cloud.Clock.Advance(10);
        cloud.Call(
            "PUT",
            "/v5/{project}/cloudvolumes/{id}/qos",
            """{"qos_modify":{"iops":4000}}""",
            values: ("id", volume.Id)).Status.ShouldBe(202);
        cloud.Clock.Advance(10);

        var changed = Get(cloud, volume.Id).Body.GetProperty("volume");
        changed.GetProperty("volume_type").GetString().ShouldBe("GPSSD2");
        changed.GetProperty("iops").GetProperty("total_val").GetInt32().ShouldBe(4000);
        changed.GetProperty("throughput").GetProperty("total_val").GetInt32().ShouldBe(125);
    }

    [Fact]
    public void A_volume_is_attached_to_a_server_and_detached()
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume();

        var (_, attach) = cloud.Call(
            "POST",
            "/v1/{project}/cloudservers/{server}/attachvolume",
            $$$"""{"volumeAttachment":{"volumeId":"{{{volume.Id}}}"}}""",
            values: ("server", LocalCloud.ServerId));
        cloud.Volume(volume.Id).Status.ShouldBe("attaching");
        cloud.Clock.Advance(10);
        cloud.Job(attach.GetProperty("job_id").GetString()!).Body.GetProperty("job_type").GetString().ShouldBe("attachVolume");
        var attachment = Get(cloud, volume.Id).Body.GetProperty("volume").GetProperty("attachments")[0];
        attachment.GetProperty("server_id").GetString().ShouldBe(LocalCloud.ServerId);
        attachment.GetProperty("id").GetString().ShouldBe(volume.Id, "the API writes the volume's id here");
        attachment.GetProperty("device").GetString().ShouldBe("/dev/vdb");

        cloud.Call(
            "DELETE",
            "/v1/{project}/cloudservers/{server}/detachvolume/{id}",
            null,
            null,
            "",
            ("server", LocalCloud.ServerId),
            ("id", volume.Id)).Status.ShouldBe(200);
        cloud.Clock.Advance(10);
        var free = cloud.Cloud.Run(world => world.Store.Volume(volume.Id)!);
        free.Status.ShouldBe("available");
        free.Attachments.ShouldBeEmpty();
    }

    [Fact]
    public void A_rollback_holds_volume_and_snapshot_until_it_is_done()
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume();
        var (_, answer) = cloud.Call("POST", "/v2/{project}/cloudsnapshots", $$$"""{"snapshot":{"volume_id":"{{{volume.Id}}}"}}""");
        var snapshotId = answer.GetProperty("snapshot").GetProperty("id").GetString()!;
        cloud.Clock.Advance(10);

        cloud.Call(
            "POST",
            "/v2/{project}/cloudsnapshots/{id}/rollback",
            $$$"""{"rollback":{"volume_id":"{{{volume.Id}}}"}}""",
            values: ("id", snapshotId)).Status.ShouldBe(202);

        cloud.Volume(volume.Id).Status.ShouldBe("rollbacking");
        cloud.Clock.Advance(10);
        cloud.Cloud.Run(world => (world.Store.Volume(volume.Id)!.Status, world.Store.Snapshot(snapshotId)!.Status))
            .ShouldBe(("available", "available"));
    }

    [Fact]
    public void A_change_whose_volume_was_removed_meanwhile_fails()
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume();
        var (_, answer) = cloud.Call(
            "POST", "/v2/{project}/cloudvolumes/{id}/action", """{"os-extend":{"new_size":50}}""", values: ("id", volume.Id));

        cloud.Cloud.Run(world =>
        {
            world.Store.Remove(world.Store.Volume(volume.Id)!, world.Now);
            return 0;
        });
        cloud.Clock.Advance(10);

        var job = cloud.Job(answer.GetProperty("job_id").GetString()!).Body;
        job.GetProperty("status").GetString().ShouldBe("FAIL");
        job.GetProperty("error_code").GetString().ShouldBe("EVS.5404");
    }

    [Theory]
    [InlineData(Remains.Error, "error", true)]
    [InlineData(Remains.None, null, true)]
    [InlineData(Remains.Unborn, null, false)]
    internal void A_failed_create_leaves_what_its_fate_says(Remains remains, string? status, bool isSeenMeanwhile)
    {
        var cloud = new LocalCloud();
        var fate = new JobFate { Failure = new JobFailure("EVS.2042", "Failed to create cmk."), Remains = remains };
        var (_, answer) = cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody(), fate);
        var jobId = answer.GetProperty("job_id").GetString()!;

        cloud.Clock.Advance(5);
        cloud.Job(jobId).Body.GetProperty("entities").TryGetProperty("volume_id", out _).ShouldBe(isSeenMeanwhile);
        cloud.Clock.Advance(5);

        var job = cloud.Job(jobId).Body;
        job.GetProperty("status").GetString().ShouldBe("FAIL");
        job.GetProperty("error_code").GetString().ShouldBe("EVS.2042");
        job.GetProperty("fail_reason").GetString().ShouldBe("Failed to create cmk.");
        cloud.Cloud.Run(world => world.Store.Volumes.SingleOrDefault()?.Status).ShouldBe(status);
    }

    [Theory]
    [InlineData("extend", Remains.Error, "error_extending")]
    [InlineData("extend", Remains.None, "available")]
    [InlineData("delete", Remains.Error, "error_deleting")]
    [InlineData("delete", Remains.None, "available")]
    [InlineData("retype", Remains.Error, "error")]
    internal void A_failed_change_leaves_the_volume_in_its_error_status_or_as_it_was(string change, Remains remains, string status)
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume();
        var fate = new JobFate { Failure = new JobFailure("EVS.2005", "client exception!"), Remains = remains };

        _ = change switch
        {
            "extend" => cloud.Call(
                "POST", "/v2/{project}/cloudvolumes/{id}/action", """{"os-extend":{"new_size":50}}""", fate, "", ("id", volume.Id)),
            "delete" => cloud.Call("DELETE", "/v2/{project}/cloudvolumes/{id}", null, fate, "", ("id", volume.Id)),
            _ => cloud.Call(
                "POST", "/v2/{project}/volumes/{id}/retype", """{"os-retype":{"new_type":"ESSD"}}""", fate, "", ("id", volume.Id)),
        };
        cloud.Clock.Advance(10);

        var left = cloud.Cloud.Run(world => world.Store.Volume(volume.Id)!);
        (left.Status, left.Size, left.Type).ShouldBe((status, 40, "SSD"));
    }

    [Fact]
    public void A_stuck_job_runs_for_ever()
    {
        var cloud = new LocalCloud();
        var (_, answer) = cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody(), new JobFate { Stuck = true });

        cloud.Clock.Advance(1e6);

        cloud.JobStatus(answer.GetProperty("job_id").GetString()!).ShouldBe("RUNNING");
    }

    [Fact]
    public void A_vanished_job_is_unknown_but_its_work_is_done()
    {
        var cloud = new LocalCloud();
        var fate = new JobFate { VanishesAfter = TimeSpan.FromSeconds(3) };
        var (_, answer) = cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody(), fate);
        var jobId = answer.GetProperty("job_id").GetString()!;

        cloud.Clock.Advance(2);
        cloud.JobStatus(jobId).ShouldBe("RUNNING");
        cloud.Clock.Advance(8);

        var (status, unknown) = cloud.Job(jobId);
        (status, LocalCloud.Code(unknown)).ShouldBe((400, "Common.0011"));
        cloud.Cloud.Run(world => world.Store.Volumes.Single().Status).ShouldBe("available");
    }

    [Fact]
    public void A_hidden_volume_is_found_by_no_query_for_a_while()
    {
        var cloud = new LocalCloud();
        cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody(), new JobFate { HiddenFor = TimeSpan.FromSeconds(20) });
        int Listed() => cloud.Call("GET", "/v2/{project}/cloudvolumes/detail").Body.GetProperty("count").GetInt32();

        cloud.Clock.Advance(20);
        Listed().ShouldBe(0);
        cloud.Clock.Advance(1);
        Listed().ShouldBe(1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_ids()
    {
        var one = Create(new LocalCloud(seed: 7));

        Create(new LocalCloud(seed: 7)).ShouldBe(one);
        Create(new LocalCloud(seed: 8)).ShouldNotBe(one);
    }

    [Fact]
    public void A_create_with_a_client_token_is_made_once_for_eight_hours()
    {
        var cloud = new LocalCloud();
        const string Token = "6f9b6dae-6f4c-47a8-aac2-ce17a5794a3b";
        string Create() => cloud.Call(
            "POST",
            "/v2.1/{project}/cloudvolumes",
            LocalCloud.CreateBody(""","metadata":{"create_for_volume_id":"true"}"""),
            values: ("X-Client-Token", Token)).Body.ToString();

        var first = Create();
        Create().ShouldBe(first);
        first.ShouldContain("volume_ids");
        cloud.Clock.Advance(8 * 3600 - 1);
        Create().ShouldBe(first);
        cloud.Cloud.Run(world => world.Store.Volumes.Count).ShouldBe(1);

        cloud.Clock.Advance(1);
        Create().ShouldNotBe(first);
    }

    [Fact]
    public void A_refused_create_does_not_use_its_client_token_up()
    {
        var cloud = new LocalCloud();
        const string Token = "6f9b6dae-6f4c-47a8-aac2-ce17a5794a3b";

        cloud.Call("POST", "/v2.1/{project}/cloudvolumes", LocalCloud.CreateBody(size: 1), values: ("X-Client-Token", Token)).Status.ShouldBe(400);
        cloud.Call("POST", "/v2.1/{project}/cloudvolumes", LocalCloud.CreateBody(), values: ("X-Client-Token", Token)).Status.ShouldBe(202);
    }

    [Fact]
    public void A_prepaid_volume_comes_with_an_order_and_is_unsubscribed_instead_of_deleted()
    {
        var cloud = new LocalCloud();
        const string Body = """
            {"volume":{"availability_zone":"local-1a","volume_type":"SSD","size":40},
             "bssParam":{"chargingMode":"prePaid","periodType":"month","periodNum":1,"isAutoPay":"true"}}
            """;

        var (_, answer) = cloud.Call("POST", "/v2.1/{project}/cloudvolumes", Body);
        cloud.Clock.Advance(10);
        var volume = cloud.Cloud.Run(world => world.Store.Volumes.Single());

        answer.GetProperty("order_id").GetString().ShouldBe(volume.Metadata["orderID"]);
        LocalCloud.Code(cloud.Call("DELETE", "/v2/{project}/cloudvolumes/{id}", values: ("id", volume.Id)).Body).ShouldBe("EVS.1035");
        var (_, results) = cloud.Call("POST", "/v2/{project}/cloudvolumes/unsubscribe", $$"""{"volume_ids":["{{volume.Id}}","none"]}""");
        results.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("result").GetString()).ShouldBe(["SUCCESS", "FAIL"]);
        cloud.Clock.Advance(10);
        cloud.Cloud.Run(world => world.Store.Volumes.Count).ShouldBe(0);
    }

    [Fact]
    public void Cinder_makes_a_volume_at_once_and_without_a_job()
    {
        var cloud = new LocalCloud();

        var (status, answer) = cloud.Call("POST", "/v3/{project}/volumes", """{"volume":{"size":1,"name":"small"}}""");

        status.ShouldBe(202);
        var id = answer.GetProperty("volume").GetProperty("id").GetString()!;
        answer.GetProperty("volume").GetProperty("status").GetString().ShouldBe("creating");
        cloud.Clock.Advance(10);
        cloud.Call("GET", "/v3/{project}/volumes/{id}", values: ("id", id)).Body
            .GetProperty("volume").GetProperty("status").GetString().ShouldBe("available");
        cloud.Job(cloud.Cloud.Run(world => world.Store.Jobs.Single().Id)).Status.ShouldBe(400);
    }

    private static string Create(LocalCloud cloud, string more = "") =>
        cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody(more)).Body.GetProperty("job_id").GetString()!;

    private static (int Status, JsonElement Body) Get(LocalCloud cloud, string id) =>
        cloud.Call("GET", "/v2/{project}/cloudvolumes/{id}", values: ("id", id));
}
