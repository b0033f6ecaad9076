using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Snapshots;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.Snapshots;

public sealed class RollbackTests
{
    private const string Token = RollbackDeclaration.Token;
    private static readonly PropertyMap Inputs = PropertyMap.Of(("volumeId", "v1"), ("snapshotId", "s1"), ("triggers", PropertyMap.Of(("release", "7"))));

    [Fact]
    public async Task A_rollback_waits_until_the_volume_is_available_again()
    {
        var volumes = new Queue<string>(["available", "available", "rollbacking", "rollbacking", "available"]);
        using var cloud = Cloud(() => volumes.Dequeue());

        var done = (await CreateAsync(cloud)).ShouldBeOfType<ResourceOutcome.Done>();

        done.Id.ShouldBe("s1/20260301T120000Z");
        done.Outputs.ShouldBe(Inputs.With("requestedAt", "2026-03-01T12:00:00Z"));
        volumes.ShouldBeEmpty();
        var post = cloud.Requests.Single(request => request.Method == "POST");
        post.Body.ShouldBe("""{"rollback":{"volume_id":"v1"}}""");
    }

    [Fact]
    public async Task A_rollback_that_is_never_seen_moving_counts_as_done_after_a_moment()
    {
        using var cloud = Cloud(() => "available");

        (await CreateAsync(cloud)).ShouldBeOfType<ResourceOutcome.Done>();

        cloud.Time.Elapsed.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData("in-use", "is attached to server srv1, and must be available. Detach it first")]
    [InlineData("error", "is in status error, and must be available")]
    [InlineData("error_deleting", "is in status error_deleting, and must be available")]
    [InlineData("awaiting-transfer", "is in status awaiting-transfer, and must be available")]
    public async Task A_volume_that_is_not_available_is_not_touched(string status, string expected)
    {
        using var cloud = Cloud(() => status);

        var error = await Should.ThrowAsync<ResourceException>(() => CreateAsync(cloud));

        error.Kind.ShouldBe(FailureKind.Precondition);
        error.Message.ShouldContain(expected);
        error.Message.ShouldEndWith("Nothing was changed.");
        cloud.Requests.ShouldAllBe(request => request.Method == "GET");
    }

    [Fact]
    public async Task After_a_failed_rollback_another_one_may_be_tried()
    {
        var volumes = new Queue<string>(["error_rollbacking", "error_rollbacking", "rollbacking", "available"]);
        using var cloud = Cloud(() => volumes.Dequeue());

        (await CreateAsync(cloud)).ShouldBeOfType<ResourceOutcome.Done>();
    }

    [Fact]
    public async Task A_snapshot_of_another_volume_is_refused()
    {
        using var cloud = Cloud(() => "available", snapshot: """{"snapshot":{"id":"s1","status":"available","volume_id":"v2"}}""");

        (await Should.ThrowAsync<ResourceException>(() => CreateAsync(cloud))).Message.ShouldContain("snapshot s1 is of volume v2");
    }

    [Fact]
    public async Task A_snapshot_in_error_is_refused()
    {
        using var cloud = Cloud(() => "available", snapshot: """{"snapshot":{"id":"s1","status":"error","volume_id":"v1"}}""");

        (await Should.ThrowAsync<ResourceException>(() => CreateAsync(cloud))).Message.ShouldContain("is in status error, and must be available");
    }

    [Fact]
    public async Task A_snapshot_that_is_not_there_is_refused()
    {
        using var cloud = new StubCloud(("GET /v2/cloudsnapshots/s1", _ => StubHttp.EvsError("EVS.5404", "not found", 404)));

        (await Should.ThrowAsync<ResourceException>(() => CreateAsync(cloud))).Message.ShouldContain("snapshot s1 does not exist");
    }

    [Fact]
    public async Task A_rollback_that_fails_is_kept_and_runs_again_with_the_next_up()
    {
        var volumes = new Queue<string>(["available", "rollbacking", "error_rollbacking"]);
        using var cloud = Cloud(() => volumes.Dequeue());

        var partial = (await CreateAsync(cloud)).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Reasons[0].ShouldContain("the volume went into status error_rollbacking");
        new RollbackResource(cloud).Diff(Requests.Diff(Token, Inputs, Inputs, partial.Outputs)).Replaces.ShouldBeTrue();
    }

