using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.Previews.PreflightRig;

namespace PulumiEvs.Tests.Unit.Resources.Previews;

/// <summary>The quotas, summed over all that a preview plans.</summary>
public sealed class PreflightQuotaTests
{
    [Fact]
    public async Task Only_the_disk_that_is_one_too_many_is_objected_to_with_the_numbers()
    {
        using var rig = new PreflightRig((Quotas, QuotaSet(("volumes", 400, 397))));

        await rig.NewAsync(count: 3);
        rig.Warnings.ShouldBeEmpty();
        await rig.NewAsync(count: 4);

        rig.Warnings.ShouldBe([
            "the cloud would refuse this disk: the quota \"volumes\" is exceeded: with this disk the preview plans 4 new disks, but 3 are left "
            + "(limit 400, in use 397); plan less, delete what is not needed, or have the quota raised."]);
    }

    [Fact]
    public async Task A_disk_that_is_previewed_again_is_not_counted_twice()
    {
        using var rig = new PreflightRig((Quotas, QuotaSet(("volumes", 2, 0))));

        await rig.NewAsync(count: 2);
        await rig.NewAsync(count: 2);
        await rig.NewAsync(count: 2);

        rig.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Previews_at_the_same_time_share_one_sum_and_one_read_of_each_thing()
    {
        using var rig = new PreflightRig((Quotas, QuotaSet(("volumes", 30, 0))));

        await Task.WhenAll(Enumerable.Range(1, 50).Select(number => Task.Run(() =>
            rig.Preflight.ReviewAsync($"urn:{number}", VolumePlan.New(Given.Inputs()), rig.Cloud.Log, CancellationToken.None))));

        rig.Warnings.Count.ShouldBe(20);
        rig.Warnings.Distinct().Count().ShouldBe(20, "each has the sum up to itself");
        rig.Asked.Values.ShouldAllBe(count => count == 1);
        rig.Asked.Keys.ShouldBe([Zones, Types, Quotas], ignoreOrder: true);
    }

    [Fact]
    public async Task Gigabytes_count_and_those_of_the_type_as_well()
    {
        using var rig = new PreflightRig((Quotas, QuotaSet(("gigabytes", 1000, 940), ("gigabytes_SSD", 50, 10), ("gigabytes_SAS", 0, 0))));

        await rig.NewAsync(count: 2);

        rig.Warnings.Select(warning => warning.Split("exceeded: ")[1].Split(';')[0]).ShouldBe([
            "with this disk the preview plans 80 GiB more, but 60 GiB are left (limit 1000 GiB, in use 940 GiB)",
            "with this disk the preview plans 80 GiB more, but 40 GiB are left (limit 50 GiB, in use 10 GiB)"]);
    }

    [Fact]
    public async Task A_disk_that_grows_counts_by_what_it_grows()
    {
        using var rig = new PreflightRig((Quotas, QuotaSet(("volumes", 1, 1), ("gigabytes", 100, 70))));
        var outputs = Given.Outputs(Given.Inputs());

        await rig.ReviewAsync(VolumePlan.Change(outputs, Given.Inputs((Size, 70))));
        rig.Warnings.ShouldBeEmpty();
        await rig.ReviewAsync(VolumePlan.Change(outputs, Given.Inputs((Size, 71))));

        rig.Warnings.ShouldHaveSingleItem().ShouldContain("\"gigabytes\" is exceeded: with this disk the preview plans 31 GiB more, but 30 GiB are left");
    }

    [Fact]
    public async Task A_disk_that_changes_its_type_counts_for_the_new_one_with_all_that_it_has()
    {
        using var rig = new PreflightRig((Quotas, QuotaSet(("volumes", 1, 1), ("volumes_SSD", 0, 0), ("gigabytes_SSD", 59, 0))));
        var outputs = Given.Outputs(Given.Inputs((VolumeProperties.VolumeType, "SAS")));

        await rig.ReviewAsync(VolumePlan.Change(outputs, Given.Inputs((Size, 60))));

        rig.Warnings.Select(warning => warning.Split("exceeded: ")[1].Split(" (")[0]).ShouldBe(
            ["with this disk the preview plans 60 GiB more, but 59 GiB are left", "with this disk the preview plans 1 new disk, but 0 are left"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_change_that_needs_nothing_more_asks_the_cloud_nothing()
    {
        using var rig = new PreflightRig();

        await rig.ReviewAsync(VolumePlan.Change(Given.Outputs(Given.Inputs()), Given.Inputs((Name, "other"), (Description, "new"))));

        rig.Cloud.Opened.ShouldBe(0);
    }

    [Fact]
    public async Task A_disk_larger_than_any_disk_may_be_is_objected_to_by_itself()
    {
        using var rig = new PreflightRig((Quotas, QuotaSet(("per_volume_gigabytes", 30, 0))));

        await rig.NewAsync();

        rig.Warnings.ShouldBe(["the cloud would refuse this disk: size 40 GiB is more than the quota \"per_volume_gigabytes\" allows one disk to have: 30 GiB."]);
    }

    [Fact]
    public async Task Many_disks_in_one_plan_count_as_many()
    {
        using var rig = new PreflightRig((Quotas, QuotaSet(("volumes", 99, 0), ("gigabytes", 4000, 0))));

        await rig.ReviewAsync(VolumePlan.New(Given.Inputs(), count: 100));

        rig.Warnings.ShouldHaveSingleItem().ShouldContain("plans 100 new disks, but 99 are left");
    }

    [Fact]
    public async Task A_disk_that_is_deleted_before_its_replacement_makes_room_for_it()
    {
        using var rig = new PreflightRig((Quotas, QuotaSet(("volumes", 5, 5), ("gigabytes", 200, 200))));
        rig.Preflight.Frees("urn:data", VolumePlan.Freed(Given.Outputs(Given.Inputs())));

        await rig.NewAsync();
        rig.Warnings.ShouldBeEmpty();
        await rig.NewAsync((Size, 50));

        rig.Warnings.ShouldHaveSingleItem().ShouldContain("plans 10 GiB more, but 0 GiB are left");
    }

    [Fact]
    public async Task A_broken_disk_that_the_plan_replaces_makes_room_for_its_successor()
    {
        using var rig = new PreflightRig((Quotas, QuotaSet(("volumes", 1, 1))));
        using var volumes = new VolumeRig(rig.Cloud, preflight: rig.Preflight);
        var state = CreationMark.Put(Given.Outputs(Given.Inputs(), (Status, "error")), CreationState.Failed);

        volumes.Resource.Diff(Given.Diff(Given.Inputs(), Given.Inputs(), state)).DeleteBeforeReplace.ShouldBeTrue();
        await PreviewAsync(volumes);

        rig.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_really_been_done_is_read_anew()
    {
        using var rig = new PreflightRig((Quotas, QuotaSet(("volumes", 1, 0))));

        await rig.NewAsync(count: 1);
        rig.Preflight.Forget();
        await rig.ReviewAsync(VolumePlan.New(Given.Inputs()), "another");

        rig.Warnings.ShouldBeEmpty();
        rig.Asked[Quotas].ShouldBe(2);
    }

    [Fact]
    public async Task In_error_mode_the_preview_fails_with_all_that_is_wrong()
    {
        using var rig = new PreflightRig(PreflightMode.Error, (Quotas, QuotaSet(("volumes", 0, 0))), (Types, TypeList(("SAS", "eu-test-1a", null))));
        using var volumes = new VolumeRig(rig.Cloud, preflight: rig.Preflight);

        var failure = await Should.ThrowAsync<ResourceException>(() => PreviewAsync(volumes));

        failure.Kind.ShouldBe(FailureKind.Precondition);
        failure.Message.ShouldBe(
            """
            the cloud would refuse this disk:
              - volumeType "SSD" is not offered in this region; there are SAS
              - the quota "volumes" is exceeded: with this disk the preview plans 1 new disk, but 0 are left (limit 0, in use 0); plan less, delete what is not needed, or have the quota raised
            This is the preflight of the preview; with evs:preflight "warn" it only warns.
            """.ReplaceLineEndings("\n"));
        rig.Warnings.ShouldBeEmpty();
    }

    private static Task<ResourceOutcome> PreviewAsync(VolumeRig volumes) => volumes.Cloud.RunAsync(
        () => volumes.Resource.CreateAsync(new CreateRequest(Given.Resource, Given.Inputs(), null, Preview: true), volumes.Cloud.Log, CancellationToken.None));
}
