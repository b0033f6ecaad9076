using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Tests.Unit.Resources.Functions.LookupTests;

namespace PulumiEvs.Tests.Unit.Resources.Functions;

/// <summary>Types, zones, quotas, tags and snapshots against the bodies that the API references show.</summary>
public sealed class CatalogueLookupTests
{
    [Fact]
    public async Task The_recorded_types_come_with_their_zones_and_where_they_are_sold_out()
    {
        using var cloud = new StubCloud(("GET /v2/types", _ => StubHttp.Json(Recorded("hwdoc-evs_04_2071-resp"))));

        var found = (await Call(cloud, "getVolumeTypes")).Result;

        found["names"].ShouldBe(Texts("SAS", "SATA", "SSD"));
        var sas = Objects(found["volumeTypes"])[0];
        sas["volumeTypeId"].ShouldBe((PropertyValue)"6c81c680-df58-4512-81e7-ecf66d160638");
        sas["availabilityZones"].ShouldBe(Texts("az-dc-1", "az-dc-2"));
        sas["soldOutAvailabilityZones"].ShouldBe(Texts("az-dc-2"));
        sas["usableAvailabilityZones"].ShouldBe(Texts("az-dc-1"));
        sas["isPublic"].ShouldBe((PropertyValue)true);
        sas.ContainsKey("description").ShouldBeFalse();
    }

    [Theory]
    [InlineData("az-dc-1", new[] { "SAS", "SATA", "SSD" })]
    [InlineData("az-dc-2", new string[0])]
    [InlineData("elsewhere", new string[0])]
    public async Task Asked_for_a_zone_only_types_that_can_be_had_there_come(string zone, string[] names)
    {
        using var cloud = new StubCloud(("GET /v2/types", _ => StubHttp.Json(Recorded("hwdoc-evs_04_2071-resp"))));

        (await Call(cloud, "getVolumeTypes", ("availabilityZone", zone))).Result["names"].ShouldBe(Texts(names));
    }

    [Fact]
    public async Task A_type_of_which_the_cloud_names_no_zones_is_not_ruled_out()
    {
        using var cloud = new StubCloud(("GET /v2/types", _ => StubHttp.Json(
            """{"volume_types":[{"id":"1","name":"SSD","extra_specs":{}},{"id":"2","name":"SSD","extra_specs":{"RESKEY:availability_zones":"az1"}}]}""")));

        var found = (await Call(cloud, "getVolumeTypes", ("availabilityZone", "az2"), ("name", "SSD"))).Result;

        Objects(found["volumeTypes"]).ShouldHaveSingleItem()["volumeTypeId"].ShouldBe((PropertyValue)"1");
        Objects(found["volumeTypes"])[0].ContainsKey("usableAvailabilityZones").ShouldBeFalse();
    }

    [Fact]
    public async Task The_recorded_zones_are_listed()
    {
        using var cloud = new StubCloud(("GET /v2/os-availability-zone", _ => StubHttp.Json(Recorded("hwdoc-evs_04_2081-resp"))));

        (await Call(cloud, "getAvailabilityZones")).Result.ShouldBe(PropertyMap.Of(
            ("availabilityZones", new PropertyValue.List([PropertyMap.Of(("name", "az-dc-1"), ("available", true))])),
            ("names", Texts("az-dc-1"))));
    }

    [Fact]
    public async Task A_zone_that_is_not_available_is_listed_but_not_named_as_usable()
    {
        using var cloud = new StubCloud(("GET /v2/os-availability-zone", _ => StubHttp.Json(
            """{"availabilityZoneInfo":[{"zoneName":"b","zoneState":{"available":false}},{"zoneName":"a","zoneState":{"available":true}},{"zoneName":"c"}]}""")));

        var found = (await Call(cloud, "getAvailabilityZones")).Result;

        Objects(found["availabilityZones"]).Select(zone => zone["name"]).ShouldBe(["a", "b", "c"]);
        found["names"].ShouldBe(Texts("a", "c"));
    }

    [Fact]
    public async Task The_recorded_quotas_are_a_map_by_name()
    {
        using var cloud = new StubCloud(
            ("GET /v2/os-quota-sets", _ => StubHttp.Json(Recorded("hwdoc-evs_04_2073-resp"))));

        var found = (await Call(cloud, "getQuotas")).Result;

        found["projectId"].ShouldBe((PropertyValue)"cd631140887d4b6e9c786b67a6dd4c02");
        var quotas = ((PropertyValue.Map)found["quotas"]).Entries;
        quotas.Count.ShouldBe(14);
        quotas["gigabytes"].ShouldBe((PropertyValue)PropertyMap.Of(("limit", 42790), ("inUse", 2792), ("reserved", 0), ("remaining", 39998)));
        quotas["volumes_SSD"].ShouldBe((PropertyValue)PropertyMap.Of(("limit", -1), ("inUse", 28), ("reserved", 0)));
        cloud.Lines.ShouldHaveSingleItem().ShouldEndWith("usage=True");
    }

