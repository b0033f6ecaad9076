using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.VolumeBatches;
using PulumiEvs.Resources.Volumes;
using static PulumiEvs.Tests.Unit.Resources.Support.VolumeRig;
using static PulumiEvs.Tests.Unit.Resources.VolumeBatches.BatchGiven;

namespace PulumiEvs.Tests.Unit.Resources.VolumeBatches;

/// <summary>What becomes of each disk of one request, and what the user is told of it.</summary>
public sealed class BatchCreationTests
{
    /// <param name="Reasons">After the summary, one of each disk.</param>
    private sealed record Ending((int Number, Fate Fate)[] Fates, string Volumes, string Summary, params string[] Reasons);

    private static readonly Dictionary<string, Ending> Endings = new()
    {
        ["one fails and leaves nothing"] = new(
            [(2, Fate.Failed("EVS.2072", "sold out"))],
            $"1 {Id(1)} data-0001 40; 3 {Id(3)} data-0003 40",
            """
            creating 3 volumes "data" (SSD, 40 GiB, eu-test-1a) ended after T with 2 of 3
              job: job-1 (batchCreateVolume, status FAIL)
              request id: req-write
              in the state: 2 volumes
              what to do: Choose another type or zone, or try again later; the function getVolumeTypes says where it is to be had. `pulumi up` creates only what is missing.
            """,
            """volume "data-0002": EVS.2072 sold out (sub-job part-2)"""),
        ["one fails and leaves a broken disk, which is no reason to repair it"] = new(
            [(2, Fate.Failed("EVS.2024", "volume is error!", left: "error"))],
            $"1 {Id(1)} data-0001 40; 2 {Id(2)} data-0002 40; 3 {Id(3)} data-0003 40",
            $"""
            creating 3 volumes "data" (SSD, 40 GiB, eu-test-1a) ended after T with 2 of 3
              job: job-1 (batchCreateVolume, status FAIL)
              request id: req-write
              in the state: 2 volumes, and 1 that failed: {Id(2)}
              what to do: `pulumi up` deletes what failed and creates only what is missing.
            """,
            $"""volume "data-0002": EVS.2024 volume is error! (sub-job part-2); left behind: volume {Id(2)} in status error"""),
        ["all fail, for two reasons, and one leaves a broken disk"] = new(
            [(1, Fate.Failed("EVS.2072", "sold out")), (2, Fate.Failed("EVS.2044", "no role", left: "error")), (3, Fate.Failed("EVS.2072", "sold out"))],
            $"2 {Id(2)} data-0002 40",
            $"""
            creating 3 volumes "data" (SSD, 40 GiB, eu-test-1a) ended after T with 0 of 3
              job: job-1 (batchCreateVolume, status FAIL)
              request id: req-write
              in the state: 0 volumes, and 1 that failed: {Id(2)}
              what to do: Choose another type or zone, or try again later; the function getVolumeTypes says where it is to be had. {Hint("EVS.2044")} `pulumi up` deletes what failed and creates only what is missing.
            """,
            """volume "data-0001": EVS.2072 sold out (sub-job part-1)""",
            $"""volume "data-0002": EVS.2044 no role (sub-job part-2); left behind: volume {Id(2)} in status error""",
            """volume "data-0003": EVS.2072 sold out (sub-job part-3)"""),
        ["a part that succeeded, and its disk is broken"] = new(
            [(3, new Fate(Left: "error"))],
            $"1 {Id(1)} data-0001 40; 2 {Id(2)} data-0002 40; 3 {Id(3)} data-0003 40",
            $"""
            creating 3 volumes "data" (SSD, 40 GiB, eu-test-1a) ended after T with 2 of 3
              job: job-1 (batchCreateVolume, status SUCCESS)
              request id: req-write
              in the state: 2 volumes, and 1 that failed: {Id(3)}
              what to do: `pulumi up` deletes what failed and creates only what is missing.
            """,
            $"""volume "data-0003": volume {Id(3)} is in status error"""),
    };

    public static TheoryData<string> EndingNames => [.. Endings.Keys];

