using System.Text.RegularExpressions;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Http;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class RouteTableTests
{
    [Fact]
    public void No_path_is_claimed_twice()
    {
        var shapes = RouteTable.All.Select(route => $"{route.Method} {Regex.Replace(route.Template, "{[^}]+}", "{}")}").ToArray();

        shapes.ShouldBeUnique();
    }

    [Theory]
    [InlineData("huaweicloud", "POST", "/v2.1/{project}/cloudvolumes", true)]
    [InlineData("huaweicloud", "PUT", "/v5/{project}/cloudvolumes/{id}/qos", true)]
    [InlineData("opentelekomcloud", "POST", "/v2.1/{project}/cloudvolumes", false)]
    [InlineData("opentelekomcloud", "PUT", "/v5/{project}/cloudvolumes/{id}/qos", false)]
    [InlineData("opentelekomcloud", "POST", "/v2/{project}/volumes/{id}/retype", true)]
    [InlineData("opentelekomcloud-swiss", "POST", "/v3/{project}/cloudvolumes", true)]
    [InlineData("flexibleengine", "POST", "/v2/{project}/volumes/{id}/retype", false)]
    public void A_cloud_has_its_own_part_of_the_API(string cloud, string method, string template, bool has) =>
        RouteTable.Of(CloudProfile.Find(cloud)!).Any(route => route.Method == method && route.Template == template).ShouldBe(has);
}
