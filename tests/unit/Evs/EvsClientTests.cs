using PulumiEvs.Evs;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Tests.Unit.Support.TestClient;

namespace PulumiEvs.Tests.Unit.Evs;

public sealed class EvsClientTests
{
    private static readonly CreateVolume Disk = new() { AvailabilityZone = "az1", VolumeType = "SSD", Size = 10, Name = "data" };

    /// <summary>Each call with the request that the documents want for it.</summary>
    private static readonly CallTable Calls = new()
    {
        {
            "create", "huaweicloud", client => client.CreateVolumeAsync(Disk, "token", default), """{"job_id":"j"}""",
            "POST /v3/{p}/cloudvolumes", """{"volume":{"availability_zone":"az1","volume_type":"SSD","size":10,"name":"data"}}"""
        },
        { "job", "huaweicloud", client => client.GetJobAsync("j", default), """{"status":"INIT"}""", "GET /v1/{p}/jobs/j", null },
        { "get", "huaweicloud", client => client.FindVolumeAsync(VolumeId, default), """{"volume":{"id":"v"}}""", "GET /v2/{p}/cloudvolumes/{v}", null },
        {
            "rename", "huaweicloud", client => client.UpdateVolumeAsync(VolumeId, "new", null, default), """{"id":"v"}""",
            "PUT /v2/{p}/cloudvolumes/{v}", """{"volume":{"name":"new"}}"""
        },
        {
            "clear the description", "huaweicloud", client => client.UpdateVolumeAsync(VolumeId, null, "", default), """{"id":"v"}""",
            "PUT /v2/{p}/cloudvolumes/{v}", """{"volume":{"description":""}}"""
        },
        {
            "extend, Huawei Cloud", "huaweicloud", client => client.ExtendVolumeAsync(VolumeId, 20, default), """{"job_id":"j"}""",
            "POST /v2.1/{p}/cloudvolumes/{v}/action", """{"os-extend":{"new_size":20}}"""
        },
        {
            "extend, Open Telekom Cloud", "opentelekomcloud", client => client.ExtendVolumeAsync(VolumeId, 20, default), """{"job_id":"j"}""",
            "POST /v2/{p}/cloudvolumes/{v}/action", """{"os-extend":{"new_size":20}}"""
        },
        {
            "retype", "huaweicloud", client => client.RetypeVolumeAsync(VolumeId, "GPSSD2", 3000, 125, default), """{"job_id":"j"}""",
            "POST /v2/{p}/volumes/{v}/retype", """{"os-retype":{"new_type":"GPSSD2","iops":3000,"throughput":125}}"""
        },
        {
            "performance", "huaweicloud", client => client.SetQosAsync(VolumeId, 4000, null, default), """{"job_id":"j"}""",
            "PUT /v5/{p}/cloudvolumes/{v}/qos", """{"qos_modify":{"iops":4000}}"""
        },
        { "delete", "huaweicloud", client => client.DeleteVolumeAsync(VolumeId, default), """{"job_id":"j"}""", "DELETE /v2/{p}/cloudvolumes/{v}", null },
        {
            "tag", "huaweicloud", client => client.UpsertTagsAsync(VolumeId, new Dictionary<string, string> { ["k"] = "v" }, default), "",
            "POST /v2/{p}/cloudvolumes/{v}/tags/action", """{"action":"create","tags":[{"key":"k","value":"v"}]}"""
        },
        {
            "tag, Open Telekom Cloud", "opentelekomcloud", client => client.UpsertTagsAsync(VolumeId, new Dictionary<string, string> { ["k"] = "" }, default), "",
            "POST /v2/{p}/os-vendor-volumes/{v}/tags/action", """{"action":"create","tags":[{"key":"k","value":""}]}"""
        },
        {
            "untag", "huaweicloud", client => client.DeleteTagsAsync(VolumeId, ["k", "l"], default), "",
            "POST /v2/{p}/cloudvolumes/{v}/tags/action", """{"action":"delete","tags":[{"key":"k"},{"key":"l"}]}"""
        },
        { "tags", "huaweicloud", client => client.GetTagsAsync(VolumeId, default), """{"tags":[]}""", "GET /v2/{p}/cloudvolumes/{v}/tags", null },
        { "tags of the project", "huaweicloud", client => client.ListProjectTagsAsync(default), """{"tags":{"k":["v"]}}""", "GET /v2/{p}/cloudvolumes/tags", null },
        {
            "snapshot", "huaweicloud", client => client.CreateSnapshotAsync(new CreateSnapshot { VolumeId = "v", Name = "s", Force = true }, default),
            """{"snapshot":{"id":"s"}}""", "POST /v2/{p}/cloudsnapshots", """{"snapshot":{"volume_id":"v","name":"s","force":true}}"""
        },
        { "get snapshot", "huaweicloud", client => client.FindSnapshotAsync("s", default), """{"snapshot":{"id":"s"}}""", "GET /v2/{p}/cloudsnapshots/s", null },
        {
            "update snapshot", "huaweicloud", client => client.UpdateSnapshotAsync("s", "n", "", default), """{"snapshot":{"id":"s"}}""",
            "PUT /v2/{p}/cloudsnapshots/s", """{"snapshot":{"name":"n","description":""}}"""
        },
        { "delete snapshot", "huaweicloud", client => client.DeleteSnapshotAsync("s", default), "", "DELETE /v2/{p}/cloudsnapshots/s", null },
        {
            "roll back", "huaweicloud", client => client.RollbackSnapshotAsync("s", "v", "name", default), """{"rollback":{"volume_id":"v"}}""",
            "POST /v2/{p}/cloudsnapshots/s/rollback", """{"rollback":{"volume_id":"v","name":"name"}}"""
        },
        { "types", "huaweicloud", client => client.ListVolumeTypesAsync(default), """{"volume_types":[]}""", "GET /v2/{p}/types", null },
        { "zones", "huaweicloud", client => client.ListAvailabilityZonesAsync(default), """{"availabilityZoneInfo":[]}""", "GET /v2/{p}/os-availability-zone", null },
        { "quotas", "huaweicloud", client => client.GetQuotasAsync(default), """{"quota_set":{"id":"p"}}""", "GET /v2/{p}/os-quota-sets/{p}?usage=True", null },
        { "versions", "huaweicloud", client => client.ListApiVersionsAsync(default), """{"versions":[{"id":"v2.0"}]}""", "GET /", null },
        {
            "attach", "huaweicloud", client => client.AttachVolumeAsync("server", VolumeId, "/dev/vdb", default), """{"job_id":"j"}""",
            "POST /v1/{p}/cloudservers/server/attachvolume", """{"volumeAttachment":{"volumeId":"{v}","device":"/dev/vdb"}}"""
        },
        {
            "detach", "huaweicloud", client => client.DetachVolumeAsync("server", VolumeId, default), """{"job_id":"j"}""",
            "DELETE /v1/{p}/cloudservers/server/detachvolume/{v}", null
        },
        { "ECS job", "huaweicloud", client => client.GetEcsJobAsync("j", default), """{"status":"INIT"}""", "GET /v1/{p}/jobs/j", null },
    };

