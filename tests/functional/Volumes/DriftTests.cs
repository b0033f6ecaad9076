using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Volumes;

/// <summary>What others do to a disk shows in a refresh, and the next plan is the right one.</summary>
public sealed class DriftTests
{
    [Fact]
    public async Task A_changed_description_and_tag_are_shown_and_put_right()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        var wish = Volume(("description", "mine"), ("tags", Tags(("env", "prod"))));
        await driver.UpAsync(wish);
        await stage.Cloud.ChangeVolumeAsync(driver.State["data"].Id, """{"description":"theirs","tags":{"env":"test","extra":"1"}}""");

        await driver.RefreshAsync();
        var preview = (await driver.PreviewAsync(wish)).ShouldHaveSingleItem();

        preview.Kind.ShouldBe(StepKind.Update);
        preview.Diff.Keys.ShouldBe(["description", "tags.env", "tags.extra"]);
        (await driver.UpAsync(wish)).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        var volume = (await stage.Cloud.VolumesAsync()).Values.Single();
        volume["description"]!.GetValue<string>().ShouldBe("mine");
        volume["tags"]!.AsObject().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_refresh_tags_set_by_others_are_left_alone()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume(("tags", Tags(("env", "prod")))));
        await stage.Cloud.ChangeVolumeAsync(driver.State["data"].Id, """{"tags":{"env":"prod","theirs":"1"}}""");

        await driver.UpAsync(Volume(("tags", Tags(("env", "test")))));

        var tags = (await stage.Cloud.VolumesAsync()).Values.Single()["tags"]!.AsObject();
        tags.Select(tag => $"{tag.Key}={tag.Value}").Order().ShouldBe(["env=test", "theirs=1"]);
    }

    [Fact]
    public async Task A_deleted_disk_leaves_the_state_and_is_created_anew()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume());
        await stage.Cloud.ChangeVolumeAsync(driver.State["data"].Id, """{"delete":true}""");

        (await driver.RefreshAsync()).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Delete);
        (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Create);
    }

    [Fact]
    public async Task An_update_of_a_deleted_disk_says_to_refresh()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume());
        await stage.Cloud.ChangeVolumeAsync(driver.State["data"].Id, """{"delete":true}""");

        var error = (await driver.UpAsync(Volume(("size", 50)))).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem();

        error.ShouldContain("does not exist any more");
        error.ShouldContain("pulumi refresh");
    }

    [Fact]
    public async Task A_disk_grown_outside_is_not_shrunk_by_the_way()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume());
        await stage.Cloud.ChangeVolumeAsync(driver.State["data"].Id, """{"size":80}""");

        await driver.RefreshAsync();

        driver.State["data"].Inputs["size"].ShouldBe((PropertyValue)80);
        (await driver.PreviewAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem().ShouldContain("cannot shrink from 80 to 40 GiB");
        (await driver.PreviewAsync(Volume(("size", 80)))).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);
    }

    [Fact]
    public async Task An_error_of_the_query_is_never_taken_for_a_deleted_disk()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync(null, ("maxRetries", 0));
        await driver.UpAsync(Volume());
        string[] errors =
        [
            """{"operation":"getVolume","effect":"error","status":404,"code":"APIGW.0101","shape":"gateway","count":1}""",
            """{"operation":"getVolume","effect":"error","status":404,"shape":"html","count":1}""",
            """{"operation":"getVolume","effect":"error","status":403,"code":"EVS.5403","count":1}""",
            """{"operation":"getVolume","effect":"error","status":500,"code":"EVS.5500","count":1}""",
        ];
        foreach (var fault in errors)
        {
            await stage.Cloud.AddFaultAsync(fault);

            (await driver.RefreshAsync()).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Failed, fault);

            driver.State.Keys.ShouldBe(["data"]);
            await stage.Cloud.ClearFaultsAsync();
        }
    }
}
