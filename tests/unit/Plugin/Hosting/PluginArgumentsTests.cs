using PulumiEvs.Plugin.Hosting;

namespace PulumiEvs.Tests.Unit.Plugin.Hosting;

public sealed class PluginArgumentsTests
{
    [Theory]
    [InlineData("127.0.0.1:1234", "127.0.0.1:1234")]
    [InlineData("--logtostderr -v=9 127.0.0.1:1234", "127.0.0.1:1234")]
    [InlineData("--logtostderr -v=9 --tracing http://127.0.0.1:9411/api 127.0.0.1:1234", "127.0.0.1:1234")]
    [InlineData("-tracing 127.0.0.1:9411 127.0.0.1:1234", "127.0.0.1:1234")]
    [InlineData("--tracing 127.0.0.1:9411", null)]
    [InlineData("--some-flag-to-come=1 127.0.0.1:1234", "127.0.0.1:1234")]
    [InlineData("other 127.0.0.1:1234", "127.0.0.1:1234")]
    [InlineData("[::1]:1234", "[::1]:1234")]
    [InlineData("", null)]
    [InlineData("engine", null)]
    [InlineData("127.0.0.1:", null)]
    [InlineData("127.0.0.1:0", null)]
    [InlineData("127.0.0.1:65536", null)]
    [InlineData(":1234", null)]
    public void The_engine_is_the_last_word_that_is_no_flag(string commandLine, string? address) =>
        PluginArguments.Parse(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries)).EngineAddress.ShouldBe(address);

    [Theory]
    [InlineData("--version", true)]
    [InlineData("-version", true)]
    [InlineData("127.0.0.1:1234 --version", true)]
    [InlineData("version", false)]
    [InlineData("--versions", false)]
    public void The_version_is_asked_for_by_a_flag(string commandLine, bool asked) =>
        PluginArguments.Parse(commandLine.Split(' ')).ShowVersion.ShouldBe(asked);
}
