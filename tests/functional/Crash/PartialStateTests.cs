using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Crash;

/// <summary>Creates that do not end well: what stays in the state, and how the next run goes on.</summary>
public sealed class PartialStateTests
{
    [Fact]
    public async Task A_create_that_times_out_stays_in_the_state_and_the_next_run_resumes_the_same_job()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "createVolume=9s", "--job-duration", "*=20ms");
        var driver = await stage.StartDriverAsync();

        var error = (await driver.UpAsync(Volume() with { Timeout = TimeSpan.FromSeconds(3) })).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem();

        error.ShouldContain("timed out after 3 s");
        error.ShouldContain("customTimeouts.create");
        var id = (await stage.Cloud.VolumesAsync()).Keys.Single();
        driver.State["data"].Id.ShouldBe(id);
        driver.State["data"].RefreshBeforeUpdate.ShouldBeTrue();
        error.ShouldContain(id);

        driver = await stage.StartDriverAsync(driver);
        var resumed = (await driver.UpAsync(Volume(("name", driver.State["data"].Inputs["name"])))).ShouldHaveSingleItem();

        resumed.Errors.ShouldBeEmpty();
        driver.State["data"].Id.ShouldBe(id);
        driver.State["data"].Outputs["status"].ShouldBe((PropertyValue)"available");
        driver.State["data"].InitErrors.ShouldBeEmpty();
        (await stage.Cloud.WritesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_has_not_named_its_disk_is_kept_by_its_own_id_which_a_read_exchanges()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "createVolume=9s", "--job-duration", "*=20ms");
        await stage.Cloud.AddFaultAsync("""{"operation":"getJob","effect":"error","status":503,"code":"EVS.5503"}""");
        var driver = await stage.StartDriverAsync();

        await driver.UpAsync(Volume() with { Timeout = TimeSpan.FromSeconds(3) });

        driver.State["data"].Id.ShouldStartWith("job/");
        await stage.Cloud.ClearFaultsAsync();
        driver = await stage.StartDriverAsync(driver);
        (await driver.UpAsync(Volume(("name", driver.State["data"].Inputs["name"])))).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        driver.State["data"].Id.ShouldBe((await stage.Cloud.VolumesAsync()).Keys.Single());
        (await stage.Cloud.WritesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_disk_of_an_unfinished_create_can_be_destroyed()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "createVolume=7s", "--job-duration", "*=20ms");
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume() with { Timeout = TimeSpan.FromSeconds(3) });

        driver = await stage.StartDriverAsync(driver);
        (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        (await stage.Cloud.VolumesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_with_data_that_goes_into_error_later_is_never_replaced_by_itself()
    {
        await using var stage = await Stage.OpenAsync();
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume());
        await stage.Cloud.ChangeVolumeAsync(driver.State["data"].Id, """{"status":"error"}""");

        await driver.RefreshAsync();

        (await driver.PreviewAsync(Volume())).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Same);
    }
}
