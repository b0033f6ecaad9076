using System.Text.Json.Nodes;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Tests.Unit.Resources.Support.Bodies;
using static PulumiEvs.Tests.Unit.Resources.Support.LeftRecord;

namespace PulumiEvs.Tests.Unit.Resources.Volumes;

/// <summary>What a run says, as it begins, of the creates that a killed run left: the program may not have these resources any more.</summary>
public sealed class LeftCreatesTests
{
    private const string Provider = "urn:pulumi:dev::shop::pulumi:providers:evs::default";
    private const string GetJob = "GET " + JobPath;
    private const string List = "GET /v2/cloudvolumes/detail";

    private static readonly string GetVolume = "GET " + VolumePath;
    /// <param name="Tells">The line, without name; null = nothing is said.</param>
    /// <param name="Stays">Whether the record stays for later runs.</param>
    private sealed record Case(JournalEntry Entry, string? Tells, bool Stays, params (string Line, Func<SentRequest, HttpResponseMessage> Answer)[] Rules);

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["a job that has made a disk"] = new(OfJob, $"volume {Given.VolumeId}", true, (GetJob, Job("SUCCESS")), (GetVolume, Volume())),
        ["a job that has made a disk, which was answered"] = new(
            OfJob with { AnsweredAt = Now }, $"volume {Given.VolumeId} (this was answered to Pulumi, so most likely the stack has it)", true,
            (GetJob, Job("SUCCESS")), (GetVolume, Volume())),
        ["a job that runs and has named its disk"] = new(OfJob, $"volume {Given.VolumeId}", true, (GetJob, Job("RUNNING"))),
        ["a job that runs and has named nothing"] = new(
            OfJob, "the volume of job job-1, which the job (status RUNNING) has not named", true, (GetJob, Job("RUNNING", entities: []))),
        ["a job that failed and left a disk"] = new(OfJob, $"volume {Given.VolumeId}", true, (GetJob, Job("FAIL")), (GetVolume, Volume("error"))),
        ["a job that failed and left nothing"] = new(OfJob, null, true, (GetJob, Job("FAIL")), (GetVolume, NotFound)),
        ["a job whose disk somebody has deleted since"] = new(
            OfJob with { RequestedAt = Now.AddDays(-1) }, null, false, (GetJob, Job("SUCCESS")), (GetVolume, NotFound)),
        ["a job that is forgotten, of a disk that is known"] = new(
            OfJob with { VolumeId = Given.VolumeId }, $"volume {Given.VolumeId}", true, (GetJob, Error("Common.0011", "No jobs found.")), (GetVolume, Volume())),
        ["a request that nothing fits"] = new(
            WithoutJob, "perhaps a volume requested at 2026-03-01 11:59:00Z by the name \"data\", which does not show", true, (List, Volumes())),
        ["a request of long ago that nothing fits"] = new(WithoutJob with { RequestedAt = Now.AddDays(-1) }, null, false, (List, Volumes())),
        ["a request of long ago that nothing fits, when the service's clock says that it was not"] = new(
            WithoutJob with { RequestedAt = Now.AddDays(-1), ServiceTime = Now.AddMinutes(-1) },
            "perhaps a volume requested at 2026-02-28 12:00:00Z by the name \"data\", which does not show", true, (List, Volumes())),
        ["a request that one disk fits"] = new(WithoutJob, $"volume {Given.VolumeId}, by its looks", true, (List, Volumes(Disk()))),
        ["a request that several disks fit"] = new(
            WithoutJob, $"by its looks one of the volumes {Given.VolumeId}, other", true, (List, Volumes(Disk(), Disk(change: disk => disk["id"] = "other")))),
        ["a request with secret looks"] = new(
            WithoutJob with { Order = null }, "a volume requested at 2026-03-01 11:59:00Z, whose looks are secret", true),
        ["a service that does not answer"] = new(
            WithoutJob, "requested at 2026-03-01 11:59:00Z by the name \"data\"", true, (List, Error("EVS.5403", "Policy does not allow it.", 403))),
        ["another project"] = new(OfJob with { ProjectId = "other" }, null, true),
        ["another cloud"] = new(OfJob with { Endpoint = "evs.example" }, null, true),
        ["another stack"] = new(OfJob with { Urn = "urn:pulumi:prod::shop::evs:index:Volume::data" }, null, true),
    };

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public async Task A_killed_run_left(string name)
    {
        var (entry, tells, stays, rules) = Cases[name];
        var journal = new MemoryJournal(entry);
        using var rig = new VolumeRig(new StubCloud(rules), journal: journal);

        await TellAsync(rig);

        rig.Cloud.Log.Warnings.ShouldBe(tells is null
            ? []
            : [
                "An earlier run was killed while it was creating volumes. If the program still has a resource of these, this run finds its volume and uses it. "
                + $"If not, no stack has that volume: delete it in the console, or import it with `pulumi import`.\n  data: {tells}",
            ]);
        (journal.Entries.Count > 0).ShouldBe(stays);
    }

    [Fact]
    public async Task Without_a_record_nothing_is_asked()
    {
        using var rig = new VolumeRig(new StubCloud(), journal: new MemoryJournal());

        await TellAsync(rig);

        rig.Cloud.Opened.ShouldBe(0);
        rig.Cloud.Log.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_that_is_slow_holds_a_run_up_for_seconds_only()
    {
        var journal = new MemoryJournal(OfJob);
        VolumeRig? rig = null;
        using var slow = rig = new VolumeRig(
            new StubCloud(new StubHttp(async (_, _, cancel) =>
            {
                await Task.Delay(TimeSpan.FromHours(1), rig!.Cloud.Time, cancel);
                return StubHttp.Json("{}");
            })),
            journal: journal);

        await TellAsync(rig);

        rig.Cloud.Log.Warnings.ShouldHaveSingleItem().ShouldEndWith("\n  data: the volume of job job-1");
        rig.Cloud.Time.Elapsed.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task A_disk_that_has_been_imported_under_another_name_is_not_told_again()
    {
        var journal = new MemoryJournal(OfJob);
        using var rig = new VolumeRig(new StubCloud((GetJob, Job("SUCCESS")), (GetVolume, Volume())), journal: journal);
        await TellAsync(rig);

        rig.Guard.Known("urn:pulumi:dev::shop::evs:index:Volume::imported", Given.VolumeId);

        journal.Entries.ShouldBeEmpty();
    }

    private static Task TellAsync(VolumeRig rig) =>
        rig.Cloud.RunAsync(() => new LeftCreates(rig.Guard, rig.Cloud).TellAsync(Provider, rig.Cloud.Log, default));

    private static Func<SentRequest, HttpResponseMessage> Volumes(params JsonNode[] disks)
    {
        var body = new JsonObject { ["count"] = disks.Length, ["volumes"] = new JsonArray(disks) }.ToJsonString();
        return _ => StubHttp.Json(body);
    }
}
