using PulumiEvs.Evs.Errors;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.VolumeAttachments;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.VolumeAttachments;

public sealed class AttachmentTests
{
    private const string Token = AttachmentDeclaration.Token;
    private const string Id = "srv1/v1";
    private static readonly PropertyMap Inputs = PropertyMap.Of(("volumeId", "v1"), ("serverId", "srv1"), ("device", "/dev/sdb"));

    /// <summary>As the cloud tells it: KVM servers name devices otherwise than asked for.</summary>
    private static readonly PropertyMap State = Inputs.With(PropertyMap.Of(
        ("device", "/dev/vdb"), ("attachmentId", "a-srv1"), ("attachedAt", "2026-03-01T12:00:00.000000"), ("jobId", "job1")));

    [Fact]
    public void Check_says_all_that_is_wrong()
    {
        using var cloud = new StubCloud();

        new AttachmentResource(cloud).Check(Requests.Check(Token, PropertyMap.Of(("volumeId", ""), ("instanceId", "x"))))
            .Failures.Select(failure => failure.Property).ShouldBe(["volumeId", "instanceId", "serverId"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_preview_asks_nothing_and_does_not_promise_the_device()
    {
        using var cloud = new StubCloud();

        (await new AttachmentResource(cloud).CreateAsync(Requests.Create(Token, Inputs, preview: true), cloud.Log, default))
            .ShouldBe(new ResourceOutcome.Done("", Inputs.Without("device")));

        cloud.Opened.ShouldBe(0);
    }

    [Fact]
    public async Task Attaching_waits_for_the_job_of_ecs_and_reads_the_disk()
    {
        var world = new World();
        using var cloud = world.Cloud();

        var done = (await CreateAsync(cloud, Inputs)).ShouldBeOfType<ResourceOutcome.Done>();

        done.Id.ShouldBe(Id);
        done.Outputs.ShouldBe(State);
        var post = cloud.Requests.Single(request => request.Method == "POST");
        post.Uri.Host.ShouldBe("ecs.eu-test-1.myhuaweicloud.com");
        post.Body.ShouldBe("""{"volumeAttachment":{"volumeId":"v1","device":"/dev/sdb"}}""");
        cloud.Log.Statuses.ShouldContain(status => status.StartsWith("attaching: job RUNNING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attached_to_that_server_already_is_taken_over_without_a_request()
    {
        var world = new World { Attached = { "srv1" } };
        using var cloud = world.Cloud();

        (await CreateAsync(cloud, Inputs)).ShouldBeOfType<ResourceOutcome.Done>().Outputs.ShouldBe(State.Without("jobId"));

        cloud.Requests.ShouldAllBe(request => request.Method == "GET");
        cloud.Log.Infos.ShouldHaveSingleItem().ShouldContain("attached to server srv1 already");
    }

    [Fact]
    public async Task A_disk_that_another_server_has_is_not_attached()
    {
        var world = new World { Attached = { "other" } };
        using var cloud = world.Cloud();

        var error = await Should.ThrowAsync<ResourceException>(() => CreateAsync(cloud, Inputs));

        error.Kind.ShouldBe(FailureKind.Precondition);
        error.Message.ShouldContain("attached to server other and is no shared one");
    }

    [Fact]
    public async Task A_shared_disk_is_attached_to_several_servers()
    {
        var world = new World { Attached = { "other" }, Shared = true };
        using var cloud = world.Cloud();

        (await CreateAsync(cloud, Inputs)).ShouldBeOfType<ResourceOutcome.Done>();

        world.Attached.ShouldBe(["other", "srv1"]);
    }

    [Fact]
    public async Task A_shared_disk_that_another_attachment_moves_is_waited_for()
    {
        var world = new World { Attached = { "other" }, Shared = true, Refusals = 1 };
        using var cloud = world.Cloud();

        (await CreateAsync(cloud, Inputs)).ShouldBeOfType<ResourceOutcome.Done>();

        cloud.Lines.Count(line => line.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_by_another_attachment_that_is_over_at_the_next_look_is_no_reason_to_give_up()
    {
        var world = new World { Attached = { "other" }, Shared = true, QuickRefusals = 2 };
        using var cloud = world.Cloud();

        (await CreateAsync(cloud, Inputs)).ShouldBeOfType<ResourceOutcome.Done>();

        world.Attached.ShouldBe(["other", "quick-2", "quick-1", "srv1"]);
    }

    [Fact]
    public async Task A_refusal_while_the_disk_is_at_rest_is_final()
    {
        using var cloud = new StubCloud(
            ("GET /v2/cloudvolumes/v1", _ => StubHttp.Json("""{"volume":{"id":"v1","status":"available"}}""")),
            ("POST /v1/cloudservers/srv1/attachvolume", _ => StubHttp.EvsError("Ecs.0005", "server not found", 400)));

        (await Should.ThrowAsync<EvsException>(() => CreateAsync(cloud, Inputs))).Code.ShouldBe("Ecs.0005");
    }

    [Theory]
    [InlineData("error", "is in status error, and must be available")]
    [InlineData("awaiting-transfer", "is in status awaiting-transfer, and must be available")]
    public async Task A_disk_that_is_not_fit_is_refused(string status, string expected)
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/v1", _ => StubHttp.Json($$$"""{"volume":{"id":"v1","status":"{{{status}}}"}}""")));

        (await Should.ThrowAsync<ResourceException>(() => CreateAsync(cloud, Inputs))).Message.ShouldContain(expected);
    }

    [Fact]
    public async Task A_disk_that_is_not_there_is_refused()
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/v1", _ => NotFound()));

        (await Should.ThrowAsync<ResourceException>(() => CreateAsync(cloud, Inputs))).Message.ShouldBe(
            "attaching volume v1 to server srv1: the volume does not exist");
    }

    [Fact]
    public async Task A_job_that_fails_is_reported_and_leaves_nothing_in_the_state()
    {
        var world = new World { JobFails = true };
        using var cloud = world.Cloud();

        var error = await Should.ThrowAsync<ResourceException>(() => CreateAsync(cloud, Inputs));

        error.Kind.ShouldBe(FailureKind.Precondition);
        error.Message.ShouldContain("Ecs.0042 no slot left");
        error.Message.ShouldContain("job: job1");
        error.Message.ShouldContain("left behind: the volume is not attached to the server (status available)");
    }

    [Fact]
    public async Task A_wait_that_times_out_goes_on_with_the_next_up_and_attaches_once()
    {
        var world = new World { JobLooks = int.MaxValue };
        using var cloud = world.Cloud();
        var resource = new AttachmentResource(cloud);

        var partial = (await cloud.RunAsync(() => resource.CreateAsync(
            Requests.Create(Token, Inputs, timeout: TimeSpan.FromSeconds(30)), cloud.Log, default))).ShouldBeOfType<ResourceOutcome.Partial>();
        partial.Id.ShouldBe(Id);
        partial.Kind.ShouldBe(FailureKind.TimedOut);
        partial.Outputs["jobId"].ShouldBe((PropertyValue)"job1");
        partial.Outputs.ContainsKey("device").ShouldBeFalse();

        // The engine reads before it goes on.
        var read = await cloud.RunAsync(() => resource.ReadAsync(Requests.Read(Token, Id, Inputs, partial.Outputs), cloud.Log, default));
        read.ShouldBeOfType<ResourceOutcome.Partial>().Inputs.ShouldBe(Inputs);

        world.JobLooks = 1;
        var update = await cloud.RunAsync(() => resource.UpdateAsync(Requests.Update(Token, Id, Inputs, partial.Outputs, Inputs), cloud.Log, default));
        update.ShouldBeOfType<ResourceOutcome.Done>().Outputs.ShouldBe(State);
        cloud.Lines.Count(line => line.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_wait_keeps_the_attachment()
    {
        var world = new World { JobLooks = int.MaxValue };
        using var cloud = world.Cloud();
        using var cancel = new CancellationTokenSource();
        world.OnJobLook = looks =>
        {
            if (looks == 3)
            {
                cancel.Cancel();
            }
        };

        var partial = (await cloud.RunAsync(() => new AttachmentResource(cloud).CreateAsync(Requests.Create(Token, Inputs), cloud.Log, cancel.Token)))
            .ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Kind.ShouldBe(FailureKind.Cancelled);
        partial.Reasons[0].ShouldContain("was cancelled");
    }

    [Fact]
    public async Task A_job_that_is_forgotten_leaves_the_word_to_the_disk()
    {
        var world = new World { Attached = { "srv1" }, JobIsUnknown = true };
        using var cloud = world.Cloud();
        var unfinished = PulumiEvs.Resources.Volumes.CreationMark.Put(
            Inputs.Without("device").With("jobId", "job1"), PulumiEvs.Resources.Volumes.CreationState.Unfinished);

        var outcome = await cloud.RunAsync(() => new AttachmentResource(cloud).UpdateAsync(
            Requests.Update(Token, Id, Inputs, unfinished, Inputs), cloud.Log, default));

        outcome.ShouldBeOfType<ResourceOutcome.Done>().Outputs.ShouldBe(State);
    }

    [Theory]
    [InlineData("serverId", "srv2", true)]
    [InlineData("device", "/dev/sdc", true)]
    [InlineData("volumeId", "v2", true)]
    public void A_change_replaces_and_the_old_one_goes_first_where_it_is_in_the_way(string property, string value, bool deleteFirst)
    {
        using var cloud = new StubCloud();

        var diff = new AttachmentResource(cloud).Diff(Requests.Diff(Token, Inputs, Inputs.With(property, value), State, Id));

        diff.Replaces.ShouldBeTrue();
        diff.DeleteBeforeReplace.ShouldBe(deleteFirst);
    }

    [Fact]
    public void Another_disk_on_a_device_of_the_clouds_choosing_can_come_first()
    {
        using var cloud = new StubCloud();
        var inputs = Inputs.Without("device");

        var diff = new AttachmentResource(cloud).Diff(Requests.Diff(Token, inputs, inputs.With("volumeId", "v2"), State, Id));

        diff.Replaces.ShouldBeTrue();
        diff.DeleteBeforeReplace.ShouldBeFalse();
    }

    [Fact]
    public void A_device_that_the_cloud_named_otherwise_is_no_change()
    {
        using var cloud = new StubCloud();

        new AttachmentResource(cloud).Diff(Requests.Diff(Token, Inputs, Inputs, State, Id)).HasChanges.ShouldBeFalse();
    }

    [Fact]
    public async Task Refresh_shows_no_drift_for_a_device_that_was_named_otherwise_from_the_start()
    {
        using var cloud = new World { Attached = { "srv1" } }.Cloud();

        (await ReadAsync(cloud, Inputs, State)).ShouldBe(new ResourceOutcome.Done(Id, State, Inputs));
    }

    [Fact]
    public async Task Refresh_shows_a_device_that_was_changed_outside()
    {
        using var cloud = new World { Attached = { "srv1" } }.Cloud();

        var done = (await ReadAsync(cloud, Inputs, State.With("device", "/dev/vdz"))).ShouldBeOfType<ResourceOutcome.Done>();

        done.Inputs.ShouldBe(Inputs.With("device", "/dev/vdb"));
    }

    [Fact]
    public async Task Import_needs_server_and_volume_and_shows_no_change()
    {
        using var cloud = new World { Attached = { "srv1" } }.Cloud();
        var resource = new AttachmentResource(cloud);

        var done = (await cloud.RunAsync(() => resource.ReadAsync(Requests.Read(Token, Id), cloud.Log, default))).ShouldBeOfType<ResourceOutcome.Done>();

        done.Inputs.ShouldBe(Inputs.Without("device"));
        done.Outputs.ShouldBe(State.Without("jobId"));
        resource.Diff(Requests.Diff(Token, done.Inputs!, done.Inputs!, done.Outputs, Id)).HasChanges.ShouldBeFalse();
        resource.Diff(Requests.Diff(Token, done.Inputs!, Inputs.With("device", "/dev/vdb"), done.Outputs, Id)).HasChanges.ShouldBeFalse();
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("srv1/")]
    [InlineData("a/b/c")]
    public async Task An_id_of_another_form_is_refused_with_the_form(string id)
    {
        using var cloud = new StubCloud();

        var error = await Should.ThrowAsync<ResourceException>(() => new AttachmentResource(cloud).ReadAsync(Requests.Read(Token, id), cloud.Log, default));

        error.Message.ShouldContain("SERVER_ID/VOLUME_ID");
    }

    [Fact]
    public async Task Not_attached_to_that_server_any_more_is_gone()
    {
        using var other = new World { Attached = { "other" } }.Cloud();
        using var none = new StubCloud(("GET /v2/cloudvolumes/v1", _ => NotFound()));

        (await ReadAsync(other, Inputs, State)).ShouldBe(ResourceOutcome.Gone.Instance);
        (await ReadAsync(none, Inputs, State)).ShouldBe(ResourceOutcome.Gone.Instance);
    }

    [Fact]
    public async Task Detaching_waits_for_the_job_and_until_the_disk_is_free()
    {
        var world = new World { Attached = { "srv1" } };
        using var cloud = world.Cloud();

        await DeleteAsync(cloud);

        world.Attached.ShouldBeEmpty();
        cloud.Requests.Single(request => request.Method == "DELETE").Uri.Host.ShouldBe("ecs.eu-test-1.myhuaweicloud.com");
    }

    [Fact]
    public async Task Detaching_one_of_several_leaves_the_others()
    {
        var world = new World { Attached = { "other", "srv1" }, Shared = true };
        using var cloud = world.Cloud();

        await DeleteAsync(cloud);

        world.Attached.ShouldBe(["other"]);
    }

    [Fact]
    public async Task Detached_already_is_success_without_a_request()
    {
        using var cloud = new World { Attached = { "other" } }.Cloud();
        using var gone = new StubCloud(("GET /v2/cloudvolumes/v1", _ => NotFound()));

        await DeleteAsync(cloud);
        await DeleteAsync(gone);

        cloud.Requests.ShouldAllBe(request => request.Method == "GET");
        gone.Requests.ShouldAllBe(request => request.Method == "GET");
    }

    [Fact]
    public async Task A_detach_whose_job_fails_is_reported()
    {
        using var cloud = new World { Attached = { "srv1" }, JobFails = true }.Cloud();

        var error = await Should.ThrowAsync<ResourceException>(() => DeleteAsync(cloud));

        error.Message.ShouldStartWith("detaching volume v1 from server srv1 failed after");
        error.Message.ShouldContain("Ecs.0042 no slot left");
    }

    private static Task<ResourceOutcome> CreateAsync(StubCloud cloud, PropertyMap inputs) =>
        cloud.RunAsync(() => new AttachmentResource(cloud).CreateAsync(Requests.Create(Token, inputs), cloud.Log, CancellationToken.None));

    private static Task<ResourceOutcome> ReadAsync(StubCloud cloud, PropertyMap inputs, PropertyMap state) =>
        cloud.RunAsync(() => new AttachmentResource(cloud).ReadAsync(Requests.Read(Token, Id, inputs, state), cloud.Log, CancellationToken.None));

    private static Task DeleteAsync(StubCloud cloud) =>
        cloud.RunAsync(() => new AttachmentResource(cloud).DeleteAsync(Requests.Delete(Token, Id, Inputs, State), cloud.Log, CancellationToken.None));

    private static HttpResponseMessage NotFound() => StubHttp.EvsError("EVS.5404", "Volume v1 could not be found.", 404);

    /// <summary>One disk and the jobs of ECS that attach and detach it.</summary>
    private sealed class World
    {
        private int _looks;
        private int _passing;
        private string? _moving;
        private Action? _end;

        public List<string> Attached { get; } = [];

        public bool Shared { get; init; }

        /// <summary>How many looks at a job show it running.</summary>
        public int JobLooks { get; set; } = 2;

        public bool JobFails { get; init; }

        public bool JobIsUnknown { get; init; }

        /// <summary>How many attach requests meet the disk on its way to another server.</summary>
        public int Refusals { get; set; }

        /// <summary>How many attach requests meet the disk on its way to another server, which it has reached at the next look.</summary>
        public int QuickRefusals { get; set; }

        public Action<int>? OnJobLook { get; set; }

        public StubCloud Cloud() => new(
            ("GET /v2/cloudvolumes/v1", _ => StubHttp.Json(Volume())),
            ("POST /v1/cloudservers/srv1/attachvolume", _ => Attach()),
            ("DELETE /v1/cloudservers/srv1/detachvolume/v1", _ => Begin("detaching", () => Attached.Remove("srv1"))),
            ("GET /v1/jobs/job1", _ => Job()));

        private HttpResponseMessage Attach()
        {
            if (QuickRefusals > 0)
            {
                Attached.Add($"quick-{QuickRefusals--}");
                return StubHttp.EvsError("EVS.1031", "invalid resources status!", 400);
            }

            if (Refusals > 0)
            {
                // Another server gets the disk at this moment.
                Refusals--;
                _passing = 3;
                return StubHttp.EvsError("EVS.1046", "volume status must be available", 400);
            }

            return Begin("attaching", () => Attached.Add("srv1"));
        }

        private HttpResponseMessage Begin(string status, Action end)
        {
            (_moving, _end, _looks) = (status, end, 0);
            return StubHttp.Json("""{"job_id":"job1"}""", 200, ("X-Request-Id", "req-7"));
        }

        private HttpResponseMessage Job()
        {
            if (JobIsUnknown)
            {
                return StubHttp.EvsError("Common.0011", "No jobs found.", 400);
            }

            _looks++;
            OnJobLook?.Invoke(_looks);
            if (_looks <= JobLooks)
            {
                return StubHttp.Json("""{"status":"RUNNING","job_id":"job1","job_type":"attachVolume"}""");
            }

            _moving = null;
            if (JobFails)
            {
                return StubHttp.Json(
                    """{"status":"FAIL","job_id":"job1","job_type":"attachVolume","error_code":"Ecs.0042","fail_reason":"no slot left"}""");
            }

            _end?.Invoke();
            _end = null;
            return StubHttp.Json("""{"status":"SUCCESS","job_id":"job1","job_type":"attachVolume"}""");
        }

        private string Volume()
        {
            var status = _moving ?? (_passing-- > 0 ? "attaching" : Attached.Count > 0 ? "in-use" : "available");
            var attachments = string.Join(',', Attached.Select(server => $$"""
                {"server_id":"{{server}}","attachment_id":"a-{{server}}","device":"/dev/vdb","attached_at":"2026-03-01T12:00:00.000000"}
                """));
            return $$$"""{"volume":{"id":"v1","status":"{{{status}}}","multiattach":{{{(Shared ? "true" : "false")}}},"attachments":[{{{attachments}}}]}}""";
        }
    }
}
