using PulumiEvs.Harness;
using PulumiEvs.Plugin.Protos;
using PulumiEvs.Tests.Functional.Support;
using static PulumiEvs.Tests.Functional.Support.Programs;

namespace PulumiEvs.Tests.Functional.Volumes;

/// <summary>A preview that knows what the cloud would refuse, and touches nothing.</summary>
public sealed class PreflightTests
{
    [Fact]
    public async Task A_stack_of_one_disk_too_many_is_told_so_with_the_numbers_and_nothing_is_touched()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.ConfigureAsync("""{"quotas":{"volumes":5}}""");
        var driver = await stage.StartDriverAsync();
        (await driver.UpAsync(Disks(2))).SelectMany(step => step.Errors).ShouldBeEmpty();
        await stage.Cloud.ClearRequestsAsync();

        var preview = await driver.PreviewAsync(Disks(6));

        preview.SelectMany(step => step.Errors).ShouldBeEmpty();
        var warning = Warnings(stage).ShouldHaveSingleItem();
        warning.Text.ShouldBe(
            "the cloud would refuse this disk: the quota \"volumes\" is exceeded: with this disk the preview plans 4 new disks, but 3 are left "
            + "(limit 5, in use 2); plan less, delete what is not needed, or have the quota raised.");
        warning.Urn.ShouldEndWith("::disk-6");
        var requests = await stage.Cloud.RequestsAsync();
        requests.ShouldAllBe(request => request.Method == "GET");
        requests.Count.ShouldBe(3, "zones, types and quotas, once each");
        (await stage.Cloud.VolumesAsync()).Count.ShouldBe(2);

        // The preview has told the truth.
        (await driver.UpAsync(Disks(6))).SelectMany(step => step.Errors).ShouldHaveSingleItem().ShouldContain("EVS.1034");
    }

    [Fact]
    public async Task In_error_mode_the_preview_fails_on_what_is_too_much_and_on_what_is_sold_out()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.ConfigureAsync("""{"quotas":{"gigabytes":100},"soldOut":{"SAS":["local-1b"]}}""");
        var driver = await stage.StartDriverAsync(more: ("preflight", "error"));

        var steps = await driver.PreviewAsync(
            new Wish("fits", Disk()),
            new Wish("sold-out", Disk(("volumeType", "SAS"), ("availabilityZone", "local-1b"), ("size", 10))),
            new Wish("too-much", Disk(("size", 60))));

        steps.Select(step => step.Failed).ShouldBe([false, true, true]);
        steps[1].Errors.ShouldHaveSingleItem().ShouldContain("volumeType \"SAS\" is sold out in local-1b; zones that have it: local-1a, local-1c");
        steps[2].Errors.ShouldHaveSingleItem().ShouldContain("plans 110 GiB more, but 100 GiB are left (limit 100 GiB, in use 0 GiB)");
        (await stage.Cloud.WritesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sources_that_are_missing_or_too_large_and_a_disabled_key_are_named()
    {
        const string image = "c6c153a6-dde8-4bac-8e40-3d7619436934";
        const string backup = "0115efb3-678c-4a9e-bff6-d3cd278238b9";
        const string key = "37b0d52e-c249-40d6-83cb-2b93f22445bd";
        const string missing = "11111111-2222-4333-8444-555566667777";
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.ConfigureAsync(
            $$"""
            {"images":[{"id":"{{image}}","minDisk":50}],"backups":[{"id":"{{backup}}","size":100}],"keys":[{"id":"{{key}}","enabled":false}],"closedCatalogs":true}
            """);
        var driver = await stage.StartDriverAsync(more: ("preflight", "error"));

        var steps = await driver.PreviewAsync(
            new Wish("image", Disk(("imageId", image))),
            new Wish("backup", Disk(("backupId", backup))),
            new Wish("key", Disk(("kmsKeyId", key))),
            new Wish("no-image", Disk(("imageId", missing))),
            new Wish("no-backup", Disk(("backupId", missing))),
            new Wish("no-key", Disk(("kmsKeyId", missing))),
            new Wish("sound", Disk(("imageId", image), ("size", 50))));

        var errors = steps.Select(step => string.Concat(step.Errors)).ToArray();
        errors[0].ShouldContain($"size 40 GiB is less than the 50 GiB that image {image} needs; set it to 50 or more");
        errors[1].ShouldContain($"size 40 GiB is less than the 100 GiB of backup {backup}; set it to 100 or more");
        errors[2].ShouldContain($"kmsKeyId \"{key}\" is disabled; enable it, or name another one");
        errors[3].ShouldContain($"imageId \"{missing}\" is no image that this project can use in this region");
        errors[4].ShouldContain($"backupId \"{missing}\" is no backup that Cloud Backup and Recovery (CBR) has for this project and region");
        errors[5].ShouldContain($"kmsKeyId \"{missing}\" is no key of this project and region");
        errors[6].ShouldBeEmpty();
        (await stage.Cloud.WritesAsync()).ShouldBeEmpty();
        (await stage.Cloud.VolumesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_previews_at_once_share_one_sum()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.ConfigureAsync("""{"quotas":{"volumes_SSD":25}}""");
        var driver = await stage.StartDriverAsync();

        (await driver.PreviewInParallelAsync(Disks(30))).SelectMany(step => step.Errors).ShouldBeEmpty();

        // Answers do not wait for their lines longer than a moment.
        await Waiting.UntilAsync(() => Warnings(stage).Count >= 5, "the warnings have come");
        var warnings = Warnings(stage);
        warnings.Select(warning => warning.Urn).ShouldBeUnique();
        warnings.Count.ShouldBe(5);
        warnings.ShouldContain(warning => warning.Text.Contains("plans 30 new disks, but 25 are left", StringComparison.Ordinal));
        (await stage.Cloud.RequestsAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Switched_off_it_asks_nothing_and_says_nothing()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.ConfigureAsync("""{"quotas":{"volumes":0}}""");
        var driver = await stage.StartDriverAsync(more: ("preflight", "off"));

        (await driver.PreviewAsync(Disks(2))).SelectMany(step => step.Errors).ShouldBeEmpty();

        Warnings(stage).ShouldBeEmpty();
        (await stage.Cloud.RequestsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_may_not_read_quotas_gets_a_preview_all_the_same()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.Cloud.AddFaultAsync("""{"operation":"getQuotas","effect":"error","status":403,"code":"EVS.5403","message":"Policy check failed."}""");
        var driver = await stage.StartDriverAsync(more: ("preflight", "error"));

        (await driver.PreviewAsync(Disks(3))).SelectMany(step => step.Errors).ShouldBeEmpty();

        Warnings(stage).ShouldBeEmpty();
        stage.Engine.Lines.Count(line => line.Severity == LogSeverity.Debug && line.Text.Contains("the quotas cannot be checked", StringComparison.Ordinal))
            .ShouldBe(1);
    }

    private static Wish[] Disks(int count) => [.. Enumerable.Range(1, count).Select(number => new Wish($"disk-{number}", Disk(("name", $"d{number}"))))];

    private static List<LogLine> Warnings(Stage stage) => [.. stage.Engine.Lines.Where(line => line.Severity == LogSeverity.Warning)];
}
