using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;
using static PulumiEvs.Resources.Volumes.VolumeProperties;
using static PulumiEvs.Tests.Unit.Resources.Previews.PreflightRig;

namespace PulumiEvs.Tests.Unit.Resources.Previews;

/// <summary>What a preview says of zones, types, sources and keys that are not to be had.</summary>
public sealed class PreflightOfferTests
{
    private const string SnapshotPath = "GET /v2/cloudsnapshots/snap-1";
    private const string ImagePath = "GET /v2/cloudimages";
    private const string BackupPath = "GET /v3/backups/backup-1";
    private const string KeyPath = "POST /v1.0/kms/describe-key";

    [Fact]
    public async Task A_disk_that_the_cloud_can_make_gets_no_word()
    {
        using var rig = new PreflightRig();

        await rig.NewAsync();

        rig.Warnings.ShouldBeEmpty();
        rig.Asked.Keys.ShouldBe([Zones, Types, Quotas], ignoreOrder: true);
    }

    [Theory]
    [InlineData(
        "eu-test-1B", "SAS", "availabilityZone \"eu-test-1B\" is no zone of this region; did you mean eu-test-1b? There are eu-test-1a, eu-test-1b")]
    [InlineData("cn-north-4a", "SAS", "availabilityZone \"cn-north-4a\" is no zone of this region; there are eu-test-1a, eu-test-1b")]
    [InlineData("eu-test-1a", "ESSD", "volumeType \"ESSD\" is not offered in this region; there are SAS, SSD")]
    [InlineData(
        "eu-test-1b", "SSD", "volumeType \"SSD\" is not offered in eu-test-1b; zones that have it: eu-test-1a; types that eu-test-1b has: SAS")]
    public async Task What_is_not_to_be_had_is_named_with_what_is(string zone, string type, string expected)
    {
        using var rig = new PreflightRig();

        await rig.NewAsync((VolumeProperties.AvailabilityZone, zone), (VolumeProperties.VolumeType, type));

        rig.Warnings.ShouldBe([$"the cloud would refuse this disk: {expected}."]);
    }

    [Theory]
    [InlineData("eu-test-1a", "zones that have it: eu-test-1b; types that eu-test-1a has: SAS")]
    [InlineData("eu-test-1a,eu-test-1b", "no zone of this region has it now; types that eu-test-1a has: SAS")]
    public async Task A_type_that_is_sold_out_is_said_to_be(string soldOut, string elsewhere)
    {
        using var rig = new PreflightRig((Types, TypeList(("SSD", "eu-test-1a,eu-test-1b", soldOut), ("SAS", "eu-test-1a", null))));

        await rig.NewAsync();

        rig.Warnings.ShouldBe([$"the cloud would refuse this disk: volumeType \"SSD\" is sold out in eu-test-1a; {elsewhere}."]);
    }

