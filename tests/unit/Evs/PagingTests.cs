using System.Web;
using PulumiEvs.Evs;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs;

public sealed class PagingTests
{
    /// <summary>How a service tells where the next page begins.</summary>
    public enum Style
    {
        LinkWithMarker,
        LinkWithOffset,
        NoLinks,
        LinkAlsoOnTheLastPage,
    }

    [Theory]
    [InlineData(Style.LinkWithMarker, 2500, 1000, 3)]
    [InlineData(Style.LinkWithOffset, 2500, 1000, 3)]
    [InlineData(Style.NoLinks, 2500, 1000, 3)]
    [InlineData(Style.NoLinks, 2000, 1000, 3)]
    [InlineData(Style.LinkAlsoOnTheLastPage, 2000, 1000, 3)]
    [InlineData(Style.LinkWithMarker, 0, 1000, 1)]
    [InlineData(Style.LinkWithMarker, 7, 2, 4)]
    public async Task Every_disk_is_listed_once_however_the_pages_are_linked(Style style, int disks, int pageSize, int requests)
    {
        using var test = new TestClient(new StubHttp(request => Page(request, style, disks)));

        var listed = await test.RunAsync(client => ToListAsync(client.ListVolumesAsync(new VolumeFilter { PageSize = pageSize }, default)));

        listed.Select(volume => volume.Id).ShouldBe(Enumerable.Range(0, disks).Select(Id));
        test.Http.Requests.Count.ShouldBe(requests);
        test.Http.Requests.ShouldAllBe(request => request.Uri.Host == "evs.eu-test-1.myhuaweicloud.com");
    }

    [Fact]
    public async Task A_list_that_leads_back_to_where_it_was_ends()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.Json(
            """{"volumes":[{"id":"v0"},{"id":"v1"}],"volumes_links":[{"rel":"next","href":"https://x/volumes/detail?marker=v1"}]}""")));

        var listed = await test.RunAsync(client => ToListAsync(client.ListVolumesAsync(new VolumeFilter { PageSize = 2 }, default)));

        listed.Select(volume => volume.Id).ShouldBe(["v0", "v1"]);
        test.Http.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_disk_that_slips_to_the_next_page_meanwhile_is_listed_once()
    {
        using var test = new TestClient(new StubHttp(
            () => StubHttp.Json("""{"volumes":[{"id":"v0"},{"id":"v1"}]}"""), () => StubHttp.Json("""{"volumes":[{"id":"v1"}]}""")));

        var listed = await test.RunAsync(client => ToListAsync(client.ListVolumesAsync(new VolumeFilter { PageSize = 2 }, default)));

        listed.Select(volume => volume.Id).ShouldBe(["v0", "v1"]);
    }

    [Fact]
    public async Task A_filter_goes_into_the_query_under_its_documented_names()
    {
        using var test = new TestClient(new StubHttp(() => StubHttp.Json("""{"volumes":[]}""")));
        var filter = new VolumeFilter
        {
            Name = "data & more",
            Status = "available",
            AvailabilityZone = "az1",
            Id = "i",
            Ids = ["a", "b"],
            ServerId = "s",
            Multiattach = true,
            VolumeTypeId = "t",
            ServiceType = "EVS",
            EnterpriseProjectId = "0",
            DedicatedStorageId = "d",
            DedicatedStorageName = "dn",
            Metadata = new Dictionary<string, string> { ["k"] = "v" },
            SortKey = "size",
            SortDirection = "asc",
            PageSize = 50,
        };

        await test.RunAsync(client => ToListAsync(client.ListVolumesAsync(filter, default)));

        var query = HttpUtility.ParseQueryString(test.Http.Requests[0].Uri.Query);
        query.AllKeys.ToDictionary(key => key!, key => query[key]).ShouldBe(
            new Dictionary<string, string?>
            {
                ["name"] = "data & more",
                ["status"] = "available",
                ["availability_zone"] = "az1",
                ["id"] = "i",
                ["ids"] = "['a','b']",
                ["server_id"] = "s",
                ["multiattach"] = "true",
                ["volume_type_id"] = "t",
                ["service_type"] = "EVS",
                ["enterprise_project_id"] = "0",
                ["dedicated_storage_id"] = "d",
                ["dedicated_storage_name"] = "dn",
                ["metadata"] = """{"k":"v"}""",
                ["sort_key"] = "size",
                ["sort_dir"] = "asc",
                ["limit"] = "50",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task Snapshots_are_paged_in_the_same_way()
    {
        using var test = new TestClient(new StubHttp(
            () => StubHttp.Json("""{"snapshots":[{"id":"s0"}],"snapshots_links":[{"rel":"next","href":"https://172.28.9.185:8776/v2/p/snapshots/detail?limit=1&marker=s0"}]}"""),
            () => StubHttp.Json("""{"snapshots":[{"id":"s1"}],"snapshots_links":null}"""),
            () => StubHttp.Json("""{"snapshots":[]}""")));

        var listed = await test.RunAsync(client => ToListAsync(client.ListSnapshotsAsync(new SnapshotFilter { VolumeId = "v", PageSize = 1 }, default)));

        listed.Select(snapshot => snapshot.Id).ShouldBe(["s0", "s1"]);
        test.Http.Requests.Select(request => request.Uri.Query).ShouldBe(
            ["?volume_id=v&limit=1", "?volume_id=v&limit=1&marker=s0", "?volume_id=v&limit=1&marker=s1"]);
    }

    private static HttpResponseMessage Page(SentRequest request, Style style, int disks)
    {
        var query = HttpUtility.ParseQueryString(request.Uri.Query);
        var limit = int.Parse(query["limit"]!);
        var start = query["offset"] is { } offset ? int.Parse(offset) : query["marker"] is { } marker ? int.Parse(marker[1..]) + 1 : 0;
        var ids = Enumerable.Range(start, Math.Max(0, Math.Min(limit, disks - start))).Select(Id).ToList();
        var last = start + ids.Count >= disks;
        var position = style == Style.LinkWithOffset ? $"offset={start + ids.Count}" : $"marker={ids.LastOrDefault()}";
        var linked = style != Style.NoLinks && ids.Count > 0 && (!last || style == Style.LinkAlsoOnTheLastPage);
        var links = linked ? $$""","volumes_links":[{"rel":"next","href":"https://volume.localdomain.com:8776/v2/p/volumes/detail?limit={{limit}}&{{position}}"}]""" : "";
        return StubHttp.Json($$"""{"count":{{disks}},"volumes":[{{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}"}"""))}}]{{links}}}""");
    }

    private static string Id(int number) => $"v{number}";

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> source)
    {
        var list = new List<T>();
        await foreach (var item in source)
        {
            list.Add(item);
        }

        return list;
    }
}
