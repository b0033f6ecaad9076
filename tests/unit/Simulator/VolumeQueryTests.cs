using System.Text.Json;
using EvsSimulator.Core.Catalog;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class VolumeQueryTests
{
    [Fact]
    public void Pages_follow_the_marker_until_all_volumes_were_seen_once_newest_first()
    {
        var cloud = WithVolumes(2345);
        var names = new List<string>();
        var marker = "";
        var pages = 0;

        while (true)
        {
            var body = List(cloud, $"limit=1000{marker}");
            pages++;
            body.GetProperty("count").GetInt32().ShouldBe(2345);
            names.AddRange(body.GetProperty("volumes").EnumerateArray().Select(volume => volume.GetProperty("name").GetString()!));
            if (!body.TryGetProperty("volumes_links", out var links))
            {
                break;
            }

            var next = links[0].GetProperty("href").GetString()!;
            next.ShouldStartWith("https://volume.localdomain.com:8776/v2/");
            marker = next[next.IndexOf("&marker=", StringComparison.Ordinal)..];
        }

        pages.ShouldBe(3);
        names.ShouldBe(Enumerable.Range(1, 2345).Reverse().Select(number => $"disk-{number:0000}"));
    }

    [Theory]
    [InlineData("", "4,3,2,1")]
    [InlineData("limit=2", "4,3")]
    [InlineData("limit=2&offset=1", "3,2")]
    [InlineData("offset=3", "1")]
    [InlineData("sort_dir=asc", "1,2,3,4")]
    [InlineData("sort_key=created_at&sort_dir=asc", "1,2,3,4")]
    [InlineData("sort_key=created_at&sort_dir=asc&limit=2&offset=2", "3,4")]
    [InlineData("sort_key=size&sort_dir=asc", "1,2,3,4")]
    [InlineData("sort_key=size&sort_dir=desc", "4,3,2,1")]
    [InlineData("name=disk-0002", "2")]
    [InlineData("name=disk", "")]
    [InlineData("status=error", "3")]
    [InlineData("availability_zone=local-1a", "4,3,2,1")]
    [InlineData("availability_zone=local-1b", "")]
    [InlineData("multiattach=true", "")]
    [InlineData("service_type=DSS", "")]
    [InlineData("enterprise_project_id=0", "4,3,2,1")]
    [InlineData("enterprise_project_id=all_granted_eps", "4,3,2,1")]
    [InlineData("server_id=s", "4")]
    [InlineData("metadata={\"owner\":\"me\"}", "2")]
    [InlineData("not_metadata={\"owner\":\"me\"}", "4,3,1")]
    [InlineData("volume_type_id=SSD_ID", "4,3,2,1")]
    [InlineData("volume_type_id=SSD", "")]
    public void A_list_is_filtered_sorted_and_cut(string query, string expected)
    {
        var cloud = WithVolumes(4);
        var volumes = cloud.Cloud.Run(world => world.Store.Volumes.OrderBy(volume => volume.Sequence).ToArray());
        cloud.Set(volumes[0], volume => volume with { Size = 10 });
        cloud.Set(volumes[1], volume => volume with { Size = 20, Metadata = volume.Metadata.Add("owner", "me") });
        cloud.Set(volumes[2], volume => volume with { Size = 30, Status = "error" });
        cloud.Set(volumes[3], volume => volume with { Size = 40, Attachments = [new("a", "s", "/dev/vdb", volume.CreatedAt)] });

        var names = List(cloud, query.Replace("SSD_ID", VolumeTypes.IdOf("SSD"), StringComparison.Ordinal)).GetProperty("volumes").EnumerateArray().Select(volume => volume.GetProperty("name").GetString()![^1]);

        string.Join(',', names).ShouldBe(expected);
    }

    [Fact]
    public void Ids_are_a_literal_list_that_wins_over_id_and_ignores_unknown_ones()
    {
        var cloud = WithVolumes(3);
        var ids = cloud.Cloud.Run(world => world.Store.Volumes.Select(volume => volume.Id).ToArray());

        List(cloud, $"ids=['{ids[0]}','none','{ids[2]}']&id={ids[1]}").GetProperty("count").GetInt32().ShouldBe(2);
        List(cloud, $"id={ids[1]}").GetProperty("count").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void A_fuzzy_name_filter_finds_parts_of_names()
    {
        var cloud = WithVolumes(3);
        cloud.Cloud.Change(settings => settings with { NameFilter = NameFilter.Fuzzy });

        List(cloud, "name=DISK-000").GetProperty("count").GetInt32().ShouldBe(3);
    }

    [Theory]
    [InlineData("limit=0", "EVS.1023")]
    [InlineData("limit=x", "EVS.1023")]
    [InlineData("limit=1001", "EVS.2142")]
    [InlineData("offset=-1", "EVS.5400")]
    [InlineData("marker=none", "EVS.1024")]
    [InlineData("sort_key=name", "EVS.1039")]
    [InlineData("sort_dir=up", "EVS.1040")]
    [InlineData("metadata=x", "EVS.1058")]
    public void A_filter_that_cannot_be_meant_is_refused(string query, string code) =>
        LocalCloud.Code(List(WithVolumes(1), query)).ShouldBe(code);

    [Fact]
    public void Renamed_and_deleted_volumes_are_found_by_their_name_of_now()
    {
        var cloud = WithVolumes(2);
        var volumes = cloud.Cloud.Run(world => world.Store.Volumes.OrderBy(volume => volume.Sequence).ToArray());
        cloud.Call("PUT", "/v2/{project}/cloudvolumes/{id}", """{"volume":{"name":"new"}}""", values: ("id", volumes[0].Id)).Status.ShouldBe(200);
        cloud.Call("DELETE", "/v2/{project}/cloudvolumes/{id}", values: ("id", volumes[1].Id)).Status.ShouldBe(200);
        cloud.Clock.Advance(10);

        List(cloud, "name=new").GetProperty("count").GetInt32().ShouldBe(1);
        List(cloud, "name=disk-0001").GetProperty("count").GetInt32().ShouldBe(0);
        List(cloud, "name=disk-0002").GetProperty("count").GetInt32().ShouldBe(0);
    }

    private static LocalCloud WithVolumes(int count)
    {
        var cloud = new LocalCloud();
        for (var made = 0; made < count; made += 100)
        {
            cloud.Call("POST", "/v3/{project}/cloudvolumes", LocalCloud.CreateBody($",\"count\":{Math.Min(100, count - made)}"));
            cloud.Clock.Advance(1);
        }

        cloud.Clock.Advance(10);
        cloud.Cloud.Run(world =>
        {
            foreach (var (volume, number) in world.Store.Volumes.OrderBy(volume => volume.Sequence).Select((volume, at) => (volume, at + 1)).ToArray())
            {
                world.Store.Put(volume with { Name = $"disk-{number:0000}" });
            }

            return 0;
        });
        return cloud;
    }

    private static JsonElement List(LocalCloud cloud, string query) =>
        cloud.Call("GET", "/v2/{project}/cloudvolumes/detail", query: query).Body;
}
