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
using static PulumiEvs.Tests.Unit.Resources.Volumes.VolumeUpdateTests;

namespace PulumiEvs.Tests.Unit.Resources.Volumes;

/// <summary>Updates that stop half-way: what was applied is reported as what the cloud has, and the next run does the rest.</summary>
public sealed class VolumeUpdateFailureTests
{
    private static readonly string GetVolume = "GET " + VolumePath;

    private static readonly string Put = "PUT " + VolumePath;

    private static readonly string TagAction = $"POST {VolumePath}/tags/action";

    private static readonly string Extend = $"POST /v2.1/cloudvolumes/{Given.VolumeId}/action";

    private static readonly PropertyMap Old = Inputs((Description, "d"), (VolumeProperties.Tags, Given.Tags(("a", "1"))));

    private static readonly PropertyMap New = Inputs((Name, "x"), (Size, 60));

    /// <summary>Name, description and tags changed, the size not.</summary>
    private static readonly PropertyMap HalfWay = Inputs((Name, "x"));

    [Fact]
    public async Task A_job_that_fails_leaves_what_was_done_before_it_in_the_state()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Old), Live(HalfWay, "error_extending"))),
            (Put, _ => StubHttp.Json("{}")),
            (TagAction, _ => StubHttp.Json("", 204)),
            (Extend, Accepted()),
            ("GET " + JobPath, Job("FAIL", "extendVolume", "EVS.2025", "volume is error_extending")));

        var partial = (await rig.UpdateAsync(Old, New, Outputs(Old))).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe(Given.VolumeId);
        partial.Outputs.ShouldInclude(PropertyMap.Of(
            (Name, "x"), (Size, 40), (Status, "error_extending"), (JobId, "job-1"), (Description, None), (VolumeProperties.Tags, None)));
        CreationMark.Of(partial.Outputs).ShouldBe(CreationState.Complete);
        WithoutTimes(partial.Reasons.ShouldHaveSingleItem()).ShouldBe(
            $"""
            updating volume "data" ({Given.VolumeId}): extending from 40 to 60 GiB failed after T: EVS.2025 volume is error_extending
              job: job-1 (extendVolume, status FAIL)
              request id: req-write
              left behind: volume {Given.VolumeId} in status error_extending; done before: changing name and description; deleting tag "a"
              what to do: The disk is left in an error state: look at it in the console, delete it or have the support repair it, then run again. Run `pulumi up` again, once the cause is gone: it does only what is still missing.
            """);
    }

    [Fact]
    public async Task The_next_run_does_only_what_is_still_missing()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(HalfWay), Live(New))), (Extend, Accepted()), ("GET " + JobPath, Job("SUCCESS", "extendVolume")));

        // The engine keeps the old inputs and the outputs that were reported.
        (await rig.UpdateAsync(Old, New, Outputs(HalfWay))).ShouldBeOfType<ResourceOutcome.Done>();

        rig.Writes.ShouldBe([Extend + """ {"os-extend":{"new_size":60}}"""]);
    }

    [Fact]
    public async Task A_program_that_goes_back_after_half_an_update_takes_back_that_half()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(HalfWay), Live(Old))), (Put, _ => StubHttp.Json("{}")), (TagAction, _ => StubHttp.Json("", 204)));

        await rig.UpdateAsync(Old, Old, Outputs(HalfWay));

        rig.Writes.ShouldBe(
        [
            Put + """ {"volume":{"name":"data","description":"d"}}""",
            TagAction + """ {"action":"create","tags":[{"key":"a","value":"1"}]}""",
        ]);
    }

    [Fact]
    public async Task A_first_request_that_is_refused_is_an_error_and_nothing_has_happened()
    {
        using var rig = new VolumeRig(
            (GetVolume, Live(Inputs(), "in-use")),
            (Extend, Error("EVS.1065", "Extending the volume failed, because the volume is shareable and in use.")));

        var error = await Should.ThrowAsync<EvsException>(() => rig.UpdateAsync(Inputs(), Inputs((Size, 60)), Outputs(Inputs())));

        error.Knowledge.ShouldBe(Knowledge.Refused);
        error.Message.ShouldContain("EVS.1065");
        error.Message.ShouldContain("A shared disk must be detached from every server before it grows.");
    }

    [Fact]
    public async Task A_later_request_that_is_refused_leaves_what_was_done_in_the_state()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Old), Live(Old.With(Name, "x")))),
            (Put, _ => StubHttp.Json("{}")),
            (Extend, Error("EVS.1042", "Insufficient volume quota.")));

        var partial = (await rig.UpdateAsync(Old, Old.With(New), Outputs(Old))).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Outputs.ShouldInclude(PropertyMap.Of((Name, "x"), (Size, 40), (Description, "d"), (VolumeProperties.Tags, Given.Tags(("a", "1")))));
        partial.Reasons.Single().ShouldContain("EVS.1042");
        partial.Reasons.Single().ShouldContain("done before: changing the name");
    }

    [Fact]
    public async Task A_first_request_without_a_clear_answer_is_reported_with_what_the_cloud_has()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Inputs()), Live(Inputs((Name, "x"))))), (Put, _ => throw new HttpRequestException("reset by peer")));

        var partial = (await rig.UpdateAsync(Inputs(), Inputs((Name, "x")), Outputs(Inputs()))).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Outputs[Name].ShouldBe((PropertyValue)"x");
        partial.Reasons.Single().ShouldContain("It is not known whether the service acted on it.");
        partial.Reasons.Single().ShouldContain("done before: nothing");
    }

    [Fact]
    public async Task A_disk_that_cannot_be_read_after_the_failure_is_reported_as_it_was_before()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Inputs()), Error("EVS.5500", "Internal server error.", 500))),
            (Extend, Accepted()),
            ("GET " + JobPath, Job("FAIL", "extendVolume", reason: "broken")));

        var partial = (await rig.UpdateAsync(Inputs(), Inputs((Size, 60)), Outputs(Inputs()))).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Outputs.ShouldInclude(PropertyMap.Of((Size, 40), (Status, "available")));
        partial.Reasons.Single().ShouldContain("left behind: the volume could not be read, so the state shows it as it was before; done before: nothing\n");
    }

    [Fact]
    public async Task A_new_secret_stays_secret_also_when_the_update_stops_after_it()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Inputs()), Live(Inputs((Description, "sesame"), (VolumeProperties.Tags, Given.Tags(("a", "sesame"))))))),
            (Put, _ => StubHttp.Json("{}")),
            (TagAction, _ => StubHttp.Json("", 204)),
            (Extend, Error("EVS.1042", "Insufficient volume quota.")));
        var @new = Inputs((Size, 60), (Description, Secret("sesame")), (VolumeProperties.Tags, Given.Tags(("a", Secret("sesame")))));

        var partial = (await rig.UpdateAsync(Inputs(), @new, Outputs(Inputs()))).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Outputs.ToString().ShouldNotContain("sesame");
        partial.Outputs.ShouldInclude(PropertyMap.Of((Description, Secret("sesame")), (VolumeProperties.Tags, Given.Tags(("a", Secret("sesame"))))));
    }

    [Fact]
    public async Task Out_of_time_while_a_job_runs()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Inputs()), Live(Inputs(), "extending"))), (Extend, Accepted()), ("GET " + JobPath, Job("RUNNING", "extendVolume")));

        var partial = (await rig.UpdateAsync(Inputs(), Inputs((Size, 60)), Outputs(Inputs()), timeout: TimeSpan.FromMinutes(2)))
            .ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Kind.ShouldBe(FailureKind.TimedOut);
        partial.Outputs.ShouldInclude(PropertyMap.Of((Size, 40), (Status, "extending")));
        partial.Reasons.Single().ShouldStartWith(
            $"updating volume \"data\" ({Given.VolumeId}): extending from 40 to 60 GiB timed out after 2 min (last: job RUNNING)\n");
        rig.Cloud.Time.Elapsed.ShouldBeInRange(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Out_of_time_before_anything_was_asked_for()
    {
        using var rig = new VolumeRig((GetVolume, Live(Inputs(), "backing-up")));

        var error = await Should.ThrowAsync<ResourceException>(
            () => rig.UpdateAsync(Inputs(), Inputs((Size, 60)), Outputs(Inputs()), timeout: TimeSpan.FromMinutes(2)));

        error.Kind.ShouldBe(FailureKind.TimedOut);
        error.Message.ShouldBe(
            $"updating volume \"data\" ({Given.VolumeId}) timed out after 2 min, while it was backing-up; nothing was changed. Run again.");
    }

    [Fact]
    public async Task Cancelled_while_a_job_runs()
    {
        using var cancel = new CancellationTokenSource();
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Inputs()), Live(Inputs(), "extending"))),
            (Extend, Accepted()),
            ("GET " + JobPath, request =>
            {
                cancel.Cancel();
                return Job("RUNNING", "extendVolume")(request);
            }
        ));

        var partial = (await rig.UpdateAsync(Inputs(), Inputs((Size, 60)), Outputs(Inputs()), cancel: cancel.Token)).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Kind.ShouldBe(FailureKind.Cancelled);
        partial.Outputs[Status].ShouldBe((PropertyValue)"extending");
    }

    [Fact]
    public async Task Cancelled_between_two_steps()
    {
        using var cancel = new CancellationTokenSource();
        using var rig = new VolumeRig((GetVolume, InTurn(Live(Inputs()), Live(Inputs((Name, "x"))))), (Put, _ => StubHttp.Json("{}")));
        var log = new CancellingLog(cancel, "extending from 40 to 60 GiB");

        var partial = (await rig.Cloud.RunAsync(() => rig.Resource.UpdateAsync(Given.Update(Inputs(), New, Outputs(Inputs())), log, cancel.Token)))
            .ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Kind.ShouldBe(FailureKind.Cancelled);
        partial.Outputs[Name].ShouldBe((PropertyValue)"x");
        partial.Reasons.Single().ShouldStartWith($"updating volume \"data\" ({Given.VolumeId}): extending from 40 to 60 GiB was cancelled before it began\n");
        rig.Writes.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelled_while_the_first_request_is_out_the_cloud_is_asked_what_became_of_it()
    {
        using var cancel = new CancellationTokenSource();
        var asked = 0;
        using var rig = Slow(
            request => request.Method == "PUT" ? TimeSpan.FromSeconds(30) : TimeSpan.Zero,
            (GetVolume, request => (++asked == 1 ? Live(Inputs()) : Live(Inputs((Name, "x"))))(request)),
            (Put, _ => StubHttp.Json("{}")));
        rig.Cloud.Time.CreateTimer(_ => cancel.Cancel(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        var partial = (await rig.UpdateAsync(Inputs(), Inputs((Name, "x")), Outputs(Inputs()), cancel: cancel.Token)).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Kind.ShouldBe(FailureKind.Cancelled);
        partial.Outputs[Name].ShouldBe((PropertyValue)"x");
        partial.Reasons.Single().ShouldStartWith(
            $"updating volume \"data\" ({Given.VolumeId}): changing the name was cancelled while its request was on its way: whether the service has acted on it "
            + "is not known\n");
    }

    [Fact]
    public async Task Cancelled_before_the_disk_was_looked_at_nothing_has_happened()
    {
        using var rig = new VolumeRig();

        var error = await Should.ThrowAsync<ResourceException>(
            () => rig.UpdateAsync(Inputs(), New, Outputs(Inputs()), cancel: new CancellationToken(canceled: true)));

        error.Kind.ShouldBe(FailureKind.Cancelled);
        rig.Cloud.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelled_after_the_last_step_the_disk_is_still_read()
    {
        using var cancel = new CancellationTokenSource();
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Inputs()), Live(Inputs((Size, 60))))), (Extend, Accepted()), ("GET " + JobPath, Job("SUCCESS", "extendVolume")));
        var log = new CancellingLog(cancel, "extending from 40 to 60 GiB: job SUCCESS, 0 s");

        var done = (await rig.Cloud.RunAsync(
            () => rig.Resource.UpdateAsync(Given.Update(Inputs(), Inputs((Size, 60)), Outputs(Inputs())), log, cancel.Token))).ShouldBeOfType<ResourceOutcome.Done>();

        cancel.IsCancellationRequested.ShouldBeTrue();
        done.Outputs[Size].ShouldBe((PropertyValue)60);
    }

    /// <summary>The state keeps the old inputs then; only its outputs can say that the service may have a secret by now.</summary>
    [Theory]
    [InlineData("old")]
    [InlineData(null)]
    public async Task A_secret_that_was_set_but_not_read_afterwards_is_secret_when_it_shows(string? before)
    {
        var old = before is null ? Inputs() : Inputs((Description, before), (VolumeProperties.Tags, Given.Tags(("a", before))));
        var @new = Inputs((Description, Secret("hush")), (VolumeProperties.Tags, Given.Tags(("a", Secret("hush")))));
        var isBack = false;
        var gone = InTurn(Live(old), Error("EVS.5500", "Internal server error.", 500));
        using var rig = new VolumeRig(
            (GetVolume, request => isBack ? Live(@new)(request) : gone(request)), (Put, _ => StubHttp.Json("{}")), (TagAction, _ => StubHttp.Json("", 204)));
        rig.Cloud.Log.HoldsSecrets = true;
        var partial = (await rig.UpdateAsync(old, @new, Outputs(old))).ShouldBeOfType<ResourceOutcome.Partial>();
        partial.Outputs[Description].IsSecret.ShouldBeTrue();
        isBack = true;

        var read = (await rig.ReadAsync(Given.VolumeId, old, partial.Outputs)).ShouldBeOfType<ResourceOutcome.Done>();

        read.Inputs![Description].ShouldBe(Secret("hush"));
        read.Outputs[Description].ShouldBe(Secret("hush"));
        read.Inputs[VolumeProperties.Tags].HasSecret.ShouldBeTrue();
        read.Outputs[VolumeProperties.Tags].HasSecret.ShouldBeTrue();
        rig.Cloud.Log.Debugs.ShouldNotContain(line => line.Contains("GET", StringComparison.Ordinal) && line.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Done_but_not_to_be_read_afterwards_is_no_success()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Inputs()), Error("EVS.5500", "Internal server error.", 500))), (Put, _ => StubHttp.Json("{}")));

        var partial = (await rig.UpdateAsync(Inputs(), Inputs((Name, "x")), Outputs(Inputs()))).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Outputs[Name].ShouldBe((PropertyValue)"data");
        partial.Reasons.Single().ShouldStartWith($"updating volume \"data\" ({Given.VolumeId}): reading it afterwards failed: ");
        partial.Reasons.Single().ShouldContain("done before: changing the name");
    }

    [Fact]
    public async Task A_disk_that_cannot_be_looked_at_any_more_is_not_changed_by_an_older_view()
    {
        using var rig = new VolumeRig((GetVolume, InTurn(Live(Inputs(), "attaching"), Error("EVS.5500", "Internal server error.", 500))));

        var error = await Should.ThrowAsync<EvsException>(() => rig.UpdateAsync(Inputs(), New, Outputs(Inputs())));

        error.Message.ShouldContain("EVS.5500");
        rig.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_in_an_error_state_is_changed_as_far_as_the_service_lets_it()
    {
        using var rig = new VolumeRig(
            (GetVolume, InTurn(Live(Inputs(), "error_extending"), Live(Inputs((Name, "x")), "error_extending"))), (Put, _ => StubHttp.Json("{}")));

        var done = (await rig.UpdateAsync(Inputs(), Inputs((Name, "x")), Outputs(Inputs()))).ShouldBeOfType<ResourceOutcome.Done>();

        done.Outputs.ShouldInclude(PropertyMap.Of((Name, "x"), (Status, "error_extending")));
    }

    /// <summary>Cancels when it hears a certain status.</summary>
    private sealed class CancellingLog(CancellationTokenSource cancel, string status) : IOperationLog
    {
        public void Status(string text)
        {
            if (text == status)
            {
                cancel.Cancel();
            }
        }

        public void Info(string text)
        {
        }

        public void Warning(string text)
        {
        }

        public void Debug(string text)
        {
        }
    }
}
