using EvsSimulator.Persistence;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class StateFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("evs-simulator-").FullName;

    private string FilePath => Path.Combine(folder, "sub", "state.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_restart_finds_everything_as_it_was()
    {
        var before = Filled();
        using (var file = StateFile.Open(FilePath, before.Cloud))
        {
            await file.SaveAsync();
        }

        var after = new LocalCloud(seed: 99);
        after.Clock.Advance((before.Clock.GetUtcNow() - after.Clock.GetUtcNow()).TotalSeconds);
        using var reopened = StateFile.Open(FilePath, after.Cloud);

        Describe(after).ShouldBe(Describe(before));
        NextId(after).ShouldBe(NextId(before), "ids go on where they stopped");
    }

    [Fact]
    public async Task A_job_under_way_goes_on_after_a_restart_and_its_work_is_done_once()
    {
        var before = new LocalCloud();
        var jobId = before.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody()).Body.GetProperty("job_id").GetString()!;
        before.Clock.Advance(5);
        using (var file = StateFile.Open(FilePath, before.Cloud))
        {
            await file.SaveAsync();
        }

        var after = new LocalCloud();
        using var reopened = StateFile.Open(FilePath, after.Cloud);
        after.Clock.Advance(5);
        after.JobStatus(jobId).ShouldBe("RUNNING");
        after.Clock.Advance(60);

        after.JobStatus(jobId).ShouldBe("SUCCESS");
        var volume = after.Cloud.Run(world => world.Store.Volumes.Single());
        volume.Status.ShouldBe("available");
        volume.UpdatedAt.ShouldBe(volume.CreatedAt.AddSeconds(10));
    }

    [Fact]
    public async Task Work_that_was_done_before_the_restart_is_not_done_again()
    {
        var before = new LocalCloud();
        var volume = before.NewVolume();
        before.Set(volume, held => held with { Status = "error" });
        using (var file = StateFile.Open(FilePath, before.Cloud))
        {
            await file.SaveAsync();
        }

        var after = new LocalCloud();
        using var reopened = StateFile.Open(FilePath, after.Cloud);
        after.Clock.Advance(100);

        after.Cloud.Run(world => world.Store.Volumes.Single().Status).ShouldBe("error");
    }

    [Fact]
    public async Task Changes_are_in_the_file_when_saving_returns_and_nothing_is_written_without_a_change()
    {
        var cloud = new LocalCloud();
        using var file = StateFile.Open(FilePath, cloud.Cloud);
        cloud.NewVolume(name: "first");
        await file.SaveAsync();
        File.ReadAllText(FilePath).ShouldContain("first");

        File.Delete(FilePath);
        await file.SaveAsync();
        File.Exists(FilePath).ShouldBeFalse();

        cloud.NewVolume(name: "second");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => file.SaveAsync()));
        File.ReadAllText(FilePath).ShouldContain("second");
        Directory.GetFiles(Path.GetDirectoryName(FilePath)!).Length.ShouldBe(2, "the state and its lock, no leftovers");
    }

    [Fact]
    public async Task A_reset_is_saved_too()
    {
        var cloud = new LocalCloud();
        using var file = StateFile.Open(FilePath, cloud.Cloud);
        cloud.NewVolume(name: "first");
        await file.SaveAsync();

        cloud.Cloud.Reset();
        await file.SaveAsync();

        File.ReadAllText(FilePath).ShouldNotContain("first");
    }

    [Fact]
    public void A_file_in_use_is_refused_by_name()
    {
        using var first = StateFile.Open(FilePath, new LocalCloud().Cloud);

        Should.Throw<StateFileException>(() => StateFile.Open(FilePath, new LocalCloud().Cloud)).Message.ShouldContain(FilePath);
    }

    [Fact]
    public async Task A_file_in_use_is_had_once_the_other_process_lets_go_of_it()
    {
        var first = StateFile.Open(FilePath, new LocalCloud().Cloud);
        var second = StateFile.OpenAsync(FilePath, new LocalCloud().Cloud, TimeSpan.FromMinutes(1), TimeProvider.System);
        second.IsCompleted.ShouldBeFalse();

        first.Dispose();

        (await second).Dispose();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"format\":1}")]
    public void A_file_that_is_no_state_is_refused_by_name(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, content);

        Should.Throw<StateFileException>(() => StateFile.Open(FilePath, new LocalCloud().Cloud)).Message.ShouldContain(FilePath);
        File.ReadAllText(FilePath).ShouldBe(content, "what cannot be read is not overwritten");
    }

    private static LocalCloud Filled()
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume(
            """
            ,"tags":{"a":"b"},"description":"text","multiattach":true,"iops":3000,"throughput":125,
             "metadata":{"hw:passthrough":"true"}
            """,
            type: "GPSSD2");
        cloud.Attach(volume);
        cloud.NewVolume(""","imageRef":"image" """);
        cloud.Call("POST", "/v2/{project}/cloudsnapshots", $$$"""{"snapshot":{"volume_id":"{{{volume.Id}}}","force":true}}""");
        cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody(""","count":2"""));
        cloud.Call(
            "POST",
            "/v2.1/{project}/cloudvolumes",
            LocalCloud.CreateBody(),
            values: ("X-Client-Token", "6f9b6dae-6f4c-47a8-aac2-ce17a5794a3b"));
        var gone = cloud.NewVolume();
        cloud.Call("DELETE", "/v2/{project}/cloudvolumes/{id}", values: ("id", gone.Id));
        cloud.Clock.Advance(15);
        cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody());
        cloud.Clock.Advance(5);
        return cloud;
    }

    private static string Describe(LocalCloud cloud) => cloud.Cloud.Run(world =>
    {
        var state = StateDocument.Of(world);
        return System.Text.Json.JsonSerializer.Serialize(
            state with
            {
                Volumes = [.. state.Volumes.OrderBy(volume => volume.Id)],
                Jobs = [.. state.Jobs.OrderBy(job => job.Id)],
            },
            StateJson.Default.StateDocument);
    });

    private static string NextId(LocalCloud cloud) => cloud.Cloud.Run(world => world.Draws.Uuid());
}
