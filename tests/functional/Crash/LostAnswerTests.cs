using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Crash;

/// <summary>Answers that get lost on the way: each disk is made once.</summary>
public sealed class LostAnswerTests
{
    private static readonly PropertyValue TokenApi = """{"create":"v2.1"}""";

    [Fact]
    public async Task A_lost_answer_is_looked_for_and_the_disk_adopted()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"loseAnswer","count":1}""");
        var driver = await stage.StartDriverAsync(null, ("lostAnswerWindow", 5));

        (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        driver.State["data"].Id.ShouldBe((await stage.Cloud.VolumesAsync()).Keys.Single());
        (await stage.Cloud.WritesAsync()).Count.ShouldBe(1);
        stage.Engine.Lines.ShouldContain(line => !line.IsStatus && line.Text.Contains("was found and is used"));
    }

    [Fact]
    public async Task A_request_that_was_cut_off_unheard_is_sent_again_after_a_conclusive_look()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"abort","count":1}""");
        var driver = await stage.StartDriverAsync(null, ("lostAnswerWindow", 2));

        (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        driver.State["data"].Id.ShouldBe((await stage.Cloud.VolumesAsync()).Keys.Single());
        (await stage.Cloud.WritesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Disks_of_one_name_each_find_their_own_after_lost_answers()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"loseAnswer","probability":0.5}""");
        var driver = await stage.StartDriverAsync(null, ("lostAnswerWindow", 10));

        var steps = await driver.UpInParallelAsync([.. Enumerable.Range(1, 8).Select(number => new Wish($"disk-{number}", Disk(("name", "same"))))]);

        steps.SelectMany(step => step.Errors).ShouldBeEmpty();
        driver.State.Values.Select(resource => resource.Id).Order().ShouldBe((await stage.Cloud.VolumesAsync()).Keys.Order());
    }

    [Fact]
    public async Task A_disk_of_the_same_name_that_was_there_before_is_not_adopted()
    {
        await using var stage = await Stage.OpenAsync();
        var other = await stage.StartDriverAsync();
        await other.UpAsync(new Wish("other", Disk(("name", "same"))));
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"abort","count":1}""");
        var driver = new EngineDriver(stage.LastPlugin.Client, "second");
        await driver.StartAsync(stage.Configuration.With("lostAnswerWindow", 2), stage.Engine.Address);
        await other.RefreshAsync();

        (await driver.UpAsync(new Wish("data", Disk(("name", "same"))))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        driver.State["data"].Id.ShouldNotBe(other.State["other"].Id);
        (await stage.Cloud.VolumesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Where_the_API_takes_a_client_token_a_lost_answer_is_asked_for_again()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"loseAnswer","count":2}""");
        var driver = await stage.StartDriverAsync(null, ("apiVersions", TokenApi));

        (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        driver.State["data"].Id.ShouldBe((await stage.Cloud.VolumesAsync()).Keys.Single());
        var tokens = (await stage.Cloud.WritesAsync()).Select(request => request.ClientToken).ToArray();
        tokens.Length.ShouldBe(3);
        tokens.Distinct().ShouldHaveSingleItem().ShouldNotBeNullOrEmpty();
    }
}
