using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Tests.Unit.Resources.Functions.LookupTests;

namespace PulumiEvs.Tests.Unit.Resources.Functions;

public sealed class VolumeLookupTests
{
    [Theory]
    [InlineData("hwdoc-evs_04_2007-resp", "available", null)]
    [InlineData("hwdoc-evs_04_3005-resp", "error_restoring", "5aa119a8-d25b-45a7-8d1b-88e127885635")]
    public async Task The_recorded_volume_is_found_by_its_id(string body, string status, string? enterpriseProject)
    {
        using var cloud = new StubCloud(($"GET /v2/cloudvolumes/{TestClient.VolumeId}", _ => StubHttp.Json(Recorded(body))));

        var found = (await Call(cloud, "getVolume", ("volumeId", TestClient.VolumeId))).Result;

        found["volumeId"].ShouldBe((PropertyValue)TestClient.VolumeId);
        found["name"].ShouldBe((PropertyValue)"restore_backup_0115efb3-678c-4a9e-bff6-d3cd278238b9");
        found["status"].ShouldBe((PropertyValue)status);
        found["size"].ShouldBe((PropertyValue)40);
        found["availabilityZone"].ShouldBe((PropertyValue)"az-dc-1");
        found["multiattach"].ShouldBe((PropertyValue)true);
        found["encrypted"].ShouldBe((PropertyValue)false);
        found["bootable"].ShouldBe((PropertyValue)false);
        found["wwn"].ShouldBe((PropertyValue)"688860300000d136fa16f48f05992360");
        found["tags"].ShouldBe((PropertyValue)PropertyMap.Of(("key1", "value1"), ("key2", "value2")));
        found["enterpriseProjectId"].ShouldBe((PropertyValue)enterpriseProject);
        found["attachments"].ShouldBe(new PropertyValue.List([]));
        found.ContainsKey("volumeType").ShouldBeFalse();
        found.ContainsKey("deleteSnapshots").ShouldBeFalse();
    }

    [Fact]
    public async Task A_name_must_fit_as_a_whole_even_where_the_service_matches_parts()
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/detail", _ => StubHttp.Json(
            """{"count":2,"volumes":[{"id":"v1","name":"data-2","status":"available"},{"id":"v2","name":"data","status":"available"}]}""")));

        var found = (await Call(cloud, "getVolume", ("name", "data"))).Result;

        found["volumeId"].ShouldBe((PropertyValue)"v2");
        cloud.Lines.ShouldHaveSingleItem().ShouldContain("name=data&");
    }

    [Fact]
    public async Task An_id_that_is_not_there_is_named_with_the_region()
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/nope", _ => StubHttp.EvsError("EVS.5404", "Volume nope could not be found.", 404)));

        var error = await Should.ThrowAsync<ResourceException>(() => Call(cloud, "getVolume", ("volumeId", "nope")));

        error.Kind.ShouldBe(FailureKind.NotFound);
        error.Message.ShouldBe("there is no volume with the id \"nope\" in the region eu-test-1 (at evs.eu-test-1.myhuaweicloud.com)");
    }

    [Fact]
    public async Task A_name_that_nothing_has_is_named()
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/detail", _ => StubHttp.Json("""{"count":0,"volumes":[]}""")));

        var error = await Should.ThrowAsync<ResourceException>(() => Call(cloud, "getVolume", ("name", "data")));

        error.Kind.ShouldBe(FailureKind.NotFound);
        error.Message.ShouldContain("no volume named \"data\"");
    }

    [Fact]
    public async Task A_name_that_several_have_is_an_error_with_their_ids()
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/detail", _ => StubHttp.Json(
            """
            {"count":2,"volumes":[
              {"id":"v1","name":"data","status":"available","size":10,"availability_zone":"az1"},
              {"id":"v2","name":"data","status":"in-use","size":20,"availability_zone":"az2"}]}
            """)));

        var error = await Should.ThrowAsync<ResourceException>(() => Call(cloud, "getVolume", ("name", "data")));

        error.Message.ShouldBe(
            "2 volumes are named \"data\": v1 (az1, 10 GiB, available), v2 (az2, 20 GiB, in-use). Give the volumeId of one of them.");
    }

    [Fact]
    public async Task Neither_id_nor_name_is_refused()
    {
        using var cloud = new StubCloud();

        (await Call(cloud, "getVolume")).Failures.ShouldHaveSingleItem().Reason.ShouldContain("neither is");
    }

    [Fact]
    public async Task Both_id_and_name_are_refused()
    {
        using var cloud = new StubCloud();

        (await Call(cloud, "getVolume", ("volumeId", "v"), ("name", "n"))).Failures.ShouldHaveSingleItem().Property.ShouldBe("name");
    }
}