    [Fact]
    public async Task A_type_that_another_entry_of_its_name_offers_is_to_be_had()
    {
        using var rig = new PreflightRig((Types, TypeList(("SSD", "eu-test-1a", "eu-test-1a"), ("SSD", "eu-test-1a", null))));

        await rig.NewAsync();

        rig.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_cloud_does_not_say_which_zones_have_a_type_nothing_is_objected_to()
    {
        using var rig = new PreflightRig((Types, TypeList(("SSD", null, null))));

        await rig.NewAsync();

        rig.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_zone_that_only_the_types_know_of_is_a_zone()
    {
        using var rig = new PreflightRig((Types, TypeList(("SSD", "eu-test-1-edge", null))));

        await rig.NewAsync((VolumeProperties.AvailabilityZone, "eu-test-1-edge"));

        rig.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_zone_that_takes_no_disks_is_said_to()
    {
        using var rig = new PreflightRig((Zones, ZoneList(("eu-test-1a", false), ("eu-test-1b", true))));

        await rig.NewAsync();

        rig.Warnings.ShouldBe(["the cloud would refuse this disk: availabilityZone \"eu-test-1a\" takes no new disks at the moment; available: eu-test-1b."]);
    }

    [Fact]
    public async Task The_new_type_of_a_disk_is_looked_for_in_the_disks_own_zone()
    {
        using var rig = new PreflightRig();
        var old = Given.Inputs((VolumeProperties.AvailabilityZone, "eu-test-1b"), (VolumeProperties.VolumeType, "SAS"));

        await rig.ReviewAsync(VolumePlan.Change(Given.Outputs(old), Given.Inputs((VolumeProperties.VolumeType, "SSD"))));

        rig.Warnings.ShouldHaveSingleItem().ShouldContain("\"SSD\" is not offered in eu-test-1b");
    }

    [Fact]
    public async Task A_disk_that_stays_in_a_zone_where_its_type_is_sold_out_by_now_gets_no_word()
    {
        using var rig = new PreflightRig((Types, TypeList(("SSD", "eu-test-1a", "eu-test-1a"))));
        var old = Given.Inputs();

        await rig.ReviewAsync(VolumePlan.Change(Given.Outputs(old), Given.Inputs((Size, 60), (Name, "new"))));

        rig.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_snapshot_that_is_not_there_is_named()
    {
        using var rig = new PreflightRig((SnapshotPath, _ => StubHttp.EvsError("EVS.5404", "Snapshot snap-1 could not be found.", 404)));

        await rig.NewAsync((SnapshotId, "snap-1"));

        rig.Warnings.ShouldHaveSingleItem().ShouldContain("snapshotId \"snap-1\" is no snapshot of this project and region");
    }

    [Fact]
    public async Task A_disk_smaller_than_its_snapshot_is_told_the_size_that_it_needs()
    {
        using var rig = new PreflightRig((SnapshotPath, Snapshot("available", 100)));

        await rig.NewAsync((SnapshotId, "snap-1"));

        rig.Warnings.ShouldBe(["the cloud would refuse this disk: size 40 GiB is less than the 100 GiB of snapshot snap-1; set it to 100 or more."]);
    }

    [Theory]
    [InlineData("error", 1)]
    [InlineData("deleting", 1)]
    [InlineData("creating", 0)]
    [InlineData("available", 0)]
    public async Task Only_a_snapshot_that_cannot_become_a_disk_any_more_is_objected_to(string status, int warnings)
    {
        using var rig = new PreflightRig((SnapshotPath, Snapshot(status, 40)));

        await rig.NewAsync((SnapshotId, "snap-1"));

        rig.Warnings.Count.ShouldBe(warnings);
    }

    [Fact]
    public async Task An_image_that_the_project_cannot_use_is_named()
    {
        using var rig = new PreflightRig((ImagePath, _ => StubHttp.Json("""{"images":[]}""")));

        await rig.NewAsync((ImageId, "image-1"));

        rig.Warnings.ShouldBe(["the cloud would refuse this disk: imageId \"image-1\" is no image that this project can use in this region."]);
        var request = rig.Cloud.Requests.Single(request => request.Uri.Host == "ims.eu-test-1.myhuaweicloud.com");
        request.PathAndQuery.ShouldBe("/v2/cloudimages?id=image-1");
    }

    [Theory]
    [InlineData("active", 40, null)]
    [InlineData("saving", 1, null)]
    [InlineData("active", 41, "size 40 GiB is less than the 41 GiB that image image-1 needs; set it to 41 or more")]
    [InlineData("killed", 1, "imageId \"image-1\" is in status killed; only an active image can be the source of a disk")]
    public async Task An_image_has_to_fit_and_be_sound(string status, int minDisk, string? expected)
    {
        using var rig = new PreflightRig(
            (ImagePath, _ => StubHttp.Json($$$"""{"images":[{"id":"image-1","status":"{{{status}}}","min_disk":{{{minDisk}}}}]}""")));

        await rig.NewAsync((ImageId, "image-1"));

        rig.Warnings.ShouldBe(expected is null ? [] : [$"the cloud would refuse this disk: {expected}."]);
    }

    [Theory]
    [InlineData("available", 40, null)]
    [InlineData("protecting", 10, null)]
    [InlineData("available", 100, "size 40 GiB is less than the 100 GiB of backup backup-1; set it to 100 or more")]
    [InlineData("error", 10, "backupId \"backup-1\" is in status error; only an available backup can be the source of a disk")]
    public async Task A_backup_has_to_fit_and_be_sound(string status, int size, string? expected)
    {
        using var rig = new PreflightRig(
            (BackupPath, _ => StubHttp.Json($$$"""{"backup":{"id":"backup-1","status":"{{{status}}}","resource_size":{{{size}}}}}""")));

        await rig.NewAsync((BackupId, "backup-1"));

        rig.Warnings.ShouldBe(expected is null ? [] : [$"the cloud would refuse this disk: {expected}."]);
        rig.Cloud.Requests.ShouldContain(request => request.Uri.Host == "cbr.eu-test-1.myhuaweicloud.com");
    }

    [Theory]
    [InlineData("BackupService.6001", 1)]
    [InlineData("APIGW.0101", 0)]
    public async Task Only_the_backup_service_itself_can_say_that_a_backup_is_not_there(string code, int warnings)
    {
        using var rig = new PreflightRig((BackupPath, _ => StubHttp.EvsError(code, "not found", 404)));

        await rig.NewAsync((BackupId, "backup-1"));

        rig.Warnings.Count(warning => warning.Contains("backupId \"backup-1\" is no backup that Cloud Backup and Recovery (CBR) has for this project and region", StringComparison.Ordinal)).ShouldBe(warnings);
        rig.Warnings.Count.ShouldBe(warnings);
    }

    [Theory]
    [InlineData("2", null)]
    [InlineData("9", null)]
    [InlineData("1", "is not activated yet")]
    [InlineData("3", "is disabled; enable it, or name another one")]
    [InlineData("4", "is going to be deleted; cancel that, or name another one")]
    [InlineData("5", "waits for its key material to be imported")]
    public async Task A_key_has_to_be_enabled(string state, string? expected)
    {
        using var rig = new PreflightRig((KeyPath, _ => StubHttp.Json($$$"""{"key_info":{"key_id":"{{{Given.KeyId}}}","key_state":"{{{state}}}"}}""")));

        await rig.NewAsync((KmsKeyId, Given.KeyId));

        rig.Warnings.ShouldBe(expected is null ? [] : [$"the cloud would refuse this disk: kmsKeyId \"{Given.KeyId}\" {expected}."]);
        rig.Cloud.Requests.Single(request => request.Uri.Host == "kms.eu-test-1.myhuaweicloud.com").Body.ShouldBe($$$"""{"key_id":"{{{Given.KeyId}}}"}""");
    }

    [Theory]
    [InlineData("KMS.0205", "kmsKeyId")]
    [InlineData("KMS.0303", null)]
    public async Task A_key_that_kms_does_not_know_is_named_and_one_that_it_does_not_show_is_not(string code, string? named)
    {
        using var rig = new PreflightRig((KeyPath, _ => StubHttp.EvsError(code, "no", 400)));

        await rig.NewAsync((KmsKeyId, Given.KeyId));

        rig.Warnings.ShouldBe(named is null ? [] : [$"the cloud would refuse this disk: {named} \"{Given.KeyId}\" is no key of this project and region."]);
    }

    [Fact]
    public async Task What_is_not_known_yet_is_not_asked_about()
    {
        using var rig = new PreflightRig();

        await rig.NewAsync(
            (VolumeProperties.AvailabilityZone, Given.Unknown), (VolumeProperties.VolumeType, Given.Unknown), (Size, Given.Unknown), (SnapshotId, Given.Unknown),
            (ImageId, Given.Unknown), (BackupId, Given.Unknown), (KmsKeyId, Given.Unknown));

        rig.Warnings.ShouldBeEmpty();
        rig.Asked.Keys.ShouldBe([Quotas]);
    }

    [Fact]
    public async Task A_secret_size_is_in_no_warning()
    {
        using var rig = new PreflightRig(
            (SnapshotPath, Snapshot("available", 100)), (Quotas, QuotaSet(("gigabytes", 10, 0), ("per_volume_gigabytes", 10, 0))));

        await rig.NewAsync((SnapshotId, "snap-1"), (Size, Given.Secret(41)));

        rig.Warnings.ShouldBeEmpty();
    }

    private static Func<SentRequest, HttpResponseMessage> Snapshot(string status, int size) =>
        _ => StubHttp.Json($$$"""{"snapshot":{"id":"snap-1","status":"{{{status}}}","volume_id":"v","size":{{{size}}}}}""");
}
