using System.Text;
using EvsSimulator.Http;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class RequestSubjectTests
{
    private readonly LocalCloud cloud = new();

    [Theory]
    [InlineData("""{"volume":{"name":"new"}}""", "new")]
    [InlineData("""{"volume":{"name":1}}""", null)]
    [InlineData("""{"volume":[]}""", null)]
    [InlineData("not JSON", null)]
    [InlineData("", null)]
    public void A_create_is_about_the_volume_it_makes(string body, string? name) => NameOf(null, body).ShouldBe(name);

    [Fact]
    public void Everything_else_is_about_the_volume_it_leads_to()
    {
        var volume = cloud.NewVolume(name: "held");
        var (_, snapshot) = cloud.Call("POST", "/v2/{project}/cloudsnapshots", $$$"""{"snapshot":{"volume_id":"{{{volume.Id}}}"}}""");
        var jobId = cloud.Cloud.Run(world => world.Store.Jobs.First().Id);

        NameOf(volume.Id, "").ShouldBe("held");
        NameOf(jobId, "").ShouldBe("held");
        NameOf(snapshot.GetProperty("snapshot").GetProperty("id").GetString(), "").ShouldBe("held");
        NameOf(null, $$$"""{"snapshot":{"volume_id":"{{{volume.Id}}}","name":"s"}}""").ShouldBe("held");
        NameOf(null, $$$"""{"volumeAttachment":{"volumeId":"{{{volume.Id}}}"}}""").ShouldBe("held");
        NameOf("unknown", "").ShouldBeNull();
    }

    private string? NameOf(string? id, string body)
    {
        var values = new Dictionary<string, string> { ["project"] = LocalCloud.ProjectId };
        if (id is not null)
        {
            values["id"] = id;
        }

        return new RequestSubject(cloud.Cloud, values, Encoding.UTF8.GetBytes(body)).VolumeName();
    }
}
