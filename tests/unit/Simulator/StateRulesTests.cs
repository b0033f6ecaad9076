using System.Collections.Immutable;
using EvsSimulator.Core.Catalog;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class StateRulesTests
{
    private static readonly string[] AllStatuses =
    [
        "creating", "downloading", "available", "in-use", "error", "attaching", "detaching", "backing-up", "restoring-backup",
        "error_restoring", "uploading", "extending", "error_extending", "deleting", "error_deleting", "rollbacking", "error_rollbacking",
        "retyping", "awaiting-transfer",
    ];

    public static TheoryData<string, string> Deletes
    {
        get
        {
            string[] deletable = ["available", "error", "error_extending", "error_restoring", "error_rollbacking"];
            var rows = new TheoryData<string, string>();
            foreach (var status in AllStatuses)
            {
                rows.Add(status, deletable.Contains(status) ? "" : status == "backing-up" ? "EVS.2130" : "EVS.1046");
            }

            return rows;
        }
    }

    public static TheoryData<string, string> Extends
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var status in AllStatuses)
            {
                rows.Add(status, status is "available" or "in-use" ? "" : "EVS.1064");
            }

            return rows;
        }
    }

    public static TheoryData<string, string, bool> Retypes
    {
        get
        {
            var allowed = new Dictionary<string, string[]>
            {
                ["SATA"] = ["SAS", "GPSSD", "SSD", "ESSD", "GPSSD2", "ESSD2"],
                ["SAS"] = ["GPSSD", "SSD", "ESSD", "GPSSD2", "ESSD2"],
                ["GPSSD"] = ["SSD", "ESSD", "GPSSD2", "ESSD2"],
                ["SSD"] = ["GPSSD", "ESSD", "GPSSD2", "ESSD2"],
                ["ESSD"] = ["GPSSD", "SSD", "GPSSD2", "ESSD2"],
                ["GPSSD2"] = [],
                ["ESSD2"] = [],
            };
            var rows = new TheoryData<string, string, bool>();
            foreach (var from in allowed.Keys)
            {
                foreach (var to in allowed.Keys)
                {
                    rows.Add(from, to, allowed[from].Contains(to));
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Deletes))]
    public void A_volume_is_deleted_only_in_the_documented_states(string status, string code)
    {
        var cloud = new LocalCloud();
        var volume = cloud.Set(cloud.NewVolume(), held => held with { Status = status });

        var (_, body) = cloud.Call("DELETE", "/v2/{project}/cloudvolumes/{id}", values: ("id", volume.Id));

        CodeOf(body).ShouldBe(code);
    }

    [Theory]
    [MemberData(nameof(Extends))]
    public void A_volume_grows_only_in_the_documented_states(string status, string code)
    {
        var cloud = new LocalCloud();
        var volume = cloud.Set(cloud.NewVolume(), held => held with { Status = status });

        CodeOf(Extend(cloud, volume.Id, 50)).ShouldBe(code);
    }

    [Theory]
    [InlineData("equal", 40, "EVS.1015")]
    [InlineData("smaller", 39, "EVS.1015")]
    [InlineData("larger", 41, "")]
    [InlineData("largest", 32768, "")]
    [InlineData("too large", 32769, "EVS.1010")]
    public void A_volume_only_grows_and_only_so_far(string name, int size, string code)
    {
        var cloud = new LocalCloud();

        CodeOf(Extend(cloud, cloud.NewVolume().Id, size)).ShouldBe(code, name);
    }

    [Fact]
    public void A_shared_volume_does_not_grow_while_it_is_attached()
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume(""","multiattach":true""");

        CodeOf(Extend(cloud, cloud.Attach(volume).Id, 50)).ShouldBe("EVS.1065");
    }

    [Theory]
    [InlineData("ACTIVE", "")]
    [InlineData("PAUSED", "")]
    [InlineData("SUSPENDED", "")]
    [InlineData("SHUTOFF", "")]
    [InlineData("ERROR", "EVS.1066")]
    [InlineData("REBOOT", "EVS.1066")]
    public void An_attached_volume_grows_only_while_its_server_allows_it(string serverStatus, string code)
    {
        var cloud = new LocalCloud(settings => settings with
        {
            Sources = new Sources { Servers = [new ServerEntry { Id = LocalCloud.ServerId, Status = serverStatus }] },
        });

        CodeOf(Extend(cloud, cloud.Attach(cloud.NewVolume()).Id, 50)).ShouldBe(code);
    }

    [Theory]
    [MemberData(nameof(Retypes))]
    public void A_type_changes_only_along_the_documented_matrix(string from, string to, bool allowed)
    {
        VolumeTypes.CanRetype(from, to).ShouldBe(allowed);
    }

    [Theory]
    [InlineData("error", "ESSD", "EVS.1031")]
    [InlineData("extending", "ESSD", "EVS.1031")]
    [InlineData("available", "SAS", "EVS.2087")]
    [InlineData("available", "SSD", "EVS.2087")]
    [InlineData("available", "TAPE", "EVS.2070")]
    [InlineData("available", "GPSSD", "EVS.2072")]
    [InlineData("available", "ESSD", "")]
    public void A_retype_is_checked_against_state_and_catalogue(string status, string newType, string code)
    {
        var cloud = new LocalCloud(settings => settings with { SoldOut = settings.SoldOut.Add("GPSSD", ["local-1a"]) });
        var volume = cloud.Set(cloud.NewVolume(), held => held with { Status = status });

        var (_, body) = cloud.Call(
            "POST", "/v2/{project}/volumes/{id}/retype", $$$"""{"os-retype":{"new_type":"{{{newType}}}"}}""", values: ("id", volume.Id));

        CodeOf(body).ShouldBe(code);
    }

    [Theory]
    [InlineData("SSD", "", "available", """{"qos_modify":{"iops":4000}}""", "EVS.1009")]
    [InlineData("GPSSD2", ""","iops":3000,"throughput":125""", "available", """{"qos_modify":{"throughput":200}}""", "EVS.1070")]
    [InlineData("GPSSD2", ""","iops":3000,"throughput":125""", "extending", """{"qos_modify":{"iops":4000}}""", "EVS.1031")]
    [InlineData("GPSSD2", ""","iops":3000,"throughput":125""", "available", """{"qos_modify":{"iops":20001}}""", "EVS.1009")]
    [InlineData("GPSSD2", ""","iops":3000,"throughput":125""", "in-use", """{"qos_modify":{"iops":4000,"throughput":1000}}""", "")]
    public void Performance_changes_only_where_it_is_provisioned(string type, string more, string status, string body, string code)
    {
        var cloud = new LocalCloud();
        var volume = cloud.Set(cloud.NewVolume(more, type), held => held with { Status = status });

        CodeOf(cloud.Call("PUT", "/v5/{project}/cloudvolumes/{id}/qos", body, values: ("id", volume.Id)).Body).ShouldBe(code);
    }

    [Theory]
    [InlineData("available", false, "")]
    [InlineData("in-use", false, "EVS.5400")]
    [InlineData("in-use", true, "")]
    [InlineData("extending", true, "EVS.5400")]
    public void A_snapshot_of_an_attached_volume_needs_force(string status, bool force, string code)
    {
        var cloud = new LocalCloud();
        var volume = cloud.Set(cloud.NewVolume(), held => held with { Status = status });
        var body = $$$"""{"snapshot":{"volume_id":"{{{volume.Id}}}","force":{{{(force ? "true" : "false")}}}}}""";

        CodeOf(cloud.Call("POST", "/v2/{project}/cloudsnapshots", body).Body).ShouldBe(code);
    }

    [Fact]
    public void A_snapshot_that_is_not_settled_is_not_deleted()
    {
        var cloud = new LocalCloud();
        cloud.Call("POST", "/v2/{project}/cloudsnapshots", $$$"""{"snapshot":{"volume_id":"{{{cloud.NewVolume().Id}}}"}}""");
        var id = cloud.Cloud.Run(world => world.Store.Snapshots.Single().Id);

        CodeOf(cloud.Call("DELETE", "/v2/{project}/cloudsnapshots/{id}", values: ("id", id)).Body).ShouldBe("EVS.1047");
        cloud.Clock.Advance(10);
        cloud.Answer("DELETE", "/v2/{project}/cloudsnapshots/{id}", values: ("id", id)).Status.ShouldBe(202);
        cloud.Clock.Advance(10);
        cloud.Call("GET", "/v2/{project}/cloudsnapshots/{id}", values: ("id", id)).Status.ShouldBe(404);
    }

    [Fact]
    public void Cinder_refuses_to_delete_a_volume_with_snapshots_unless_they_go_too()
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume();
        cloud.Call("POST", "/v2/{project}/cloudsnapshots", $$$"""{"snapshot":{"volume_id":"{{{volume.Id}}}"}}""");
        cloud.Clock.Advance(10);

        var (status, body) = cloud.Call("DELETE", "/v2/{project}/volumes/{id}", values: ("id", volume.Id));
        status.ShouldBe(400);
        body.GetProperty("badRequest").GetProperty("code").GetInt32().ShouldBe(400);

        cloud.Answer("DELETE", "/v2/{project}/volumes/{id}", null, null, "cascade=true", ("id", volume.Id)).Status.ShouldBe(202);
        cloud.Clock.Advance(10);
        cloud.Cloud.Run(world => world.Store.Volumes.Count + world.Store.Snapshots.Count).ShouldBe(0);
    }

    [Theory]
    [InlineData("gigabytes", 100, 61, "EVS.1042")]
    [InlineData("gigabytes_SSD", 100, 61, "EVS.1042")]
    [InlineData("per_volume_gigabytes", 90, 91, "EVS.1042")]
    [InlineData("gigabytes", 100, 60, "")]
    [InlineData("gigabytes_SAS", 1, 60, "")]
    [InlineData("gigabytes", -1, 60, "")]
    public void A_quota_counts_what_is_there_and_what_is_asked_for(string key, int limit, int size, string code)
    {
        var cloud = new LocalCloud(settings => settings with { Quotas = ImmutableSortedDictionary<string, long>.Empty.Add(key, limit) });
        cloud.NewVolume();

        CodeOf(cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody(size: size)).Body).ShouldBe(code);
    }

    [Fact]
    public void A_deleted_volume_frees_its_quota()
    {
        var cloud = new LocalCloud(settings => settings with { Quotas = settings.Quotas.Add("volumes", 1) });
        var volume = cloud.NewVolume();
        string Create() => CodeOf(cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody()).Body);

        Create().ShouldBe("EVS.1034");
        cloud.Call("DELETE", "/v2/{project}/cloudvolumes/{id}", values: ("id", volume.Id));
        Create().ShouldBe("EVS.1034", "the volume counts until its job ends");
        cloud.Clock.Advance(10);
        Create().ShouldBe("");
    }

    private static System.Text.Json.JsonElement Extend(LocalCloud cloud, string id, int size) => cloud.Call(
        "POST", "/v2/{project}/cloudvolumes/{id}/action", $$$"""{"os-extend":{"new_size":{{{size}}}}}""", values: ("id", id)).Body;

    private static string CodeOf(System.Text.Json.JsonElement body) =>
        body.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString()! : "";
}
