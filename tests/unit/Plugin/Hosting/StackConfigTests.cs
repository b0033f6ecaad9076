using PulumiEvs.Plugin.Hosting;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Unit.Plugin.Hosting;

public sealed class StackConfigTests
{
    [Fact]
    public void The_providers_part_of_a_stacks_configuration_is_read_secrets_as_secrets()
    {
        var read = StackConfig.Read(
            """
            {
              "evs:region": { "value": "eu-de", "secret": false },
              "evs:secretKey": { "value": "s", "secret": true },
              "evs:defaultTags": { "value": "{\"team\":\"storage\"}", "objectValue": { "team": "storage" }, "secret": false },
              "evs:cloud": "local",
              "shop:size": { "value": "100", "secret": false }
            }
            """,
            "the input");

        read.ShouldBe(PropertyMap.Of(
            ("region", "eu-de"), ("secretKey", ((PropertyValue)"s").AsSecret()), ("defaultTags", """{"team":"storage"}"""), ("cloud", "local")));
    }

    [Theory]
    [InlineData("{\n\n\"evs:secretKey\": s3cr3t}", "the input is not JSON in line 3; give it what `pulumi config --show-secrets --json` prints")]
    [InlineData("[\"s3cr3t\"]", "the input is not the JSON object that `pulumi config --show-secrets --json` prints")]
    [InlineData("""{"evs:token":{"secret":true}}""", "the input has evs:token without its value: add --show-secrets to the command that printed it")]
    public void What_is_something_else_is_refused_without_being_shown(string text, string message) =>
        Should.Throw<FormatException>(() => StackConfig.Read(text, "the input")).Message.ShouldBe(message);
}