    [Fact]
    public async Task The_recorded_tags_of_a_volume_have_one_value_each()
    {
        using var cloud = new StubCloud(($"GET /v2/cloudvolumes/{TestClient.VolumeId}/tags", _ =>
            StubHttp.Json(Recorded("otcdoc-rec_tag_management_querying_tags_of_an_evs_disk-resp"))));

        (await Call(cloud, "getTags", ("volumeId", TestClient.VolumeId))).Result.ShouldBe(
            PropertyMap.Of(("tags", PropertyMap.Of(("key1", Texts("value1")), ("key2", Texts("value2"))))));
    }

    [Fact]
    public async Task The_recorded_tags_of_the_project_have_all_their_values()
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/tags", _ =>
            StubHttp.Json(Recorded("otcdoc-rec_tag_management_obtaining_all_tags_of_an_evs_resource_type-resp"))));

        (await Call(cloud, "getTags")).Result.ShouldBe(PropertyMap.Of((
            "tags",
            PropertyMap.Of(("key_0", Texts("value_0")), ("key_1", Texts("value_1", "value_2", "value_3", "value_4"))))));
    }

    [Fact]
    public async Task Tags_of_a_volume_that_is_not_there_are_an_error_with_its_id()
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/nope/tags", _ => StubHttp.EvsError("EVS.5404", "not found", 404)));

        var error = await Should.ThrowAsync<PulumiEvs.Resources.Contracts.ResourceException>(() => Call(cloud, "getTags", ("volumeId", "nope")));

        error.Message.ShouldContain("no volume with the id \"nope\"");
    }

    [Theory]
    [InlineData("hwdoc-evs_04_2021-resp", 1)]
    [InlineData("hwdoc-evs_04_2097-resp", 5)]
    [InlineData("hwdoc-evs_04_3060-resp", 5)]
    public async Task A_recorded_page_of_snapshots_is_read_whole(string body, int size)
    {
        var answers = new Queue<string>([Recorded(body), """{"snapshots":[]}"""]);
        using var cloud = new StubCloud(("GET /v2/cloudsnapshots/detail", _ => StubHttp.Json(answers.Dequeue())));

        var found = (await Call(cloud, "getSnapshots")).Result;

        var snapshot = Objects(found["snapshots"])[0];
        snapshot["snapshotId"].ShouldBe(((PropertyValue.List)found["snapshotIds"]).Items[0]);
        snapshot["status"].ShouldBe((PropertyValue)"available");
        snapshot["volumeId"].ShouldBeOfType<PropertyValue.Text>();
        snapshot["size"].ShouldBe((PropertyValue)size);
        snapshot["progress"].ShouldBe((PropertyValue)"100%");
        snapshot["createdAt"].ShouldBeOfType<PropertyValue.Text>();
    }

    [Fact]
    public async Task Snapshots_are_filtered_by_the_service_and_their_names_compared_here()
    {
        using var cloud = new StubCloud(("GET /v2/cloudsnapshots/detail", _ => StubHttp.Json(
            """{"snapshots":[{"id":"s1","name":"daily","status":"available"},{"id":"s2","name":"daily-2","status":"available"}]}""")));

        var found = (await Call(
            cloud,
            "getSnapshots",
            ("name", "daily"),
            ("status", "available"),
            ("volumeId", "v1"),
            ("snapshotId", "s1"),
            ("availabilityZone", "az1"),
            ("serviceType", "EVS"),
            ("enterpriseProjectId", "0"))).Result;

        found["snapshotIds"].ShouldBe(Texts("s1"));
        cloud.Requests.ShouldHaveSingleItem().Uri.Query.TrimStart('?').Split('&').ShouldBe(
            [
                "name=daily", "status=available", "volume_id=v1", "id=s1", "availability_zone=az1", "service_type=EVS", "enterprise_project_id=0",
                "limit=1000",
            ],
            ignoreOrder: true);
    }

    private static PropertyValue.List Texts(params string[] texts) => new([.. texts.Select(text => (PropertyValue)text)]);

    private static PropertyMap[] Objects(PropertyValue list) =>
        [.. ((PropertyValue.List)list).Items.Select(item => ((PropertyValue.Map)item).Entries)];
}
