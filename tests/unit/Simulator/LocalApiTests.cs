using System.Text;
using System.Text.Json;
using EvsSimulator.Accounts;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Faults;
using EvsSimulator.Http;
using EvsSimulator.Http.Local;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class LocalApiTests
{
    private readonly LocalCloud cloud = new();
    private readonly FaultSet faults = new(1);
    private readonly LocalApi local;

    public LocalApiTests() => local = new LocalApi(cloud.Cloud, cloud.Accounts, faults, new RequestLog(10), new Activity(cloud.Clock), "/home/u/state.json");

    [Fact]
    public void A_disk_is_changed_behind_everybodys_back()
    {
        var volume = cloud.NewVolume(""","tags":{"a":"b"},"metadata":{"k":"v","old":"x"}""");

        var (status, body) = Edit(volume.Id, """
            {"status":"error","size":99,"name":"n","description":"d","volumeType":"ESSD","bootable":true,"multiattach":true,
             "enterpriseProjectId":"e","tags":{"c":"d"},"metadata":{"k":"w","old":null,"orderID":"o"},"addSnapshot":{"name":"s"}}
            """);

        status.ShouldBe(200);
        body.GetProperty("volume").GetProperty("name").GetString().ShouldBe("n");
        var changed = cloud.Volume(volume.Id);
        (changed.Status, changed.Size, changed.Name, changed.Description, changed.Type).ShouldBe(("error", 99, "n", "d", "ESSD"));
        (changed.Bootable, changed.Multiattach, changed.EnterpriseProjectId, changed.IsPrepaid).ShouldBe((true, true, "e", true));
        changed.Tags.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create("c", "d"));
        changed.Metadata.Keys.ShouldBe(["k", "orderID"]);
        cloud.Cloud.Run(world => world.Store.Snapshots.Single().Name).ShouldBe("s");
    }

    [Fact]
    public void A_disk_is_attached_detached_and_deleted_behind_everybodys_back()
    {
        var volume = cloud.NewVolume();

        Edit(volume.Id, """{"attach":{"serverId":"s1","device":"/dev/vdx"},"addSnapshot":{}}""").Status.ShouldBe(200);
        cloud.Volume(volume.Id).Attachments.ShouldHaveSingleItem().Device.ShouldBe("/dev/vdx");
        cloud.Volume(volume.Id).Status.ShouldBe("in-use");
        Edit(volume.Id, """{"detach":"*"}""").Status.ShouldBe(200);
        cloud.Volume(volume.Id).Status.ShouldBe("available");
        Edit(volume.Id, """{"delete":true}""").Status.ShouldBe(200);
        cloud.Cloud.Run(world => world.Store.Volumes.Count + world.Store.Snapshots.Count).ShouldBe(0);
        Edit(volume.Id, "{}").Status.ShouldBe(404);
    }

    [Fact]
    public void An_edit_with_an_unknown_member_is_refused()
    {
        var (status, body) = Edit(cloud.NewVolume().Id, """{"sise":1}""");

        status.ShouldBe(400);
        body.GetProperty("error").GetString()!.ShouldBe("unknown member sise");
    }

    [Fact]
    public void The_set_up_is_changed_and_shown()
    {
        var (status, body) = Call("POST", "/_local/config", """
            {"quotas":{"volumes":7},"soldOut":{"SSD":["local-1a"]},"jobDurations":{"*":"1s","createVolume":"2s"},"timeScale":2,
             "rateLimit":{"perSecond":100},"nameFilter":"fuzzy","clockOffsetSeconds":60,"tokenLifetimeSeconds":30,
             "invalidTokenStatus":400,"closedCatalogs":true,"images":[{"id":"i","minDisk":20}],"servers":[{"id":"s","status":"SHUTOFF"}],
             "projects":[{"id":"p","name":"n"}],"users":[{"name":"u","password":"hidden","deny":["delete*"]}]}
            """);

        status.ShouldBe(200, body.ToString());
        body.GetProperty("quotas").GetProperty("volumes").GetInt64().ShouldBe(7);
        body.GetProperty("jobDurations").GetProperty("createVolume").GetString().ShouldBe("2s");
        body.GetProperty("jobDurations").GetProperty("deleteVolume").GetString().ShouldBe("1s");
        body.GetProperty("rateLimit").GetProperty("burst").GetDouble().ShouldBe(100);
        body.ToString().ShouldNotContain("hidden");
        var settings = cloud.Cloud.Settings;
        (settings.TimeScale, settings.InvalidTokenStatus, settings.Sources.Closed).ShouldBe((2, 400, true));
        (settings.ClockOffset, settings.TokenLifetime).ShouldBe((TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30)));
        settings.Sources.Image("i")!.MinDisk.ShouldBe(20);
        settings.Sources.Image("j").ShouldBeNull();
        cloud.Accounts.Setup.Users.ShouldHaveSingleItem().May("deleteVolume").ShouldBeFalse();
    }

    [Fact]
    public void What_an_entry_of_a_set_up_leaves_out_has_its_default()
    {
        Call("POST", "/_local/config", """
            {"images":[{"id":"i"}],"backups":[{"id":"b"}],"keys":[{"id":"k"}],"servers":[{"id":"s"}],"projects":[{"id":"p","name":"n"}],
             "users":[{"name":"u"}],"agencies":[{"name":"a","user":"u"}],"serverAgency":{"user":"u"}}
            """).Status.ShouldBe(200);

        var sources = cloud.Cloud.Settings.Sources;
        sources.Images.ShouldHaveSingleItem().ShouldBe(new ImageEntry { Id = "i" });
        sources.Backups.ShouldHaveSingleItem().ShouldBe(new BackupEntry { Id = "b" });
        sources.Keys.ShouldHaveSingleItem().ShouldBe(new KeyEntry { Id = "k" });
        sources.Servers.ShouldHaveSingleItem().ShouldBe(new ServerEntry { Id = "s" });
        var setup = cloud.Accounts.Setup;
        setup.Projects.ShouldHaveSingleItem().ShouldBe(new Project { Id = "p", Name = "n" });
        setup.Agencies.ShouldHaveSingleItem().ShouldBe(new Agency { Name = "a", User = "u" });
        setup.ServerAgency.ShouldBe(new ServerAgency { User = "u" });
        var user = setup.Users.ShouldHaveSingleItem();
        (user.Domain, user.DenyCode, user.Reaches("p"), user.May("createVolume")).ShouldBe(("local-domain", "EVS.5403", true, true));
    }

    [Theory]
    [InlineData("""{"qotas":{}}""", "qotas")]
    [InlineData("""{"timeScale":0}""", "timeScale is 0")]
    [InlineData("""{"nameFilter":"regex"}""", "nameFilter is regex")]
    [InlineData("""{"invalidTokenStatus":403}""", "invalidTokenStatus is 403")]
    [InlineData("""{"jobDurations":{"createVolume":"soon"}}""", "soon")]
    [InlineData("""{"jobDurations":{"makeVolume":"1s"}}""", "makeVolume")]
    [InlineData("""{"rateLimit":{"perSecond":-1}}""", "rateLimit.perSecond is -1")]
    [InlineData("[]", "")]
    public void A_set_up_that_cannot_be_meant_is_refused_and_changes_nothing(string body, string reason)
    {
        var before = cloud.Cloud.Settings;

        var (status, answer) = Call("POST", "/_local/config", body);

        status.ShouldBe(400);
        answer.GetProperty("error").GetString()!.ShouldContain(reason);
        cloud.Cloud.Settings.ShouldBe(before);
    }

    [Fact]
    public void Faults_are_added_listed_and_cleared()
    {
        Call("POST", "/_local/faults", """[{"effect":"abort","name":"a"},{"effect":"delay","ms":5}]""").Body.ToString()
            .ShouldBe("""{"names":["a","fault-2"]}""");
        var listed = Call("GET", "/_local/faults").Body.GetProperty("faults");
        listed[1].GetProperty("spec").ToString().ShouldBe("""{"effect":"delay","leave":"error","afterActing":false,"ms":5}""");
        Call("DELETE", "/_local/faults/{name}", values: ("name", "a")).Status.ShouldBe(204);
        Call("DELETE", "/_local/faults/{name}", values: ("name", "a")).Status.ShouldBe(404);
        Call("DELETE", "/_local/faults").Status.ShouldBe(204);
        faults.Active.ShouldBeEmpty();
    }

    [Fact]
    public void The_state_shows_what_no_query_shows()
    {
        var volume = cloud.NewVolume();
        cloud.Call("DELETE", "/v2/{project}/cloudvolumes/{id}", values: ("id", volume.Id));
        cloud.Clock.Advance(10);
        cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody(name: "unseen"));

        var state = Call("GET", "/_local/state").Body;

        var unseen = state.GetProperty("volumes")[0];
        unseen.GetProperty("visible").GetBoolean().ShouldBeFalse();
        unseen.GetProperty("volume").GetProperty("name").GetString().ShouldBe("unseen");
        state.GetProperty("deleted")[0].GetProperty("id").GetString().ShouldBe(volume.Id);
        state.GetProperty("deletedCount").GetInt32().ShouldBe(1);
        state.GetProperty("jobs").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public void A_reset_forgets_everything_but_the_set_up()
    {
        cloud.NewVolume();
        Call("POST", "/_local/faults", """{"effect":"abort"}""");
        Call("POST", "/_local/config", """{"quotas":{"volumes":7}}""");

        Call("POST", "/_local/reset").Status.ShouldBe(204);

        cloud.Cloud.Run(world => world.Store.Volumes.Count + world.Store.Jobs.Count).ShouldBe(0);
        faults.Active.ShouldBeEmpty();
        cloud.Cloud.Settings.Quotas["volumes"].ShouldBe(7);
    }

    private (int Status, JsonElement Body) Edit(string id, string body) => Call("POST", "/_local/volumes/{id}", body, ("id", id));

    private (int Status, JsonElement Body) Call(string method, string template, string body = "", params (string Name, string Value)[] values)
    {
        var route = local.Routes.Single(route => route.Method == method && route.Template == template);
        var answer = route.Handle(new LocalCall(
            values.ToDictionary(value => value.Name, value => value.Value),
            new QueryCollection(QueryHelpers.ParseQuery("")),
            Encoding.UTF8.GetBytes(body)));
        return (answer.Status, answer.Body.IsEmpty ? default : JsonDocument.Parse(answer.Body).RootElement.Clone());
    }
}
