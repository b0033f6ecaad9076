using System.Text.Json;
using EvsSimulator.Core.Catalog;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class ServerTests
{
    private readonly LocalCloud cloud = new();

    [Fact]
    public void A_shared_volume_is_attached_to_several_servers_with_a_device_of_each()
    {
        var shared = cloud.NewVolume(""","multiattach":true""");
        var other = cloud.NewVolume();

        Attach("s1", other.Id).Status.ShouldBe(200);
        cloud.Clock.Advance(10);
        Attach("s1", shared.Id).Status.ShouldBe(200);
        cloud.Clock.Advance(10);
        Attach("s2", shared.Id).Status.ShouldBe(200);
        cloud.Clock.Advance(10);

        cloud.Cloud.Run(world => world.Store.Volume(shared.Id)!.Attachments.Select(held => (held.ServerId, held.Device)).ToArray())
            .ShouldBe([("s1", "/dev/vdc"), ("s2", "/dev/vdb")]);
        Detach("s1", shared.Id).Status.ShouldBe(200);
        cloud.Clock.Advance(10);
        var left = cloud.Cloud.Run(world => world.Store.Volume(shared.Id)!);
        (left.Status, left.Attachments.Single().ServerId).ShouldBe(("in-use", "s2"));
    }

    [Fact]
    public void What_the_block_storage_refuses_comes_wrapped_by_the_server_API()
    {
        var volume = cloud.NewVolume();
        Attach("s1", volume.Id);

        var (status, body) = Attach("s2", volume.Id);

        status.ShouldBe(400);
        LocalCloud.Code(body).ShouldBe("Ecs.0025");
        body.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("""{"error":{"message":"invalid resources status!","code":"EVS.1031"}}""");
    }

    [Theory]
    [InlineData("s1", "none", 404, "Ecs.0025")]
    [InlineData("nobody", "", 404, "Ecs.0114")]
    public void An_attachment_needs_a_server_and_a_volume(string server, string volume, int status, string code)
    {
        cloud.Cloud.Change(settings => settings with { Sources = new Sources { Closed = true, Servers = [new ServerEntry { Id = "s1" }] } });

        var (answered, body) = Attach(server, volume.Length == 0 ? cloud.NewVolume().Id : volume);

        (answered, LocalCloud.Code(body)).ShouldBe((status, code));
    }

    [Fact]
    public void A_device_is_used_once()
    {
        Attach("s1", cloud.NewVolume().Id, "/dev/vdd").Status.ShouldBe(200);
        cloud.Clock.Advance(10);

        LocalCloud.Code(Attach("s1", cloud.NewVolume().Id, "/dev/vdd").Body).ShouldBe("Ecs.0005");
    }

    [Fact]
    public void A_volume_that_is_not_attached_is_not_detached() => Detach("s1", cloud.NewVolume().Id).Status.ShouldBe(404);

    [Fact]
    public void A_create_can_attach_at_once()
    {
        var body = LocalCloud.CreateBody()[..^1] + ",\"server_id\":\"s1\"}";

        cloud.Call("POST", "/v2.1/{project}/cloudvolumes", body).Status.ShouldBe(202);
        cloud.Clock.Advance(10);

        var volume = cloud.Cloud.Run(world => world.Store.Volumes.Single());
        (volume.Status, volume.Attachments.Single().ServerId).ShouldBe(("in-use", "s1"));
    }

    private (int Status, JsonElement Body) Attach(string server, string volumeId, string? device = null) => cloud.Call(
        "POST",
        "/v1/{project}/cloudservers/{server}/attachvolume",
        device is null
            ? $$$"""{"volumeAttachment":{"volumeId":"{{{volumeId}}}"}}"""
            : $$$"""{"volumeAttachment":{"volumeId":"{{{volumeId}}}","device":"{{{device}}}"}}""",
        values: ("server", server));

    private (int Status, JsonElement Body) Detach(string server, string volumeId) => cloud.Call(
        "DELETE", "/v1/{project}/cloudservers/{server}/detachvolume/{id}", null, null, "", ("server", server), ("id", volumeId));
}
