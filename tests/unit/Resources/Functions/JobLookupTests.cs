using PulumiEvs.Evs.Errors;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Tests.Unit.Resources.Functions.LookupTests;

namespace PulumiEvs.Tests.Unit.Resources.Functions;

public sealed class JobLookupTests
{
    [Fact]
    public async Task The_recorded_running_job_is_given_whole()
    {
        using var cloud = new StubCloud(("GET /v1/jobs/4010a32d535527910153552b492c0002", _ => StubHttp.Json(Recorded("hwdoc-evs_04_0054-resp"))));

        var job = (await Call(cloud, "getJob", ("jobId", "4010a32d535527910153552b492c0002"))).Result;

        job.ShouldBe(PropertyMap.Of(
            ("jobId", "4010a32d535527910153552b492c0002"),
            ("jobType", "createVolume"),
            ("status", "RUNNING"),
            ("beginTime", "2016-03-08T07:40:13.219Z"),
            ("entities", PropertyMap.Of(("volumeId", "bdf1bb37-f20f-4266-9a04-f43e0a127376")))));
    }

    [Fact]
    public async Task The_recorded_batch_job_is_given_with_its_sub_jobs()
    {
        using var cloud = new StubCloud(("GET /v1/jobs/21917a8d52a19b040152a9f2f1eb003e", _ => StubHttp.Json(Recorded("hwdoc-evs_04_0054-resp-2"))));

        var job = (await Call(cloud, "getJob", ("jobId", "21917a8d52a19b040152a9f2f1eb003e"))).Result;

        job["jobType"].ShouldBe((PropertyValue)"batchCreateVolume");
        job["status"].ShouldBe((PropertyValue)"SUCCESS");
        job["endTime"].ShouldBe((PropertyValue)"2016-02-04T01:44:08.283Z");
        var subJobs = ((PropertyValue.List)((PropertyValue.Map)job["entities"]).Entries["subJobs"]).Items;
        subJobs.Length.ShouldBe(2);
        subJobs[1].ShouldBe((PropertyValue)PropertyMap.Of(
            ("jobId", "21917a8d52a19b040152a9f2f2f60042"),
            ("jobType", "createVolume"),
            ("status", "SUCCESS"),
            ("beginTime", "2016-02-04T01:43:37.462Z"),
            ("endTime", "2016-02-04T01:44:02.245Z"),
            ("entities", PropertyMap.Of(("volumeId", "e7bca1a2-d3ed-434f-86f4-a1f11aa80072")))));
    }

    [Theory]
    [InlineData("createVolume")]
    [InlineData("batchCreateVolume")]
    [InlineData("deleteVolume")]
    [InlineData("extendVolume")]
    [InlineData("bulkDeleteVolume")]
    [InlineData("deleteSingleVolume")]
    [InlineData("retypeVolume")]
    public async Task A_failed_job_of_each_type_tells_code_and_reason(string type)
    {
        using var cloud = new StubCloud(("GET /v1/jobs/j1", _ => StubHttp.Json(
            $$$"""
            {"status":"FAIL","job_id":"j1","job_type":"{{{type}}}","begin_time":"b","end_time":"e","error_code":"EVS.2024",
             "fail_reason":"volume is error!","entities":{"volume_id":"v1","name":"data","size":10,"volume_type":"SSD"}}
            """)));

        var job = (await Call(cloud, "getJob", ("jobId", "j1"))).Result;

        job.ShouldBe(PropertyMap.Of(
            ("jobId", "j1"),
            ("jobType", type),
            ("status", "FAIL"),
            ("beginTime", "b"),
            ("endTime", "e"),
            ("errorCode", "EVS.2024"),
            ("failReason", "volume is error!"),
            ("entities", PropertyMap.Of(("volumeId", "v1"), ("name", "data"), ("size", 10), ("volumeType", "SSD")))));
    }

    [Fact]
    public async Task A_job_of_ecs_is_asked_for_at_ecs()
    {
        using var cloud = new StubCloud(("GET /v1/jobs/j1", _ => StubHttp.Json("""{"status":"SUCCESS","job_id":"j1","entities":{"server_id":"s1"}}""")));

        var job = (await Call(cloud, "getJob", ("jobId", "j1"), ("service", "ecs"))).Result;

        cloud.Requests.ShouldHaveSingleItem().Uri.Host.ShouldBe("ecs.eu-test-1.myhuaweicloud.com");
        job["entities"].ShouldBe((PropertyValue)PropertyMap.Of(("serverId", "s1")));
    }

    [Fact]
    public async Task A_job_that_one_node_does_not_know_yet_is_asked_for_again()
    {
        var answers = new Queue<HttpResponseMessage>(
            [StubHttp.EvsError("Common.0011", "No jobs found.", 400), StubHttp.Json("""{"status":"INIT","job_id":"j1"}""")]);
        using var cloud = new StubCloud(("GET /v1/jobs/j1", _ => answers.Dequeue()));

        (await Call(cloud, "getJob", ("jobId", "j1"))).Result["status"].ShouldBe((PropertyValue)"INIT");
    }

    [Fact]
    public async Task A_job_that_nobody_knows_is_an_error_with_its_id()
    {
        using var cloud = new StubCloud(("GET /v1/jobs/j1", _ => StubHttp.EvsError("Common.0011", "No jobs found.", 400)));

        var error = await Should.ThrowAsync<ResourceException>(() => Call(cloud, "getJob", ("jobId", "j1")));

        error.Kind.ShouldBe(FailureKind.NotFound);
        error.Message.ShouldStartWith("EVS knows no job with the id \"j1\" in the region eu-test-1");
        error.Message.ShouldContain("Common.0011");
        cloud.Lines.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("""{"error":{"message":"XXXX","code":"XXX"}}""")]
    [InlineData("""{"error":"XXXX"}""")]
    public async Task An_error_in_place_of_a_job_is_an_error(string body)
    {
        using var cloud = new StubCloud(("GET /v1/jobs/j1", _ => StubHttp.Json(body)));

        (await Should.ThrowAsync<EvsException>(() => Call(cloud, "getJob", ("jobId", "j1")))).Message.ShouldContain("XXXX");
    }
}
