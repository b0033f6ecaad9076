using EvsSimulator.Http;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class TagTests
{
    private readonly LocalCloud cloud = new();

    [Theory]
    [InlineData("cloudvolumes")]
    [InlineData("os-vendor-volumes")]
    public void Tags_are_added_overwritten_and_removed_at_both_paths(string collection)
    {
        var volume = cloud.NewVolume(""","tags":{"keep":"1","change":"2","drop":"3"}""");

        Change(collection, volume.Id, """{"action":"create","tags":[{"key":"change","value":"new"},{"key":"add","value":""}]}""").ShouldBe(204);
        Change(collection, volume.Id, """{"action":"delete","tags":[{"key":"drop"},{"key":"never"}]}""").ShouldBe(204);

        cloud.Call("GET", $"/v2/{{project}}/{collection}/{{id}}/tags", values: ("id", volume.Id)).Body.ToString()
            .ShouldBe("""{"tags":[{"key":"add","value":""},{"key":"change","value":"new"},{"key":"keep","value":"1"}]}""");
        cloud.Volume(volume.Id).Tags.Keys.ShouldBe(["add", "change", "keep"]);
    }

    [Theory]
    [InlineData("""{"action":"replace","tags":[]}""", "EVS.1062")]
    [InlineData("""{"action":"create","tags":{}}""", "EVS.1062")]
    [InlineData("""{"action":"create","tags":[{"key":"a"}]}""", "EVS.1062")]
    [InlineData("""{"action":"create","tags":[{"key":"a b","value":"x"}]}""", "EVS.1062")]
    [InlineData("""{"action":"create","tags":[{"key":"k9","value":"x"},{"key":"k10","value":"x"}]}""", "EVS.1061")]
    public void A_bad_change_is_refused_whole(string body, string code)
    {
        var tags = string.Join(',', Enumerable.Range(0, 9).Select(number => $"\"k{number}\":\"v\""));
        var volume = cloud.NewVolume($$""","tags":{{{tags}}}""");

        LocalCloud.Code(cloud.Call("POST", "/v2/{project}/cloudvolumes/{id}/tags/action", body, values: ("id", volume.Id)).Body).ShouldBe(code);

        cloud.Volume(volume.Id).Tags.Count.ShouldBe(9);
    }

    [Fact]
    public void The_tags_of_a_project_are_collected()
    {
        cloud.NewVolume(""","tags":{"a":"1","b":"x"}""");
        cloud.NewVolume(""","tags":{"a":"2"}""");

        cloud.Call("GET", "/v2/{project}/cloudvolumes/tags").Body.ToString().ShouldBe("""{"tags":{"a":["1","2"],"b":["x"]}}""");
    }

    [Fact]
    public void Volumes_are_found_by_tag_and_name()
    {
        cloud.NewVolume(""","tags":{"a":"1"}""", name: "one");
        cloud.NewVolume(""","tags":{"a":"2"}""", name: "two");
        cloud.NewVolume(name: "three");
        int Count(string more) => cloud.Call("POST", "/v2/{project}/cloudvolumes/resource_instances/action", $$"""{"action":"count"{{more}}}""")
            .Body.GetProperty("total_count").GetInt32();

        Count("").ShouldBe(3);
        Count(""","tags":[{"key":"a","values":[]}]""").ShouldBe(2);
        Count(""","tags":[{"key":"a","values":["1","3"]}]""").ShouldBe(1);
        Count(""","matches":[{"key":"resource_name","value":"three"}]""").ShouldBe(1);
    }

    [Fact]
    public void The_old_path_replaces_the_whole_set()
    {
        var volume = cloud.NewVolume(""","tags":{"a":"1"}""");

        cloud.Call("PUT", "/v2/{project}/os-vendor-tags/volumes/{id}", """{"tags":{"b":"2"}}""", values: ("id", volume.Id)).Body.ToString()
            .ShouldBe("""{"tags":{"b":"2"}}""");
    }

    private int Change(string collection, string id, string body)
    {
        Answer answer = cloud.Answer("POST", $"/v2/{{project}}/{collection}/{{id}}/tags/action", body, values: ("id", id));
        return answer.Status;
    }
}
