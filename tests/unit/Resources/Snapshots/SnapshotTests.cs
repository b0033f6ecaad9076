using System.Net;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Snapshots;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.Snapshots;

public sealed class SnapshotTests
{
    private const string Token = SnapshotDeclaration.Token;
    private const string Id = "2bb856e1-b3d8-4432-a858-09e4ce939389";
    private static readonly PropertyMap Inputs = PropertyMap.Of(("volumeId", "v1"), ("name", "daily"), ("description", "before the release"));

    [Fact]
    public void Check_names_the_snapshot_and_says_all_that_is_wrong()
    {
        using var cloud = new StubCloud();

        var result = Resource(cloud).Check(Requests.Check(Token, PropertyMap.Of(("description", new string('x', 256)), ("froce", true))));

        ((PropertyValue.Text)result.Inputs["name"]).Value.ShouldStartWith("it-");
        result.Failures.Select(failure => failure.Property).ShouldBe(["description", "froce", "volumeId"], ignoreOrder: true);
        result.Failures.Single(failure => failure.Property == "froce").Reason.ShouldContain("did you mean force?");
    }

    [Fact]
    public void A_name_that_belongs_to_backups_is_refused()
    {
        using var cloud = new StubCloud();

        Resource(cloud).Check(Requests.Check(Token, Inputs.With("name", "autobk_snapshot_1"))).Failures.ShouldHaveSingleItem().Property.ShouldBe("name");
    }

    [Theory]
    [InlineData("volumeId", true)]
    [InlineData("name", false)]
    [InlineData("description", false)]
    public void A_change_replaces_only_where_it_must(string property, bool replaces)
    {
        using var cloud = new StubCloud();

        var diff = Resource(cloud).Diff(Requests.Diff(Token, Inputs, Inputs.With(property, "other")));

        diff.Changes.ShouldHaveSingleItem().Path.ShouldBe(property);
        diff.Replaces.ShouldBe(replaces);
        diff.DeleteBeforeReplace.ShouldBeFalse();
    }

    [Fact]
    public async Task A_preview_asks_the_cloud_nothing()
    {
        using var cloud = new StubCloud();

        var outcome = await cloud.RunAsync(() => Resource(cloud).CreateAsync(Requests.Create(Token, Inputs, preview: true), cloud.Log, default));

        outcome.ShouldBe(new ResourceOutcome.Done("", Inputs));
        cloud.Opened.ShouldBe(0);
    }

    [Fact]
    public async Task Creating_waits_until_the_snapshot_is_available()
    {
        var statuses = new Queue<string>(["creating", "creating", "available"]);
        using var cloud = new StubCloud(
            ("POST /v2/cloudsnapshots", _ => StubHttp.Json(Body("creating"), 202)),
            ($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(Body(statuses.Dequeue()))));

        var outcome = await CreateAsync(cloud, Inputs.With("force", true));

        var done = outcome.ShouldBeOfType<ResourceOutcome.Done>();
        done.Id.ShouldBe(Id);
        done.Outputs.ShouldBe(Inputs.With(PropertyMap.Of(
            ("force", true),
            ("snapshotId", Id),
            ("status", "available"),
            ("size", 40),
            ("createdAt", "2026-03-01T12:00:00.000000"))));
        cloud.Requests[0].Body.ShouldBe("""{"snapshot":{"volume_id":"v1","name":"daily","description":"before the release","force":true}}""");
        cloud.Log.Statuses[0].ShouldBe("creating: snapshot creating, 0 s");
    }

    [Fact]
    public async Task A_snapshot_that_another_node_does_not_know_yet_is_waited_for()
    {
        var answers = new Queue<HttpResponseMessage>([NotFound(), StubHttp.Json(Body("available"))]);
        using var cloud = new StubCloud(
            ("POST /v2/cloudsnapshots", _ => StubHttp.Json(Body("creating"), 202)),
            ($"GET /v2/cloudsnapshots/{Id}", _ => answers.Dequeue()));

        (await CreateAsync(cloud, Inputs)).ShouldBeOfType<ResourceOutcome.Done>();
    }

