using PulumiEvs.Evs.Errors;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Functions;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.Functions;

/// <summary>What all look-ups have in common: their arguments are checked as a whole, and secrets stay secret.</summary>
public sealed class LookupTests
{
    [Fact]
    public void Each_function_is_declared_once_and_described_throughout()
    {
        Lookups.All.Select(lookup => lookup.Declaration.Token).ShouldBeUnique();
        foreach (var declaration in Lookups.All.Select(lookup => lookup.Declaration))
        {
            declaration.Token.ShouldStartWith("evs:index:get");
            declaration.Description.ShouldNotBeEmpty();
            declaration.Arguments.ShouldAllBe(argument => argument.IsInput && !argument.IsOutput && argument.Description.EndsWith('.'));
            declaration.Results.ShouldAllBe(result => result.IsOutput && !result.IsInput && result.Description.TrimEnd('…').EndsWith('.'));
        }
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_arguments_is_said_at_once_and_nothing_is_asked()
    {
        using var cloud = new StubCloud();

        var result = await Call(cloud, "getVolumes", ("volumeTyp", "SSD"), ("multiattach", "yes"), ("status", ""), ("sortKey", "name"));

        result.Result.ShouldBe(PropertyMap.Empty);
        result.Failures.Select(failure => failure.Property).ShouldBe(["volumeTyp", "multiattach", "status", "sortKey"], ignoreOrder: true);
        result.Failures.Single(failure => failure.Property == "volumeTyp").Reason.ShouldContain("did you mean volumeType?");
        result.Failures.Single(failure => failure.Property == "sortKey").Reason.ShouldContain("created_at");
        cloud.Opened.ShouldBe(0);
    }

    [Fact]
    public async Task An_argument_that_is_not_known_yet_is_a_failure_not_a_crash()
    {
        using var cloud = new StubCloud();

        var result = await Call(cloud, "getVolume", ("volumeId", PropertyValue.Unknown.Plain));

        result.Failures.ShouldHaveSingleItem().Property.ShouldBe("volumeId");
        cloud.Opened.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_asked_for_in_secret_is_secret_in_the_answer()
    {
        using var cloud = new StubCloud(
            ($"GET /v2/cloudvolumes/{TestClient.VolumeId}", _ => StubHttp.Json(Recorded("hwdoc-evs_04_2007-resp"))));

        var result = await Call(cloud, "getVolume", ("volumeId", new PropertyValue.Secret(TestClient.VolumeId)));

        result.Result["volumeId"].ShouldBe(new PropertyValue.Secret(TestClient.VolumeId));
        result.Result["size"].IsSecret.ShouldBeFalse();
    }

    [Fact]
    public async Task A_refusal_of_the_service_passes_through()
    {
        using var cloud = new StubCloud(("GET /v2/types", _ => StubHttp.EvsError("EVS.0003", "invalid token roles!", 403)));

        var refusal = await Should.ThrowAsync<EvsException>(() => Call(cloud, "getVolumeTypes"));

        refusal.Message.ShouldContain("EVS.0003");
    }

    [Fact]
    public async Task An_answer_that_never_comes_ends_as_timed_out()
    {
        using var cloud = new StubCloud(new StubHttp(async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return StubHttp.Json("{}");
        }));

        var error = await Should.ThrowAsync<ResourceException>(() => Call(cloud, "getQuotas"));

        error.Kind.ShouldBe(FailureKind.TimedOut);
        error.Message.ShouldContain("evs:index:getQuotas");
        error.Message.ShouldContain("5 min");
    }

    internal static Task<InvokeResult> Call(StubCloud cloud, string name, params (string Key, PropertyValue Value)[] arguments)
    {
        var lookup = Lookups.All.Single(candidate => candidate.Declaration.Token == $"evs:index:{name}");
        return cloud.RunAsync(() => new LookupFunction(lookup, cloud).InvokeAsync(PropertyMap.Of(arguments), cloud.Log, CancellationToken.None));
    }

    internal static string Recorded(string name) => System.Text.Encoding.UTF8.GetString(Fixtures.Recorded(name));
}
