using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Chaos;

/// <summary>A create with a secret in it that its plugin does not survive. Found by the fault campaign.</summary>
public sealed class SecretOrderTests
{
    [Theory]
    [InlineData("v3")]
    [InlineData("v2.1")]
    public async Task The_disk_is_found_by_what_is_not_secret_and_the_secret_is_written_nowhere(string createVersion)
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"delay","afterMs":5000,"count":1}""");
        (string, PropertyValue)[] settings = [("apiVersions", $$"""{"create":"{{createVersion}}"}"""), ("lostAnswerWindow", 1)];
        var wish = new Wish("data", Disk(("description", ((PropertyValue)"not-to-be-seen").AsSecret())));
        var driver = await stage.StartDriverAsync(null, settings);
        var running = driver.UpAsync(wish);
        await Waiting.UntilAsync(async () => (await stage.Cloud.VolumesAsync()).Count == 1, "the disk is there");
        stage.LastPlugin.Process.KillAtOnce();
        await running;
        foreach (var file in Directory.GetFiles(stage.Home, "*", SearchOption.AllDirectories))
        {
            File.ReadAllText(file).ShouldNotContain("not-to-be-seen");
        }

        driver = await stage.StartDriverAsync(driver, settings);
        (await driver.UpAsync(wish)).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        (await stage.Cloud.VolumesAsync()).Keys.ShouldBe([driver.State["data"].Id]);
    }
}
