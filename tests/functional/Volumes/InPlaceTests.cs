using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Volumes;

/// <summary>Each change in place reaches the cloud with exactly the requests that it needs.</summary>
public sealed class InPlaceTests
{
    private static readonly Dictionary<string, (Wish Before, Wish After, string[] Writes)> Cases = new()
    {
        ["name"] = (Volume(("name", "one")), Volume(("name", "two")), ["PUT /v2/cloudvolumes/ID"]),
        ["a name is cleared"] = (Volume(("name", "one")), Volume(("name", "")), ["PUT /v2/cloudvolumes/ID"]),
        ["description"] = (Volume(("name", "one")), Volume(("name", "one"), ("description", "new")), ["PUT /v2/cloudvolumes/ID"]),
        ["a description is cleared"] = (Volume(("name", "one"), ("description", "old")), Volume(("name", "one")), ["PUT /v2/cloudvolumes/ID"]),
        ["size"] = (Volume(("name", "one")), Volume(("name", "one"), ("size", 50)), ["POST /v2.1/cloudvolumes/ID/action"]),
        ["type"] = (Volume(("name", "one")), Volume(("name", "one"), ("volumeType", "ESSD")), ["POST /v2/volumes/ID/retype"]),
        ["tags added"] = (Volume(("name", "one")), Volume(("name", "one"), ("tags", Tags(("a", "1")))), ["POST /v2/cloudvolumes/ID/tags/action"]),
        ["tags removed"] = (Volume(("name", "one"), ("tags", Tags(("a", "1"), ("b", "2")))), Volume(("name", "one"), ("tags", Tags(("b", "2")))),
            ["POST /v2/cloudvolumes/ID/tags/action"]),
        ["tags changed, added and removed"] = (
            Volume(("name", "one"), ("tags", Tags(("a", "1"), ("b", "2"), ("c", "3")))),
            Volume(("name", "one"), ("tags", Tags(("b", "2"), ("c", "4"), ("d", "5")))),
            ["POST /v2/cloudvolumes/ID/tags/action", "POST /v2/cloudvolumes/ID/tags/action"]),
        ["iops and throughput"] = (
            Volume(("name", "one"), ("volumeType", "GPSSD2"), ("iops", 3000), ("throughput", 200)),
            Volume(("name", "one"), ("volumeType", "GPSSD2"), ("iops", 4000), ("throughput", 250)),
            ["PUT /v5/cloudvolumes/ID/qos"]),
        ["everything at once"] = (
            Volume(("name", "one"), ("tags", Tags(("a", "1")))),
            Volume(("name", "two"), ("size", 60), ("volumeType", "ESSD"), ("tags", Tags(("a", "2")))),
            ["PUT /v2/cloudvolumes/ID", "POST /v2/cloudvolumes/ID/tags/action", "POST /v2.1/cloudvolumes/ID/action", "POST /v2/volumes/ID/retype"]),
        ["a setting of the provider's own"] = (Volume(("name", "one")), Volume(("name", "one"), ("deleteSnapshots", true)), []),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_change_in_place_sends_what_it_needs_and_no_more(string name)
    {
        var (before, after, writes) = Cases[name];
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        (await driver.UpAsync(before)).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        var id = driver.State["data"].Id;
        await stage.Cloud.ClearRequestsAsync();

        var preview = (await driver.PreviewAsync(after)).ShouldHaveSingleItem();
        preview.Kind.ShouldBe(StepKind.Update);
        (await stage.Cloud.WritesAsync()).ShouldBeEmpty();
        var step = (await driver.UpAsync(after)).ShouldHaveSingleItem();

        step.Errors.ShouldBeEmpty();
        step.Kind.ShouldBe(StepKind.Update);
        driver.State["data"].Id.ShouldBe(id);
        (await stage.Cloud.WritesAsync()).Select(request => request.Short.Replace(id, "ID", StringComparison.Ordinal)).ShouldBe(writes);
        PreviewPromisesOnlyWhatCame(preview, step);

        await stage.Cloud.ClearRequestsAsync();
        (await driver.UpAsync(after)).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);
        (await stage.Cloud.RequestsAsync()).ShouldBeEmpty();
        (await driver.RefreshAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await driver.PreviewAsync(after)).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);
    }

    [Fact]
    public async Task Tags_that_stay_are_never_gone_for_a_moment()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume(("tags", Tags(("keep", "1"), ("change", "2"), ("drop", "3")))));
        await stage.Cloud.ClearRequestsAsync();

        await driver.UpAsync(Volume(("tags", Tags(("keep", "1"), ("change", "x"), ("new", "4")))));

        var bodies = (await stage.Cloud.WritesAsync()).Select(request => request.Body!).ToArray();
        bodies.Length.ShouldBe(2);
        bodies.ShouldAllBe(body => !body.Contains("keep"));
        bodies[0].ShouldContain("drop");
        bodies[0].ShouldNotContain("change");
        bodies[1].ShouldContain("change");
        bodies[1].ShouldContain("new");
    }

    [Fact]
    public async Task What_was_done_before_a_failure_is_reported_and_the_next_run_does_only_the_rest()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume(("name", "one")));
        await stage.Cloud.AddFaultAsync("""{"operation":"extendVolume","effect":"jobFail","code":"EVS.2026","leave":"none","count":1}""");
        var after = Volume(("name", "two"), ("size", 60), ("volumeType", "ESSD"));

        var error = (await driver.UpAsync(after)).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem();

        error.ShouldContain("extending from 40 to 60 GiB failed");
        error.ShouldContain("EVS.2026");
        error.ShouldContain("done before: changing the name");
        driver.State["data"].Outputs["name"].ShouldBe((PropertyValue)"two");
        driver.State["data"].Outputs["size"].ShouldBe((PropertyValue)40);
        driver.State["data"].Outputs["volumeType"].ShouldBe((PropertyValue)"SSD");

        await stage.Cloud.ClearRequestsAsync();
        (await driver.UpAsync(after)).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        (await stage.Cloud.WritesAsync()).Count.ShouldBe(2);
        driver.State["data"].Outputs["size"].ShouldBe((PropertyValue)60);
    }

    [Fact]
    public async Task A_disk_in_use_is_extended_and_a_shared_one_is_refused_with_the_reason()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        var plain = Volume(("name", "plain"));
        var shared = new Wish("shared", Disk(("name", "shared"), ("multiattach", true)));
        await driver.UpAsync(plain, shared);
        foreach (var resource in driver.State.Values)
        {
            await stage.Cloud.ChangeVolumeAsync(resource.Id, """{"attach":{"serverId":"5d5c2a7e-0000-4000-8000-000000000001"}}""");
        }

        var steps = await driver.UpAsync(plain with { Inputs = plain.Inputs.With("size", 50) }, shared with { Inputs = shared.Inputs.With("size", 50) });

        steps[0].Errors.ShouldBeEmpty();
        steps[0].Outputs["status"].ShouldBe((PropertyValue)"in-use");
        steps[1].Errors.ShouldHaveSingleItem().ShouldContain("EVS.1065");
    }

    [Fact]
    public async Task Shrinking_is_refused_before_anything_happens_and_replaces_with_consent()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume());
        var old = driver.State["data"].Id;
        await stage.Cloud.ClearRequestsAsync();

        var refused = (await driver.PreviewAsync(Volume(("size", 20)))).ShouldHaveSingleItem();
        refused.Errors.ShouldHaveSingleItem().ShouldContain("cannot shrink from 40 to 20 GiB");
        refused.Errors[0].ShouldContain("onShrink");
        (await stage.Cloud.RequestsAsync()).ShouldBeEmpty();

        var replaced = (await driver.UpAsync(Volume(("size", 20), ("onShrink", "replace")))).ShouldHaveSingleItem();
        replaced.Kind.ShouldBe(StepKind.Replace);
        (await stage.Cloud.VolumesAsync()).Keys.ShouldBe([driver.State["data"].Id]);
        driver.State["data"].Id.ShouldNotBe(old);
    }

    /// <summary>Whatever a preview says is known must be so afterwards.</summary>
    private static void PreviewPromisesOnlyWhatCame(Step preview, Step real)
    {
        foreach (var (name, value) in preview.Outputs)
        {
            real.Outputs[name].ShouldBe(value, $"the preview promised {name}");
        }
    }
}
