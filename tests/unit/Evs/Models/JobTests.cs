using System.Text.Json;
using PulumiEvs.Evs.Models;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Models;

public sealed class JobTests
{
    [Fact]
    public void A_running_job_tells_the_disk_already()
    {
        var job = JsonSerializer.Deserialize(Fixtures.Recorded("hwdoc-evs_04_0054-resp"), EvsJson.Default.Job)!;

        job.State.ShouldBe(JobState.Running);
        job.JobId.ShouldBe("4010a32d535527910153552b492c0002");
        job.JobType.ShouldBe("createVolume");
        job.Entities!.VolumeId.ShouldBe("bdf1bb37-f20f-4266-9a04-f43e0a127376");
        job.EndTime.ShouldBe("");
        job.ErrorCode.ShouldBeNull();
        job.SubJobs.ShouldBeEmpty();
    }

    [Fact]
    public void A_batch_tells_each_of_its_disks()
    {
        var job = JsonSerializer.Deserialize(Fixtures.Recorded("hwdoc-evs_04_0054-resp-2"), EvsJson.Default.Job)!;

        job.SubJobs.Select(sub => (sub.State, sub.Entities!.VolumeId)).ShouldBe(
        [
            (JobState.Success, "0b549095-4937-4849-8e4c-52aa027d64f7"),
            (JobState.Success, "e7bca1a2-d3ed-434f-86f4-a1f11aa80072"),
        ]);
    }

    [Theory]
    [InlineData("""{"status":"RUNNING","sub_jobs":[{"status":"FAIL","job_id":"s"}]}""")]
    [InlineData("""{"status":"RUNNING","entities":{"sub_jobs":[{"status":"FAIL","job_id":"s"}]}}""")]
    [InlineData("""{"status":"RUNNING","entities":{"sub_jobs":[]},"sub_jobs":[{"status":"FAIL","job_id":"s"}]}""")]
    public void Sub_jobs_are_found_in_both_places(string json) => Read(json).SubJobs.ShouldHaveSingleItem().JobId.ShouldBe("s");

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"entities":null,"error":null,"sub_jobs":null,"error_code":null,"status":null}""")]
    public void Missing_and_null_fields_are_tolerated(string json)
    {
        var job = Read(json);

        job.State.ShouldBe(JobState.Unknown);
        job.SubJobs.ShouldBeEmpty();
        job.Error.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"error":{"code":"Common.0011","message":"No jobs found."}}""", "Common.0011", "No jobs found.")]
    [InlineData("""{"error":"query job fail."}""", null, "query job fail.")]
    [InlineData("""{"error":{"code":400}}""", "400", null)]
    public void An_error_is_read_in_both_documented_forms(string json, string? code, string? message) =>
        Read(json).Error.ShouldBe(new JobError { Code = code, Message = message });

    [Theory]
    [InlineData("INIT", JobState.Init)]
    [InlineData("RUNNING", JobState.Running)]
    [InlineData("SUCCESS", JobState.Success)]
    [InlineData("FAIL", JobState.Fail)]
    [InlineData("FAILED", JobState.Unknown)]
    [InlineData("success", JobState.Unknown)]
    [InlineData("", JobState.Unknown)]
    [InlineData(null, JobState.Unknown)]
    public void Only_the_four_documented_words_are_known(string? word, object state) => JobStates.Parse(word).ShouldBe((JobState)state);

    private static Job Read(string json) => JsonSerializer.Deserialize(json, EvsJson.Default.Job)!;
}
