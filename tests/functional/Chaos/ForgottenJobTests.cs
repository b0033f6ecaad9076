using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Chaos;

/// <summary>The service knows nothing of a job that it has just answered. Found by the fault campaign.</summary>
public sealed class ForgottenJobTests
{
    [Fact]
    public async Task A_job_that_is_forgotten_before_it_names_its_disk_leads_to_a_look_for_the_disk()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"jobVanish","ms":0,"count":1}""");
        var driver = await stage.StartDriverAsync(null, ("lostAnswerWindow", 5));

        (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldBeEmpty();

        driver.State["data"].Id.ShouldBe((await stage.Cloud.VolumesAsync()).Keys.Single());
    }

    [Fact]
    public async Task A_disk_that_the_state_has_by_a_forgotten_job_is_named_and_deleting_it_clears_the_way()
    {
        await using var stage = await Stage.OpenAsync("--job-duration", "createVolume=9s", "--job-duration", "*=20ms");
        await stage.Cloud.AddFaultAsync("""{"operation":"createVolume","effect":"jobVanish","ms":0,"count":1}""");
        await stage.Cloud.AddFaultAsync("""{"operation":"getJob","effect":"error","status":503,"code":"EVS.5503"}""");
        var driver = await stage.StartDriverAsync();
        await driver.UpAsync(Volume() with { Timeout = TimeSpan.FromSeconds(3) });
        driver.State["data"].Id.ShouldStartWith("job/");
        await stage.Cloud.ClearFaultsAsync();
        var id = (await stage.Cloud.VolumesAsync()).Keys.Single();

        driver = await stage.StartDriverAsync(driver);
        (await driver.UpAsync(Volume())).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem().ShouldContain(id);
        (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem().ShouldContain(id);
        await stage.Cloud.ChangeVolumeAsync(id, """{"delete":true}""");

        (await driver.DestroyAsync()).ShouldHaveSingleItem().Errors.ShouldBeEmpty();
        driver.State.ShouldBeEmpty();
    }
}
