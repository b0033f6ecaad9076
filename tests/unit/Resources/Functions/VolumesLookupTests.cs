using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Tests.Unit.Resources.Functions.LookupTests;

namespace PulumiEvs.Tests.Unit.Resources.Functions;

public sealed class VolumesLookupTests
{
    [Theory]
    [InlineData("hwdoc-evs_04_2006-resp")]
    [InlineData("hwdoc-evs_04_3004-resp")]
    [InlineData("hwdoc-evs_04_2069-resp")]
    [InlineData("hwdoc-evs_04_3033-resp")]
    public async Task A_recorded_page_is_read_whole(string body)
    {
        var answers = new Queue<string>([Recorded(body), """{"count":1,"volumes":[]}"""]);
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/detail", _ => StubHttp.Json(answers.Dequeue())));

        var found = (await Call(cloud, "getVolumes")).Result;

        var volumes = ((PropertyValue.List)found["volumes"]).Items;
        volumes.ShouldNotBeEmpty();
        var first = ((PropertyValue.Map)volumes[0]).Entries;
        first["volumeId"].ShouldBe(((PropertyValue.List)found["volumeIds"]).Items[0]);
        first["status"].ShouldBeOfType<PropertyValue.Text>().Value.ShouldNotBeEmpty();
        first["size"].ShouldBeOfType<PropertyValue.Number>().Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Two_thousand_five_hundred_volumes_come_as_one_list()
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/detail", request => StubHttp.Json(Page(request.Uri.Query, 2500))));

        var found = (await Call(cloud, "getVolumes")).Result;

        var ids = ((PropertyValue.List)found["volumeIds"]).Items.Select(id => ((PropertyValue.Text)id).Value).ToArray();
        ids.Length.ShouldBe(2500);
        ids.ShouldBeUnique();
        ids[2499].ShouldBe("v2499");
        cloud.Lines.Count.ShouldBe(3);
        cloud.Lines.ShouldAllBe(line => line.Contains("limit=1000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_filter_reaches_the_service_by_its_own_name()
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/detail", _ => StubHttp.Json("""{"volumes":[]}""")));

        await Call(
            cloud,
            "getVolumes",
            ("name", "data"),
            ("status", "in-use"),
            ("availabilityZone", "az1"),
            ("volumeIds", new PropertyValue.List(["a", "b"])),
            ("serverId", "s1"),
            ("multiattach", true),
            ("volumeTypeId", "t1"),
            ("metadata", PropertyMap.Of(("k", "v"))),
            ("serviceType", "DSS"),
            ("enterpriseProjectId", "all_granted_eps"),
            ("dedicatedStorageId", "d1"),
            ("dedicatedStorageName", "dn"),
            ("sortKey", "size"),
            ("sortDirection", "asc"));

        var query = Uri.UnescapeDataString(cloud.Requests.ShouldHaveSingleItem().Uri.Query);
        query.TrimStart('?').Split('&').ShouldBe(
            [
                "name=data", "status=in-use", "availability_zone=az1", "ids=['a','b']", "server_id=s1", "multiattach=true", "volume_type_id=t1",
                "metadata={\"k\":\"v\"}", "service_type=DSS", "enterprise_project_id=all_granted_eps", "dedicated_storage_id=d1",
                "dedicated_storage_name=dn", "sort_key=size", "sort_dir=asc", "limit=1000",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task What_the_service_does_not_filter_by_is_filtered_here()
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/detail", _ => StubHttp.Json(
            """
            {"volumes":[
              {"id":"v1","name":"data","status":"available","volume_type":"SSD","tags":{"env":"prod","team":"db"}},
              {"id":"v2","name":"data","status":"available","volume_type":"SAS","tags":{"env":"prod"}},
              {"id":"v3","name":"data","status":"available","volume_type":"SSD","tags":{"env":"test"}},
              {"id":"v4","name":"data-4","status":"available","volume_type":"SSD","tags":{"env":"prod"}}]}
            """)));

        var found = (await Call(cloud, "getVolumes", ("name", "data"), ("volumeType", "SSD"), ("tags", PropertyMap.Of(("env", "prod"))))).Result;

        found["volumeIds"].ShouldBe(new PropertyValue.List(["v1"]));
    }

    [Fact]
    public async Task No_volume_is_an_empty_list()
    {
        using var cloud = new StubCloud(("GET /v2/cloudvolumes/detail", _ => StubHttp.Json("""{"volumes":[]}""")));

        (await Call(cloud, "getVolumes", ("name", "nobody"))).Result.ShouldBe(
            PropertyMap.Of(("volumes", new PropertyValue.List([])), ("volumeIds", new PropertyValue.List([]))));
    }

    [Fact]
    public async Task An_empty_list_of_ids_asks_for_nothing_rather_than_for_everything()
    {
        using var cloud = new StubCloud();

        (await Call(cloud, "getVolumes", ("volumeIds", new PropertyValue.List([])))).Result["volumeIds"].ShouldBe(new PropertyValue.List([]));
    }

    [Fact]
    public async Task More_ids_than_the_service_takes_are_refused()
    {
        using var cloud = new StubCloud();
        var ids = new PropertyValue.List([.. Enumerable.Range(0, 61).Select(i => (PropertyValue)$"v{i}")]);

        (await Call(cloud, "getVolumes", ("volumeIds", ids))).Failures.ShouldHaveSingleItem().Reason.ShouldBe("must have at most 60 IDs, but has 61");
    }

    /// <summary>A page of a list of many, with the link to the next as the service makes it: internal host, another API's path.</summary>
    private static string Page(string query, int total)
    {
        var marker = query.TrimStart('?').Split('&').FirstOrDefault(pair => pair.StartsWith("marker=v", StringComparison.Ordinal));
        var start = marker is null ? 0 : int.Parse(marker["marker=v".Length..], System.Globalization.CultureInfo.InvariantCulture) + 1;
        var end = Math.Min(start + 1000, total);
        var volumes = string.Join(',', Enumerable.Range(start, end - start).Select(i => $$"""{"id":"v{{i}}","name":"n{{i}}","status":"available"}"""));
        var link = end < total
            ? $$""","volumes_links":[{"href":"https://172.28.9.185:8776/v2/p/volumes/detail?limit=1000&marker=v{{end - 1}}","rel":"next"}]"""
            : "";
        return $$"""{"count":{{total}},"volumes":[{{volumes}}]{{link}}}""";
    }
}
