using EvsSimulator.Core.Catalog;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("local-1", "local-1a", "local-1b", "local-1c")]
    [InlineData("eu-ch2", "eu-ch2a", "eu-ch2b", "eu-ch2c")]
    [InlineData("eu-de", "eu-de-01", "eu-de-02", "eu-de-03")]
    public void Zones_are_named_as_the_clouds_name_them(string region, params string[] zones) =>
        Settings.ForRegion(region, CloudProfile.Default).Zones.ShouldBe(zones);
}
