
namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class CinderTests
{
    private readonly LocalCloud cloud = new();

    [Fact]
    public void Cinder_extends_without_a_body_or_a_job()
    {
        var volume = cloud.NewVolume();

        var answer = cloud.Answer("POST", "/v3/{project}/volumes/{id}/action", """{"os-extend":{"new_size":50}}""", values: ("id", volume.Id));

        (answer.Status, answer.Body.Length).ShouldBe((202, 0));
        cloud.Clock.Advance(10);
        cloud.Cloud.Run(world => world.Store.Volume(volume.Id)!.Size).ShouldBe(50);
    }

    [Fact]
    public void Cinder_answers_a_full_quota_with_413()
    {
        cloud.Cloud.Change(settings => settings with { Quotas = settings.Quotas.Add("volumes", 0) });

        var (status, body) = cloud.Call("POST", "/v3/{project}/volumes", """{"volume":{"size":10}}""");

        status.ShouldBe(413);
        body.GetProperty("overLimit").GetProperty("code").GetInt32().ShouldBe(413);
    }

    [Theory]
    [InlineData("""{"os-set_bootable":{"bootable":true}}""", 200, "bootable", "true")]
    [InlineData("""{"os-update_readonly_flag":{"readonly":true}}""", 202, "readonly", "True")]
    public void Cinder_sets_flags(string body, int status, string member, string value)
    {
        var volume = cloud.NewVolume();

        cloud.Answer("POST", "/v2/{project}/volumes/{id}/action", body, values: ("id", volume.Id)).Status.ShouldBe(status);

        var shown = cloud.Call("GET", "/v2/{project}/volumes/{id}", values: ("id", volume.Id)).Body.GetProperty("volume");
        (member == "bootable" ? shown : shown.GetProperty("metadata")).GetProperty(member).GetString().ShouldBe(value);
    }

    [Fact]
    public void Metadata_is_merged_by_POST_replaced_by_PUT_and_removed_by_key()
    {
        var id = cloud.NewVolume(""","metadata":{"a":"1"}""").Id;

        Metadata("POST", """{"metadata":{"b":"2"}}""", id).ShouldBe("""{"metadata":{"a":"1","b":"2"}}""");
        Metadata("PUT", """{"metadata":{"c":"3","d":"4"}}""", id).ShouldBe("""{"metadata":{"c":"3","d":"4"}}""");
        cloud.Answer("DELETE", "/v2/{project}/volumes/{id}/metadata/{key}", null, null, "", ("id", id), ("key", "c")).Status.ShouldBe(200);
        cloud.Answer("DELETE", "/v2/{project}/volumes/{id}/metadata/{key}", null, null, "", ("id", id), ("key", "c")).Status.ShouldBe(404);
        Metadata("GET", null, id).ShouldBe("""{"metadata":{"d":"4"}}""");
    }

    [Theory]
    [InlineData("""{"metadata":{"k":1}}""")]
    [InlineData("""{}""")]
    [InlineData("{")]
    public void Metadata_that_is_not_text_is_refused(string body)
    {
        var (status, answer) = cloud.Call("POST", "/v2/{project}/volumes/{id}/metadata", body, values: ("id", cloud.NewVolume().Id));

        status.ShouldBe(400);
        answer.TryGetProperty("badRequest", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("name=s2", "s2")]
    [InlineData("status=error", "s1")]
    [InlineData("limit=1", "s3")]
    [InlineData("limit=1&offset=1", "s2")]
    [InlineData("availability_zone=local-1b", "")]
    [InlineData("", "s3,s2,s1")]
    public void Snapshots_are_filtered_and_paged(string query, string names)
    {
        var volume = cloud.NewVolume();
        foreach (var name in (string[])["s1", "s2", "s3"])
        {
            cloud.Call("POST", "/v2/{project}/cloudsnapshots", $$$"""{"snapshot":{"volume_id":"{{{volume.Id}}}","name":"{{{name}}}"}}""");
            cloud.Clock.Advance(10);
        }

        cloud.Cloud.Run(world =>
        {
            world.Store.Put(world.Store.Snapshots.Single(snapshot => snapshot.Name == "s1") with { Status = "error" });
            return 0;
        });

        Names(query).ShouldBe(names);
        Names(query.Length == 0 ? $"volume_id={volume.Id}" : $"{query}&volume_id={volume.Id}").ShouldBe(names);
    }

    [Theory]
    [InlineData("limit=x", "limit param must be an integer.")]
    [InlineData("limit=0", "limit param must be positive.")]
    [InlineData("offset=x", "offset param must be an integer.")]
    [InlineData("limit=1001", "invalid filter limit, can not greater than 1000.")]
    public void A_page_of_snapshots_that_cannot_be_meant_is_refused(string query, string message) =>
        cloud.Call("GET", "/v2/{project}/cloudsnapshots/detail", query: query).Body
            .GetProperty("error").GetProperty("message").GetString().ShouldBe(message);

    private string Names(string query) => string.Join(',', cloud.Call("GET", "/v2/{project}/cloudsnapshots/detail", query: query).Body
        .GetProperty("snapshots").EnumerateArray().Select(snapshot => snapshot.GetProperty("name").GetString()));

    private string Metadata(string method, string? body, string id) =>
        cloud.Call(method, "/v2/{project}/volumes/{id}/metadata", body, values: ("id", id)).Body.ToString();
}
