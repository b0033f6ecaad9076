using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Service;

namespace PulumiEvs.Tests.Unit.Plugin.Service;

public sealed class UrnTests
{
    [Theory]
    [InlineData("urn:pulumi:dev::program::evs:index:Volume::data", "evs:index:Volume", "data")]
    [InlineData("urn:pulumi:dev::program::my:index:Disks$evs:index:Volume::data", "evs:index:Volume", "data")]
    [InlineData("urn:pulumi:dev::program::a$b:c:D$evs:index:Volume::data", "evs:index:Volume", "data")]
    [InlineData("urn:pulumi:dev::program::evs:index:Volume::a::b", "evs:index:Volume", "a::b")]
    [InlineData("urn:pulumi:dev::program::pulumi:providers:evs::default_0_1_0", "pulumi:providers:evs", "default_0_1_0")]
    public void Type_and_name_are_in_the_urn(string urn, string type, string name)
    {
        var identity = Urn.Identify(urn, "", "");

        (identity.Urn, identity.Type, identity.Name).ShouldBe((urn, type, name));
    }

    [Fact]
    public void Type_and_name_that_are_given_are_taken_as_they_are()
    {
        var identity = Urn.Identify("whatever", "evs:index:Volume", "data");

        (identity.Type, identity.Name).ShouldBe(("evs:index:Volume", "data"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("data")]
    [InlineData("urn:pulumi:dev::program")]
    [InlineData("urn:pulumi:dev::program::::data")]
    [InlineData("urn:pulumi:dev::program::evs:index:Volume::")]
    public void What_is_no_urn_is_said_to_be_none(string urn)
    {
        var failure = Should.Throw<GrpcStatusException>(() => Urn.Identify(urn, "", ""));

        failure.Code.ShouldBe(GrpcStatusCode.InvalidArgument);
        failure.Message.ShouldContain($"\"{urn}\"");
    }
}