    public static TheoryData<string> CallNames => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(CallNames))]
    public async Task A_call_sends_exactly_the_documented_request(string name)
    {
        var (cloud, call, answer, line, body) = Calls[name];
        using var test = new TestClient(new StubHttp(() => StubHttp.Json(answer)), cloud);

        await test.RunAsync(call);

        var sent = test.Http.Requests.ShouldHaveSingleItem(name);
        sent.Line.ShouldBe(Filled(line));
        sent.Body.ShouldBe(body is null ? null : Filled(body));
        sent.Uri.Host.ShouldStartWith(line.Contains("cloudservers", StringComparison.Ordinal) || name == "ECS job" ? "ecs." : "evs.");
        if (name != "versions")
        {
            sent.Headers["X-Project-Id"].ShouldBe(ProjectId);
        }

        sent.Headers.ContainsKey("X-Client-Token").ShouldBeFalse();
    }

    [Fact]
    public async Task An_id_is_escaped_in_the_path()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.Json("""{"volume":{"id":"v"}}""")));

        await test.RunAsync(client => client.FindVolumeAsync("../x?y", default));

        test.Http.Requests[0].Line.ShouldBe($"GET /v2/{ProjectId}/cloudvolumes/..%2Fx%3Fy");
    }

    [Fact]
    public async Task A_create_carries_its_client_token_where_the_api_takes_one_and_is_then_sent_again()
    {
        using var test = new TestClient(
            new StubHttp(() => StubHttp.Text("", 504), () => StubHttp.Json("""{"job_id":"j","volume_ids":["v"]}""")),
            versions: new ApiVersions { Create = "v2.1" });

        var accepted = await test.RunAsync(client => client.CreateVolumeAsync(Disk, "the-client-token", default));

        (accepted.JobId, accepted.VolumeIds).ShouldBe(("j", accepted.VolumeIds));
        accepted.VolumeIds.ShouldBe(["v"]);
        test.Http.Requests.Select(request => (request.Line, request.Headers["X-Client-Token"])).ShouldBe(
            Enumerable.Repeat(($"POST /v2.1/{ProjectId}/cloudvolumes", "the-client-token"), 2));
    }

    [Fact]
    public async Task A_create_without_a_client_token_is_never_sent_again_after_an_uncertain_answer()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.Text("", 504)));

        var e = await Should.ThrowAsync<EvsException>(() => test.RunAsync(client => client.CreateVolumeAsync(Disk, "unused", default)));

        (e.Knowledge, e.Operation).ShouldBe((Knowledge.Unknown, "creating volume 'data'"));
        test.Http.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_accepted_create_that_names_nothing_is_an_uncertain_error()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.Json("{}")));

        var e = await Should.ThrowAsync<EvsException>(() => test.RunAsync(client => client.CreateVolumeAsync(Disk, null, default)));

        (e.Class, e.Knowledge).ShouldBe((ErrorClass.Protocol, Knowledge.Unknown));
    }

    [Fact]
    public async Task A_prepaid_create_names_its_order()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.Json("""{"order_id":"CS1"}""")));

        (await test.RunAsync(client => client.CreateVolumeAsync(Disk, null, default))).OrderId.ShouldBe("CS1");
    }

    [Fact]
    public async Task A_disk_is_gone_only_when_the_service_itself_says_so()
    {
        using var gone = new TestClient(new StubHttp(() => StubHttp.EvsError("EVS.5404", "not found", 404)));
        (await gone.RunAsync(client => client.FindVolumeAsync(VolumeId, default))).ShouldBeNull();

        using var lost = new TestClient(new StubHttp(() => StubHttp.Json("""{"error_code":"APIGW.0101","error_msg":"API not found"}""", 404)));
        (await Should.ThrowAsync<EvsException>(() => lost.RunAsync(client => client.FindVolumeAsync(VolumeId, default)))).Code.ShouldBe("APIGW.0101");
    }

    [Fact]
    public async Task A_job_query_that_answers_with_an_error_throws_it()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.EvsError("Common.0011", "No jobs found.", 200)));

        var e = await Should.ThrowAsync<EvsException>(() => test.RunAsync(client => client.GetJobAsync("j", default)));

        e.Class.ShouldBe(ErrorClass.JobUnknown);
    }

    [Fact]
    public async Task A_job_query_with_an_error_among_empty_fields_throws_it_too()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.Json("""{"job_id":null,"status":null,"error":{"code":"Common.0011","message":"x"}}""")));

        var e = await Should.ThrowAsync<EvsException>(() => test.RunAsync(client => client.GetJobAsync("j", default)));

        (e.Class, e.HttpStatus).ShouldBe((ErrorClass.JobUnknown, 200));
    }

    private static readonly RefusalTable Refusals = new()
    {
        { "extend, done", client => client.ExtendVolumeAsync(VolumeId, 20, default), """{"id":"v","size":20,"status":"available"}""", true },
        { "extend, under way", client => client.ExtendVolumeAsync(VolumeId, 20, default), """{"id":"v","size":10,"status":"extending"}""", true },
        { "extend, not acted on", client => client.ExtendVolumeAsync(VolumeId, 20, default), """{"id":"v","size":10,"status":"available"}""", false },
        { "retype, done", client => client.RetypeVolumeAsync(VolumeId, "SSD", null, null, default), """{"id":"v","volume_type":"SSD","status":"available"}""", true },
        { "retype, under way", client => client.RetypeVolumeAsync(VolumeId, "SSD", null, null, default), """{"id":"v","volume_type":"SAS","status":"retyping"}""", true },
        { "retype, not acted on", client => client.RetypeVolumeAsync(VolumeId, "SSD", null, null, default), """{"id":"v","volume_type":"SAS","status":"in-use"}""", false },
        { "performance, done", client => client.SetQosAsync(VolumeId, 4000, null, default), """{"id":"v","iops":{"total_val":4000}}""", true },
        { "performance, not acted on", client => client.SetQosAsync(VolumeId, 4000, null, default), """{"id":"v","iops":{"total_val":3000}}""", false },
        {
            "attach, done", client => client.AttachVolumeAsync("s", VolumeId, null, default),
            """{"id":"v","status":"in-use","attachments":[{"server_id":"s"}]}""", true
        },
        {
            "attach, elsewhere", client => client.AttachVolumeAsync("s", VolumeId, null, default),
            """{"id":"v","status":"in-use","attachments":[{"server_id":"t"}]}""", false
        },
        { "detach, done", client => client.DetachVolumeAsync("s", VolumeId, default), """{"id":"v","status":"available"}""", true },
        {
            "detach, not acted on", client => client.DetachVolumeAsync("s", VolumeId, default),
            """{"id":"v","status":"in-use","attachments":[{"server_id":"s"}]}""", false
        },
    };

    public static TheoryData<string> RefusalNames => [.. Refusals.Keys];

    [Theory]
    [MemberData(nameof(RefusalNames))]
    public async Task A_refusal_after_a_lost_answer_is_checked_against_the_disk(string name)
    {
        var (call, disk, acted) = Refusals[name];
        using var test = new TestClient(new StubHttp(
            () => StubHttp.Text("", 504),
            () => StubHttp.EvsError("EVS.1064", "wrong status", 400),
            () => StubHttp.Json($$"""{"volume":{{disk}}}""")));

        if (acted)
        {
            (await test.RunAsync(call)).ShouldBeNull(name);
        }
        else
        {
            (await Should.ThrowAsync<EvsException>(() => test.RunAsync(call))).Code.ShouldBe("EVS.1064", name);
        }

        test.Http.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_refusal_at_once_is_not_checked()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.EvsError("EVS.1015", "must be greater", 400)));

        await Should.ThrowAsync<EvsException>(() => test.RunAsync(client => client.ExtendVolumeAsync(VolumeId, 20, default)));

        test.Http.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Deleting_what_is_gone_is_no_error()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.EvsError("EVS.5404", "not found", 404)));

        (await test.RunAsync(client => client.DeleteVolumeAsync(VolumeId, default))).ShouldBeNull();
        (await test.RunAsync(client => client.DeleteSnapshotAsync("s", default))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_delete_that_is_refused_because_it_is_under_way_is_accepted()
    {
        using var test = new TestClient(new StubHttp(
            () => StubHttp.Text("", 502),
            () => StubHttp.EvsError("EVS.1046", "wrong status", 400),
            () => StubHttp.Json("""{"volume":{"id":"v","status":"deleting"}}""")));

        (await test.RunAsync(client => client.DeleteVolumeAsync(VolumeId, default))).ShouldBe(new DeleteAccepted(null));
    }

    [Theory]
    [InlineData("""{"snapshot":{"id":"s","status":"deleting"}}""", true)]
    [InlineData("""{"snapshot":{"id":"s","status":"available"}}""", null)]
    public async Task A_snapshots_delete_that_is_refused_after_a_lost_answer_is_checked(string snapshot, bool? accepted)
    {
        using var test = new TestClient(new StubHttp(
            () => StubHttp.Text("", 502), () => StubHttp.EvsError("EVS.1047", "wrong status", 400), () => StubHttp.Json(snapshot)));

        if (accepted is { } expected)
        {
            (await test.RunAsync(client => client.DeleteSnapshotAsync("s", default))).ShouldBe(expected);
        }
        else
        {
            (await Should.ThrowAsync<EvsException>(() => test.RunAsync(client => client.DeleteSnapshotAsync("s", default)))).Code.ShouldBe("EVS.1047");
        }
    }

    [Fact]
    public async Task Detaching_what_is_not_attached_is_no_error_but_a_missing_server_with_an_attached_disk_is()
    {
        using var detached = new TestClient(new StubHttp(
            () => StubHttp.Json("""{"itemNotFound":{"message":"x","code":404}}""", 404), () => StubHttp.Json("""{"volume":{"id":"v","status":"available"}}""")));
        (await detached.RunAsync(client => client.DetachVolumeAsync("s", VolumeId, default))).ShouldBeNull();

        using var attached = new TestClient(new StubHttp(
            () => StubHttp.Json("""{"itemNotFound":{"message":"x","code":404}}""", 404),
            () => StubHttp.Json("""{"volume":{"id":"v","status":"in-use","attachments":[{"server_id":"s"}]}}""")));
        await Should.ThrowAsync<EvsException>(() => attached.RunAsync(client => client.DetachVolumeAsync("s", VolumeId, default)));
    }

    [Fact]
    public async Task An_operation_that_the_cloud_does_not_offer_is_refused_without_a_request()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.Json("{}")), "opentelekomcloud");

        var e = await Should.ThrowAsync<EvsException>(() => test.RunAsync(client => client.SetQosAsync(VolumeId, 1, null, default)));

        (e.Knowledge, e.Message).ShouldBe((
            Knowledge.NotActedOn,
            $"setting the performance of volume {VolumeId} failed: Open Telekom Cloud does not offer this. If it does by now, set its version in evs:apiVersions."));
        test.Http.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Changing_no_tags_sends_nothing()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.Json("{}")));

        await test.RunAsync(client => client.UpsertTagsAsync(VolumeId, new Dictionary<string, string>(), default));
        await test.RunAsync(client => client.DeleteTagsAsync(VolumeId, [], default));

        test.Http.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tags_are_read_from_the_list_that_the_call_answers_with()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.Json("""{"tags":[{"key":"k","value":"v"},{"key":"l"}]}""")));

        var tags = await test.RunAsync(client => client.GetTagsAsync(VolumeId, default));

        tags.ShouldBe(new Dictionary<string, string> { ["k"] = "v", ["l"] = "" }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_wait_looks_without_repeating_single_requests()
    {
        using var test = new TestClient(new StubHttp(
            () => StubHttp.Text("", 502), () => StubHttp.Text("", 502), () => StubHttp.Json("""{"status":"SUCCESS","job_id":"j"}""")));

        var result = await test.Time.RunAsync(() => test.Connection.Waits(new()).Jobs.WaitAsync(
            "j", new PulumiEvs.Evs.Jobs.JobWaitOptions { Timeout = TimeSpan.FromMinutes(1) }, default));

        (result.Outcome, result.Looks).ShouldBe((PulumiEvs.Evs.Jobs.WaitOutcome.Reached, 3));
        test.Exchanges.ShouldAllBe(exchange => exchange.Attempt == 1);
    }

    private static string Filled(string text) => text.Replace("{p}", ProjectId, StringComparison.Ordinal).Replace("{v}", VolumeId, StringComparison.Ordinal);

    private sealed class CallTable : Dictionary<string, (string Cloud, Func<EvsClient, Task> Call, string Answer, string Line, string? Body)>
    {
        public void Add(string name, string cloud, Func<EvsClient, Task> call, string answer, string line, string? body) =>
            Add(name, (cloud, call, answer, line, body));
    }

    private sealed class RefusalTable : Dictionary<string, (Func<EvsClient, Task<string?>> Call, string Disk, bool Acted)>
    {
        public void Add(string name, Func<EvsClient, Task<string?>> call, string disk, bool acted) => Add(name, (call, disk, acted));
    }
}