    [Fact]
    public async Task A_rollback_that_times_out_is_waited_for_by_the_next_up_and_not_begun_again()
    {
        var status = "available";
        using var cloud = Cloud(() => status, onPost: () => status = "rollbacking");
        var resource = new RollbackResource(cloud);

        var partial = (await cloud.RunAsync(() => resource.CreateAsync(
            Requests.Create(Token, Inputs, timeout: TimeSpan.FromMinutes(1)), cloud.Log, default))).ShouldBeOfType<ResourceOutcome.Partial>();
        partial.Kind.ShouldBe(FailureKind.TimedOut);
        resource.Diff(Requests.Diff(Token, Inputs, Inputs, partial.Outputs)).HasChanges.ShouldBeFalse();
        var read = await resource.ReadAsync(Requests.Read(Token, partial.Id, Inputs, partial.Outputs), cloud.Log, default);
        read.ShouldBeOfType<ResourceOutcome.Partial>();

        status = "available";
        var update = await cloud.RunAsync(() => resource.UpdateAsync(Requests.Update(Token, partial.Id, Inputs, partial.Outputs, Inputs), cloud.Log, default));
        update.ShouldBeOfType<ResourceOutcome.Done>().Outputs.ShouldBe(Inputs.With("requestedAt", "2026-03-01T12:00:00Z"));
        cloud.Lines.Count(line => line.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_answer_is_no_loss_while_the_volume_is_seen_rolling_back()
    {
        var volumes = new Queue<string>(["available", "rollbacking", "rollbacking", "available"]);
        using var cloud = Cloud(() => volumes.Dequeue(), post: () => StubHttp.Text("bad gateway", 502));

        (await CreateAsync(cloud)).ShouldBeOfType<ResourceOutcome.Done>();
    }

    [Fact]
    public async Task A_lost_answer_that_cannot_be_cleared_up_is_an_error()
    {
        using var cloud = Cloud(() => "available", post: () => StubHttp.Text("bad gateway", 502));

        var error = await Should.ThrowAsync<ResourceException>(() => CreateAsync(cloud));

        error.Kind.ShouldBe(FailureKind.Unknown);
        error.Message.ShouldContain("It is not known whether rolling volume v1 back to snapshot s1 was begun");
        cloud.Lines.Count(line => line.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("volumeId", "v2")]
    [InlineData("snapshotId", "s2")]
    public void A_changed_input_runs_it_again(string property, string value)
    {
        using var cloud = new StubCloud();

        new RollbackResource(cloud).Diff(Requests.Diff(Token, Inputs, Inputs.With(property, value))).Replaces.ShouldBeTrue();
    }

    [Fact]
    public void A_changed_trigger_runs_it_again_and_an_unchanged_one_does_not()
    {
        using var cloud = new StubCloud();
        var resource = new RollbackResource(cloud);

        resource.Diff(Requests.Diff(Token, Inputs, Inputs.With("triggers", PropertyMap.Of(("release", "8"))))).Replaces.ShouldBeTrue();
        resource.Diff(Requests.Diff(Token, Inputs, Inputs)).HasChanges.ShouldBeFalse();
    }

    [Fact]
    public async Task Preview_refresh_and_delete_ask_the_cloud_nothing()
    {
        using var cloud = new StubCloud();
        var resource = new RollbackResource(cloud);
        var state = Inputs.With("requestedAt", "2026-03-01T12:00:00Z");

        (await resource.CreateAsync(Requests.Create(Token, Inputs, preview: true), cloud.Log, default)).ShouldBe(new ResourceOutcome.Done("", Inputs));
        (await resource.ReadAsync(Requests.Read(Token, "s1/x", Inputs, state), cloud.Log, default)).ShouldBe(new ResourceOutcome.Done("s1/x", state, Inputs));
        await resource.DeleteAsync(Requests.Delete(Token, "s1/x", Inputs, state), cloud.Log, default);

        cloud.Opened.ShouldBe(0);
    }

    [Fact]
    public async Task An_action_cannot_be_imported()
    {
        using var cloud = new StubCloud();

        var error = await Should.ThrowAsync<ResourceException>(() => new RollbackResource(cloud).ReadAsync(Requests.Read(Token, "x"), cloud.Log, default));

        error.Message.ShouldContain("cannot be imported");
    }

    private static StubCloud Cloud(
        Func<string> status,
        string snapshot = """{"snapshot":{"id":"s1","status":"available","volume_id":"v1"}}""",
        Action? onPost = null,
        Func<HttpResponseMessage>? post = null) => new(
        ("GET /v2/cloudsnapshots/s1", _ => StubHttp.Json(snapshot)),
        ("GET /v2/cloudvolumes/v1", _ => StubHttp.Json(Volume(status()))),
        ("POST /v2/cloudsnapshots/s1/rollback", _ =>
        {
            onPost?.Invoke();
            return post?.Invoke() ?? StubHttp.Json("""{"rollback":{"volume_id":"v1"}}""", 202);
        }
    ));

    private static string Volume(string status) =>
        $$$"""{"volume":{"id":"v1","status":"{{{status}}}","attachments":[{{{(status == "in-use" ? """{"server_id":"srv1"}""" : "")}}}]}}""";

    private static Task<ResourceOutcome> CreateAsync(StubCloud cloud) =>
        cloud.RunAsync(() => new RollbackResource(cloud).CreateAsync(Requests.Create(Token, Inputs), cloud.Log, CancellationToken.None));
}