    [Fact]
    public async Task A_snapshot_that_goes_into_error_stays_in_the_state_and_is_replaced_deleted_first()
    {
        using var cloud = new StubCloud(
            ("POST /v2/cloudsnapshots", _ => StubHttp.Json(Body("creating"), 202)),
            ($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(Body("error"))));

        var partial = (await CreateAsync(cloud, Inputs)).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Id.ShouldBe(Id);
        partial.Outputs["status"].ShouldBe((PropertyValue)"error");
        partial.Reasons.ShouldHaveSingleItem().ShouldContain($"the snapshot {Id} went into status error");
        var diff = Resource(cloud).Diff(Requests.Diff(Token, Inputs, Inputs, partial.Outputs, Id));
        diff.Replaces.ShouldBeTrue();
        diff.DeleteBeforeReplace.ShouldBeTrue();
    }

    [Fact]
    public async Task A_timed_out_create_keeps_the_id_and_the_next_update_goes_on_waiting()
    {
        var status = "creating";
        using var cloud = new StubCloud(
            ("POST /v2/cloudsnapshots", _ => StubHttp.Json(Body("creating"), 202)),
            ($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(Body(status))));
        var resource = Resource(cloud);

        var partial = (await cloud.RunAsync(() => resource.CreateAsync(
            Requests.Create(Token, Inputs, timeout: TimeSpan.FromSeconds(20)), cloud.Log, default))).ShouldBeOfType<ResourceOutcome.Partial>();

        partial.Kind.ShouldBe(FailureKind.TimedOut);
        partial.Reasons[0].ShouldContain("timed out after 20 s");
        partial.Reasons[0].ShouldContain("customTimeouts.create");

        // The engine reads it first, sees it still on its way, and updates without a change.
        var read = await cloud.RunAsync(() => resource.ReadAsync(Requests.Read(Token, Id, Inputs, partial.Outputs), cloud.Log, default));
        read.ShouldBeOfType<ResourceOutcome.Partial>().Reasons[0].ShouldContain("still being made");
        status = "available";
        var update = await cloud.RunAsync(() => resource.UpdateAsync(Requests.Update(Token, Id, Inputs, partial.Outputs, Inputs), cloud.Log, default));
        update.ShouldBeOfType<ResourceOutcome.Done>().Outputs["status"].ShouldBe((PropertyValue)"available");
        cloud.Lines.Count(line => line.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_leaves_nothing_behind()
    {
        using var cloud = new StubCloud(("POST /v2/cloudsnapshots", _ => StubHttp.EvsError("EVS.5400", "Invalid volume: must be available", 400)));

        (await Should.ThrowAsync<EvsException>(() => CreateAsync(cloud, Inputs))).Code.ShouldBe("EVS.5400");
    }

    [Fact]
    public async Task A_lost_answer_is_made_good_by_finding_the_snapshot()
    {
        using var cloud = new StubCloud(
            ("POST /v2/cloudsnapshots", _ => StubHttp.Text("bad gateway", 502)),
            ("GET /v2/cloudsnapshots/detail", _ => StubHttp.Json(List((Id, "daily", "2026-03-01T12:00:00.5")))),
            ($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(Body("available"))));

        (await CreateAsync(cloud, Inputs)).ShouldBeOfType<ResourceOutcome.Done>().Id.ShouldBe(Id);

        cloud.Log.Infos.ShouldHaveSingleItem().ShouldContain(Id);
        cloud.Lines.Count(line => line.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("none of that name was seen within 30 s")]
    [InlineData("none of that name was seen within 30 s", "s1", "daily", "2026-03-01T11:00:00")]
    [InlineData("none of that name was seen within 30 s", "s1", "daily-2", "2026-03-01T12:00:00")]
    [InlineData("it may be s1 or s2", "s1", "daily", "2026-03-01T12:00:00", "s2", "daily", "2026-03-01T12:00:00")]
    public async Task A_lost_answer_that_cannot_be_made_good_is_said_and_nothing_is_sent_twice(string expected, params string[] listed)
    {
        using var cloud = new StubCloud(
            ("POST /v2/cloudsnapshots", _ => StubHttp.Text("bad gateway", 502)),
            ("GET /v2/cloudsnapshots/detail", _ => StubHttp.Json(List([.. listed.Chunk(3).Select(row => (row[0], row[1], row[2]))]))));

        var error = await Should.ThrowAsync<ResourceException>(() => CreateAsync(cloud, Inputs));

        error.Kind.ShouldBe(FailureKind.Unknown);
        error.Message.ShouldContain(expected);
        cloud.Lines.Count(line => line.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_snapshot_that_a_resource_has_is_not_taken_for_a_lost_one()
    {
        using var cloud = new StubCloud(
            ("POST /v2/cloudsnapshots", _ => StubHttp.Text("bad gateway", 502)),
            ("GET /v2/cloudsnapshots/detail", _ => StubHttp.Json(List((Id, "daily", "2026-03-01T12:00:00")))));
        var resource = Resource(cloud);
        resource.Diff(Requests.Diff(Token, Inputs, Inputs, id: Id));

        await Should.ThrowAsync<ResourceException>(
            () => cloud.RunAsync(() => resource.CreateAsync(Requests.Create(Token, Inputs), cloud.Log, default)));
    }

    [Fact]
    public async Task Tags_where_the_cloud_has_none_are_refused_before_anything_is_made()
    {
        using var cloud = new StubCloud();

        var error = await Should.ThrowAsync<ResourceException>(() => CreateAsync(cloud, Inputs.With("tags", PropertyMap.Of(("env", "prod")))));

        error.Message.ShouldContain("Huawei Cloud has no tags of snapshots");
        cloud.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_cloud_has_tags_they_are_set_once_the_snapshot_is_there()
    {
        using var cloud = Otc(
            ("POST /v2/cloudsnapshots", _ => StubHttp.Json(Body("creating"), 202)),
            ($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(Body("available"))),
            ($"PUT /v2/os-vendor-tags/snapshots/{Id}", _ => StubHttp.Json("{}")));

        var done = (await CreateAsync(cloud, Inputs.With("tags", PropertyMap.Of(("env", "prod"))))).ShouldBeOfType<ResourceOutcome.Done>();

        done.Outputs["tags"].ShouldBe((PropertyValue)PropertyMap.Of(("env", "prod")));
        cloud.Requests[^1].Body.ShouldBe("""{"tags":{"env":"prod"}}""");
    }

    [Fact]
    public async Task A_snapshot_that_could_not_be_tagged_stays_and_is_tagged_by_the_next_update()
    {
        var inputs = Inputs.With("tags", PropertyMap.Of(("env", "prod")));
        var refuse = true;
        using var cloud = Otc(
            ("POST /v2/cloudsnapshots", _ => StubHttp.Json(Body("creating"), 202)),
            ($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(Body("available"))),
            ($"GET /v2/os-vendor-tags/snapshots/{Id}", _ => StubHttp.Json(refuse ? """{"tags":{}}""" : """{"tags":{"env":"prod"}}""")),
            ($"PUT /v2/os-vendor-tags/snapshots/{Id}", _ => refuse ? StubHttp.EvsError("EVS.5403", "Policy check failed.", 403) : StubHttp.Json("{}")));

        var partial = (await CreateAsync(cloud, inputs)).ShouldBeOfType<ResourceOutcome.Partial>();
        partial.Reasons[0].ShouldContain("was made, but not tagged");
        partial.Outputs.ContainsKey("tags").ShouldBeFalse();

        refuse = false;
        var update = await cloud.RunAsync(() => Resource(cloud).UpdateAsync(Requests.Update(Token, Id, inputs, partial.Outputs, inputs), cloud.Log, default));
        update.ShouldBeOfType<ResourceOutcome.Done>().Outputs["tags"].ShouldBe((PropertyValue)PropertyMap.Of(("env", "prod")));
    }

    [Fact]
    public async Task Renaming_is_one_request_and_clearing_a_description_sends_the_empty_text()
    {
        var body = Body("available");
        using var cloud = new StubCloud(
            ($"PUT /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(body = Body("available", name: "weekly", description: null))),
            ($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(body)));
        var state = State();

        var outcome = await cloud.RunAsync(() => Resource(cloud).UpdateAsync(
            Requests.Update(Token, Id, Inputs, state, Inputs.With("name", "weekly").Without("description")), cloud.Log, default));

        outcome.ShouldBeOfType<ResourceOutcome.Done>().Outputs.ShouldBe(state.With("name", "weekly").Without("description"));
        cloud.Requests.Single(request => request.Method == "PUT").Body.ShouldBe("""{"snapshot":{"name":"weekly","description":""}}""");
    }

    [Fact]
    public async Task An_update_without_a_change_in_the_cloud_asks_it_nothing()
    {
        using var cloud = new StubCloud();

        var outcome = await cloud.RunAsync(() => Resource(cloud).UpdateAsync(
            Requests.Update(Token, Id, Inputs, State(), Inputs.With("force", true)), cloud.Log, default));

        outcome.ShouldBe(new ResourceOutcome.Done(Id, State().With("force", true)));
        cloud.Opened.ShouldBe(0);
    }

    [Fact]
    public async Task The_preview_of_an_update_keeps_what_is_sure()
    {
        using var cloud = new StubCloud();

        var outcome = await Resource(cloud).UpdateAsync(
            Requests.Update(Token, Id, Inputs, State(), Inputs.With("name", "weekly"), preview: true), cloud.Log, default);

        outcome.ShouldBe(new ResourceOutcome.Done(Id, State().Without("status").With("name", "weekly")));
    }

    [Fact]
    public async Task Import_fills_in_what_the_cloud_tells_and_the_program_made_from_it_shows_no_change()
    {
        using var cloud = new StubCloud(($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(Body("available"))));
        var resource = Resource(cloud);

        var done = (await cloud.RunAsync(() => resource.ReadAsync(Requests.Read(Token, Id), cloud.Log, default))).ShouldBeOfType<ResourceOutcome.Done>();

        done.Inputs.ShouldBe(Inputs);
        var check = resource.Check(Requests.Check(Token, done.Inputs!, done.Inputs));
        check.Failures.ShouldBeEmpty();
        resource.Diff(Requests.Diff(Token, done.Inputs!, check.Inputs, done.Outputs, Id)).HasChanges.ShouldBeFalse();
    }

    [Fact]
    public async Task The_snapshot_of_a_backup_is_not_imported()
    {
        using var cloud = new StubCloud(($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(Body("available", name: "autobk_snapshot_2026"))));

        var error = await Should.ThrowAsync<ResourceException>(
            () => cloud.RunAsync(() => Resource(cloud).ReadAsync(Requests.Read(Token, Id), cloud.Log, default)));

        error.Message.ShouldContain("belongs to a backup");
    }

    [Fact]
    public async Task Refresh_shows_what_was_changed_outside_and_nothing_else()
    {
        using var cloud = new StubCloud(($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(Body("available", name: "renamed", description: null))));

        var done = (await cloud.RunAsync(() => Resource(cloud).ReadAsync(
            Requests.Read(Token, Id, Inputs.With("force", true), State().With("force", true)), cloud.Log, default))).ShouldBeOfType<ResourceOutcome.Done>();

        done.Inputs.ShouldBe(PropertyMap.Of(("volumeId", "v1"), ("name", "renamed"), ("description", ""), ("force", true)));
        done.Outputs["force"].ShouldBe((PropertyValue)true);
    }

    [Fact]
    public async Task Only_the_services_own_not_found_is_gone()
    {
        using var gone = new StubCloud(($"GET /v2/cloudsnapshots/{Id}", _ => NotFound()));
        using var broken = new StubCloud(($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Text("<html>404</html>", 404)));

        (await gone.RunAsync(() => Resource(gone).ReadAsync(Requests.Read(Token, Id, Inputs, State()), gone.Log, default))).ShouldBe(ResourceOutcome.Gone.Instance);
        await Should.ThrowAsync<EvsException>(() => broken.RunAsync(() => Resource(broken).ReadAsync(Requests.Read(Token, Id, Inputs, State()), broken.Log, default)));
    }

    [Fact]
    public async Task Deleting_waits_until_the_snapshot_is_gone()
    {
        var answers = new Queue<HttpResponseMessage>([
            StubHttp.Json(Body("available")), StubHttp.Json(Body("deleting")), StubHttp.Json(Body("deleting")), NotFound()]);
        using var cloud = new StubCloud(
            ($"GET /v2/cloudsnapshots/{Id}", _ => answers.Dequeue()),
            ($"DELETE /v2/cloudsnapshots/{Id}", _ => StubHttp.Json("", 202)));

        await DeleteAsync(cloud);

        answers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Gone_already_is_deleted()
    {
        using var cloud = new StubCloud(($"GET /v2/cloudsnapshots/{Id}", _ => NotFound()));

        await DeleteAsync(cloud);

        cloud.Lines.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_for_a_state_that_passes_is_waited_out()
    {
        var refusals = new Queue<HttpResponseMessage>([
            StubHttp.EvsError("EVS.1047", "snapshot status must be available or error when delete snapshot!", 400), new HttpResponseMessage(HttpStatusCode.Accepted)]);
        var gets = new Queue<HttpResponseMessage>([StubHttp.Json(Body("available")), StubHttp.Json(Body("available")), NotFound()]);
        using var cloud = new StubCloud(
            ($"GET /v2/cloudsnapshots/{Id}", _ => gets.Dequeue()),
            ($"DELETE /v2/cloudsnapshots/{Id}", _ => refusals.Dequeue()));

        await DeleteAsync(cloud);

        cloud.Log.Statuses.ShouldContain(status => status.Contains("EVS.1047", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_snapshot_in_error_deleting_is_explained()
    {
        using var cloud = new StubCloud(($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(Body("error_deleting"))));

        (await Should.ThrowAsync<ResourceException>(() => DeleteAsync(cloud))).Message.ShouldContain("in status error_deleting");
    }

    [Fact]
    public async Task A_delete_that_takes_too_long_says_so()
    {
        using var cloud = new StubCloud(
            ($"GET /v2/cloudsnapshots/{Id}", _ => StubHttp.Json(Body("deleting"))));

        var error = await Should.ThrowAsync<ResourceException>(() => cloud.RunAsync(() => Resource(cloud).DeleteAsync(
            Requests.Delete(Token, Id, Inputs, State(), TimeSpan.FromSeconds(30)), cloud.Log, default)));

        error.Kind.ShouldBe(FailureKind.TimedOut);
        error.Message.ShouldContain("deleting snapshot \"daily\"");
    }

    private static SnapshotResource Resource(StubCloud cloud) => new(cloud, () => TimeSpan.FromSeconds(30), () => Preflight.None);

    private static Task<ResourceOutcome> CreateAsync(StubCloud cloud, PropertyMap inputs) =>
        cloud.RunAsync(() => Resource(cloud).CreateAsync(Requests.Create(Token, inputs), cloud.Log, CancellationToken.None));

    private static Task DeleteAsync(StubCloud cloud) =>
        cloud.RunAsync(() => Resource(cloud).DeleteAsync(Requests.Delete(Token, Id, Inputs, State()), cloud.Log, CancellationToken.None));

    private static PropertyMap State() => Inputs.With(PropertyMap.Of(
        ("snapshotId", Id), ("status", "available"), ("size", 40), ("createdAt", "2026-03-01T12:00:00.000000")));

    private static StubCloud Otc(params (string Line, Func<SentRequest, HttpResponseMessage> Answer)[] rules) => new("opentelekomcloud", rules);

    private static HttpResponseMessage NotFound() => StubHttp.EvsError("EVS.5404", "Snapshot could not be found.", 404);

    private static string Body(string status, string name = "daily", string? description = "before the release") =>
        $$$"""
        {"snapshot":{"id":"{{{Id}}}","status":"{{{status}}}","name":"{{{name}}}","description":{{{(description is null ? "null" : $"\"{description}\"")}}},
         "volume_id":"v1","size":40,"created_at":"2026-03-01T12:00:00.000000","updated_at":null,"metadata":{} } }
        """;

    private static string List(params (string Id, string Name, string CreatedAt)[] rows)
    {
        var snapshots = rows.Select(row =>
            $$"""{"id":"{{row.Id}}","name":"{{row.Name}}","status":"creating","volume_id":"v1","created_at":"{{row.CreatedAt}}"}""");
        return $$"""{"snapshots":[{{string.Join(',', snapshots)}}]}""";
    }
}
