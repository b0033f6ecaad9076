using PulumiEvs.Plugin.Engine;

namespace PulumiEvs.Tests.Unit.Plugin.Engine;

public sealed class EngineLinkTests
{
    [Fact]
    public void An_engine_on_the_command_line_started_the_plugin()
    {
        var link = new EngineLink("127.0.0.1:1");
        link.Handshake("127.0.0.1:1", hasDirectories: false);

        link.Address.ShouldBe("127.0.0.1:1");
        link.EndsWithEngine.ShouldBeTrue();
    }

    [Fact]
    public void An_engine_that_names_the_plugins_folder_started_it()
    {
        var link = new EngineLink(null);
        link.Handshake("127.0.0.1:1", hasDirectories: true);

        link.EndsWithEngine.ShouldBeTrue();
    }

    [Fact]
    public void A_plugin_started_by_hand_belongs_to_nobody()
    {
        var link = new EngineLink(null);
        link.Handshake("127.0.0.1:1", hasDirectories: false);

        link.Address.ShouldBe("127.0.0.1:1");
        link.EndsWithEngine.ShouldBeFalse();
    }

    [Fact]
    public void An_engine_that_attached_does_not_take_the_plugin_with_it()
    {
        var link = new EngineLink("127.0.0.1:1");
        link.Attach("127.0.0.1:2");

        link.Address.ShouldBe("127.0.0.1:2");
        link.EndsWithEngine.ShouldBeFalse();
    }

    [Fact]
    public void A_handshake_without_an_address_leaves_the_one_that_is_known()
    {
        var link = new EngineLink("127.0.0.1:1");
        link.Handshake("", hasDirectories: true);

        link.Address.ShouldBe("127.0.0.1:1");
    }
}