    [Theory]
    [MemberData(nameof(EndingNames))]
    public async Task What_did_not_go_well_is_told_of_each_disk_and_the_rest_is_kept(string name)
    {
        var ending = Endings[name];
        using var rig = new BatchRig();
        foreach (var (number, fate) in ending.Fates)
        {
            rig.Fates[number] = fate;
        }

        var partial = (await rig.CreateAsync(Inputs(3))).ShouldBeOfType<ResourceOutcome.Partial>();

        WithoutTimes(partial.Reasons[0]).ShouldBe(ending.Summary.ReplaceLineEndings("\n"));
        partial.Reasons.Skip(1).ShouldBe(ending.Reasons);
        BatchGiven.Volumes(partial.Outputs).ShouldBe(ending.Volumes);
        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Complete);
        rig.Writes.Length.ShouldBe(1);
    }

    [Fact]
    public async Task All_that_go_well_are_one_request_and_no_words()
    {
        using var rig = new BatchRig();

        var done = (await rig.CreateAsync(Inputs(3))).ShouldBeOfType<ResourceOutcome.Done>();

        done.Id.ShouldBe(Id(1));
        BatchGiven.Volumes(done.Outputs).ShouldBe($"1 {Id(1)} data-0001 40; 2 {Id(2)} data-0002 40; 3 {Id(3)} data-0003 40");
        done.Outputs[BatchProperties.Count].ShouldBe((PropertyValue)3);
        rig.Writes.ShouldBe(["POST /v3/cloudvolumes"]);
        rig.Cloud.Log.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_of_one_has_its_number_although_the_service_gives_it_none()
    {
        using var rig = new BatchRig();

        await rig.MadeAsync(Inputs(1));

        rig.Shown.ShouldBe(["data-0001 40 available"]);
    }

    [Fact]
    public async Task All_that_fail_and_leave_nothing_make_no_resource()
    {
        using var rig = new BatchRig();
        foreach (var number in (int[])[1, 2])
        {
            rig.Fates[number] = Fate.Failed("EVS.2072", "sold out");
        }

        var failure = await Should.ThrowAsync<ResourceException>(() => rig.CreateAsync(Inputs(2)));

        failure.Kind.ShouldBe(FailureKind.Precondition);
        failure.Message.ShouldContain("with 0 of 2");
        failure.Message.ShouldContain("in the state: nothing");
        failure.Message.ShouldContain("""volume "data-0001": EVS.2072 sold out""");
        failure.Message.ShouldContain("""volume "data-0002": EVS.2072 sold out""");
    }

    [Fact]
    public async Task A_job_that_takes_too_long_keeps_what_it_has_named_and_is_seen_through_by_the_next_update()
    {
        using var rig = new BatchRig { JobStatus = "RUNNING" };
        rig.Fates[2] = new Fate("RUNNING", Left: "creating");
        rig.Fates[3] = new Fate("INIT", Left: null, IsNamed: false);

        var partial = (await rig.CreateAsync(Inputs(3), TimeSpan.FromMinutes(2))).ShouldBeOfType<ResourceOutcome.Partial>();

        WithoutTimes(partial.Reasons.ShouldHaveSingleItem()).ShouldBe(
            """
            creating 3 volumes "data" (SSD, 40 GiB, eu-test-1a) timed out after T (last: job RUNNING), 2 of 3 known
              job: job-1 (batchCreateVolume, status RUNNING)
              request id: req-write
              in the state: 2 volumes
              what to do: `pulumi up` goes on waiting for the same job. Raise customTimeouts if it needs longer.
            """.ReplaceLineEndings("\n"));
        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Unfinished);
        BatchGiven.Volumes(partial.Outputs).ShouldBe($"1 {Id(1)} data-0001 40; 2 {Id(2)} data-0002 40");

        // The job ends: its second disk comes into order, its third cannot be made.
        rig.Disks[Id(2)]["status"] = "available";
        rig.EndPart("job-1", 2, "SUCCESS");
        rig.EndPart("job-1", 3, "FAIL");
        rig.End("job-1", "FAIL");
        var done = (await rig.UpdateAsync(Inputs(3), partial.Outputs, Inputs(3))).ShouldBeOfType<ResourceOutcome.Done>();

        BatchGiven.Volumes(done.Outputs).ShouldBe($"1 {Id(1)} data-0001 40; 2 {Id(2)} data-0002 40; 3 {Id(4)} data-0003 40");
        rig.Cloud.Log.Warnings.ShouldContain(warning => warning.Contains("""volume "data-0003": """));
        rig.Shown.ShouldBe(["data-0001 40 available", "data-0002 40 available", "data-0003 40 available"]);
    }

    [Fact]
    public async Task A_job_that_was_forgotten_before_it_named_all_takes_nothing_that_only_looks_the_same()
    {
        using var rig = new BatchRig { JobStatus = "RUNNING" };
        rig.Fates[2] = new Fate("RUNNING", Left: "available", IsNamed: false);
        var partial = (await rig.CreateAsync(Inputs(2), TimeSpan.FromMinutes(2))).ShouldBeOfType<ResourceOutcome.Partial>();
        rig.Forget("job-1");

        var failure = await Should.ThrowAsync<ResourceException>(() => rig.ReadAsync(Id(1), Inputs(2), partial.Outputs));

        failure.Message.ShouldContain("the service no longer knows the job");
        failure.Message.ShouldContain($"""volume "data-0002" ({Id(2)})""");
    }

    private static string Hint(string code) => PulumiEvs.Evs.Errors.ErrorCodes.Find(code)!.Hint!;
}
