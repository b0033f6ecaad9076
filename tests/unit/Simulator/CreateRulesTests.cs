using EvsSimulator.Core.Catalog;

namespace PulumiEvs.Tests.Unit.Simulator;

public sealed class CreateRulesTests
{
    private const string Key = "37b0d52e-c249-40d6-83cb-2b93f22445bd";
    private const string DisabledKey = "00000000-0000-0000-0000-00000000dead";

    /// <summary>What is wrong, the body, and the documented code.</summary>
    public static TheoryData<string, string, string> Refused => new()
    {
        { "not JSON", "{", "EVS.1052" },
        { "two documents", "{} {}", "EVS.1052" },
        { "no object", "[]", "EVS.1008" },
        { "no volume", "{}", "EVS.1001" },
        { "volume null", """{"volume":null}""", "EVS.1001" },
        { "volume is a text", """{"volume":"x"}""", "EVS.1018" },
        { "no zone", """{"volume":{"volume_type":"SSD","size":40}}""", "EVS.2083" },
        { "no type", """{"volume":{"availability_zone":"local-1a","size":40}}""", "EVS.2083" },
        { "unknown zone", """{"volume":{"availability_zone":"moon-1a","volume_type":"SSD","size":40}}""", "EVS.1036" },
        { "unknown type", Body(type: "TAPE"), "EVS.2070" },
        { "type not in zone", """{"volume":{"availability_zone":"local-1c","volume_type":"ESSD2","size":40,"iops":3000}}""", "EVS.2071" },
        { "sold out", """{"volume":{"availability_zone":"local-1b","volume_type":"SATA","size":40}}""", "EVS.2072" },
        { "no size", """{"volume":{"availability_zone":"local-1a","volume_type":"SSD"}}""", "EVS.1010" },
        { "size 9", Body(size: 9), "EVS.1010" },
        { "size 32769", Body(size: 32769), "EVS.1010" },
        { "size as text", """{"volume":{"availability_zone":"local-1a","volume_type":"SSD","size":"40"}}""", "EVS.1018" },
        { "name too long", Body(name: new string('n', 256)), "EVS.1003" },
        { "name too long in UTF-8", Body(name: new string('ä', 128)), "EVS.1003" },
        { "batch name too long", Body(""","count":2""", name: new string('n', 251)), "EVS.1003" },
        { "name as number", """{"volume":{"availability_zone":"local-1a","volume_type":"SSD","size":40,"name":1}}""", "EVS.1018" },
        { "description too long", Body($""","description":"{new string('d', 256)}" """), "EVS.1004" },
        { "count 0", Body(""","count":0"""), "EVS.1021" },
        { "count 101", Body(""","count":101"""), "EVS.1021" },
        { "batch from a backup", Body(""","count":2,"backup_id":"b" """), "EVS.1051" },
        { "multiattach as text", Body(""","multiattach":"true" """), "EVS.1018" },
        { "shareable as number", Body(""","shareable":1"""), "EVS.1054" },
        { "two sources", Body(""","imageRef":"i","backup_id":"b" """), "EVS.1016" },
        { "unknown snapshot", Body(""","snapshot_id":"s" """), "EVS.2045" },
        { "unknown image", Body(""","imageRef":"nope" """), "EVS.2046" },
        { "unknown backup", Body(""","backup_id":"nope" """), "EVS.1006" },
        { "backup not available", Body(""","backup_id":"backup-restoring" """), "EVS.1044" },
        { "backup of another zone", Body(""","backup_id":"backup-b" """), "EVS.1049" },
        { "smaller than the backup", Body(""","backup_id":"backup" """, size: 99), "EVS.1022" },
        { "smaller than the image", Body(""","imageRef":"image" """, size: 39), "EVS.1010" },
        { "system disk too large", Body(""","imageRef":"image" """, size: 1025), "EVS.1010" },
        { "shared system disk", Body(""","imageRef":"image","multiattach":true"""), "EVS.2094" },
        { "metadata not text", Body(""","metadata":{"k":1}"""), "EVS.1018" },
        { "metadata null", Body(""","metadata":{"k":null}"""), "EVS.1018" },
        { "metadata too large", Body($$""","metadata":{"k":"{{new string('v', 1048576)}}"}"""), "EVS.1005" },
        { "passthrough yes", Body(""","metadata":{"hw:passthrough":"yes"}"""), "EVS.1057" },
        { "full_clone 2", Body(""","metadata":{"full_clone":"2"}"""), "EVS.1063" },
        { "encrypted yes", Body(""","metadata":{"__system__encrypted":"yes"}"""), "EVS.2041" },
        { "encrypted without key", Body(""","metadata":{"__system__encrypted":"1"}"""), "EVS.2041" },
        { "key too short", Body(""","metadata":{"__system__encrypted":"1","__system__cmkid":"k"}"""), "EVS.2041" },
        { "key unknown", Body(""","metadata":{"__system__encrypted":"1","__system__cmkid":"00000000-0000-0000-0000-000000000000"}"""), "EVS.2041" },
        { "key disabled", Body($$""","metadata":{"__system__encrypted":"1","__system__cmkid":"{{DisabledKey}}"}"""), "EVS.2040" },
        { "encryption with an image", Body($$""","imageRef":"image","metadata":{"__system__encrypted":"1","__system__cmkid":"{{Key}}"}"""), "EVS.1043" },
        { "passthrough with an image", Body(""","imageRef":"image","metadata":{"hw:passthrough":"true"}"""), "EVS.1043" },
        { "eleven tags", Body($$""","tags":{{{string.Join(',', Enumerable.Range(0, 11).Select(n => $"\"k{n}\":\"v\""))}}}"""), "EVS.1061" },
        { "tag key with a space", Body(""","tags":{"a b":"v"}"""), "EVS.1062" },
        { "tag key empty", Body(""","tags":{"":"v"}"""), "EVS.1062" },
        { "tag key of 37", Body($$""","tags":{"{{new string('k', 37)}}":"v"}"""), "EVS.1062" },
        { "tag value of 44", Body($$""","tags":{"k":"{{new string('v', 44)}}"}"""), "EVS.1062" },
        { "tag value with a slash", Body(""","tags":{"k":"a/b"}"""), "EVS.1062" },
        { "enterprise project", Body(""","enterprise_project_id":"mine" """), "EVS.2059" },
        { "iops of SSD", Body(""","iops":3000"""), "EVS.1009" },
        { "GPSSD2 without iops", Body(type: "GPSSD2"), "EVS.1009" },
        { "GPSSD2 without throughput", Body(""","iops":3000""", type: "GPSSD2"), "EVS.1009" },
        { "GPSSD2 iops too low", Body(""","iops":2999,"throughput":125""", type: "GPSSD2"), "EVS.1009" },
        { "GPSSD2 iops above 500 per GiB", Body(""","iops":20001,"throughput":125""", type: "GPSSD2"), "EVS.1009" },
        { "GPSSD2 throughput too low", Body(""","iops":3000,"throughput":124""", type: "GPSSD2"), "EVS.1009" },
        { "GPSSD2 throughput above iops/4", Body(""","iops":3000,"throughput":751""", type: "GPSSD2"), "EVS.1009" },
        { "ESSD2 with throughput", Body(""","iops":3000,"throughput":125""", type: "ESSD2"), "EVS.1009" },
        { "too many for the quota", Body(""","count":6""", size: 10), "EVS.1034" },
        { "too large for the quota", Body(size: 1001), "EVS.1042" },
    };

    public static TheoryData<string, string> Accepted => new()
    {
        { "smallest", Body(size: 10) },
        { "decimal size loses its fraction", """{"volume":{"availability_zone":"local-1a","volume_type":"SSD","size":10.9}}""" },
        { "longest name", Body(name: new string('n', 255)) },
        { "longest batch name", Body(""","count":2""", name: new string('n', 250)) },
        { "nulls", Body(""","backup_id":null,"snapshot_id":null,"imageRef":null,"metadata":null,"tags":null,"count":null""") },
        { "encrypted", Body($$""","metadata":{"__system__encrypted":"1","__system__cmkid":"{{Key}}"}""") },
        { "SCSI and shared", Body(""","multiattach":true,"metadata":{"hw:passthrough":"true"}""") },
        { "own metadata", Body(""","metadata":{"owner":"me"}""") },
        { "from an image", Body(""","imageRef":"image" """, size: 40) },
        { "from a backup without size", """{"volume":{"availability_zone":"local-1a","volume_type":"SSD","backup_id":"backup"}}""" },
        { "tags", Body(""","tags":{"键-a_1":"值.b-c_2","empty":""}""") },
        { "GPSSD2", Body(""","iops":3000,"throughput":750""", type: "GPSSD2") },
        { "ESSD2", Body(""","iops":3000""", type: "ESSD2") },
        { "shareable as text", Body(""","shareable":"true" """) },
        { "default enterprise project", Body(""","enterprise_project_id":"0" """) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_create_that_breaks_a_rule_is_refused_with_its_code(string name, string body, string code)
    {
        var cloud = StrictCloud();

        var (status, answer) = cloud.Call("POST", "/v3/{project}/cloudvolumes", body);

        LocalCloud.Code(answer).ShouldBe(code, name);
        status.ShouldBe(400, name);
        cloud.Cloud.Run(world => world.Store.Volumes.Count).ShouldBe(0, name);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_create_within_the_rules_is_accepted(string name, string body)
    {
        var (status, answer) = StrictCloud().Call("POST", "/v3/{project}/cloudvolumes", body);

        status.ShouldBe(200, $"{name}: {answer}");
        answer.GetProperty("job_id").GetString()!.Length.ShouldBe(32, name);
    }

    [Fact]
    public void A_volume_from_a_snapshot_needs_its_type_its_zone_and_its_size()
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume();
        cloud.Call("POST", "/v2/{project}/cloudsnapshots", $$$"""{"snapshot":{"volume_id":"{{{volume.Id}}}"}}""");
        var snapshotId = cloud.Cloud.Run(world => world.Store.Snapshots.Single().Id);
        string Create(string more, string type = "SSD", int size = 40) => LocalCloud.Code(
            cloud.Call("POST", "/v3/{project}/cloudvolumes", Body($""","snapshot_id":"{snapshotId}"{more}""", type, size)).Body)!;

        Create("").ShouldBe("EVS.2043");
        cloud.Clock.Advance(10);
        Create("", type: "SAS").ShouldBe("EVS.2096");
        Create("", size: 39).ShouldBe("EVS.1010");
        Create(""","count":2""").ShouldBe("EVS.1021");
        Create(""","metadata":{"hw:passthrough":"true"}""").ShouldBe("EVS.1043");
        Create(""","availability_zone":"local-1b" """).ShouldBe("EVS.2054");
        cloud.NewVolume($""","snapshot_id":"{snapshotId}" """).SnapshotId.ShouldBe(snapshotId);
    }

    [Fact]
    public void A_volume_from_a_snapshot_inherits_encryption_and_device_type()
    {
        var cloud = new LocalCloud();
        var volume = cloud.NewVolume(
            $$""","metadata":{"__system__encrypted":"1","__system__cmkid":"{{Key}}","hw:passthrough":"true","owner":"me"}""");
        cloud.Call("POST", "/v2/{project}/cloudsnapshots", $$$"""{"snapshot":{"volume_id":"{{{volume.Id}}}"}}""");
        cloud.Clock.Advance(10);
        var snapshotId = cloud.Cloud.Run(world => world.Store.Snapshots.Single().Id);

        var copy = cloud.NewVolume($""","snapshot_id":"{snapshotId}" """);

        copy.Encrypted.ShouldBeTrue();
        copy.IsScsi.ShouldBeTrue();
        copy.Metadata.Keys.ShouldBe(["__system__cmkid", "__system__encrypted", "hw:passthrough"]);
    }

    [Theory]
    [InlineData("opentelekomcloud", "GPSSD2", "EVS.2070")]
    [InlineData("flexibleengine", "ESSD2", "EVS.2070")]
    public void A_type_that_a_cloud_lacks_is_refused(string cloud, string type, string code) =>
        LocalCloud.Code(new LocalCloud(cloud: cloud).Call("POST", "/v3/{project}/cloudvolumes", Body(type: type)).Body).ShouldBe(code);

    [Fact]
    public void An_open_catalogue_takes_any_id()
    {
        var cloud = new LocalCloud();

        cloud.NewVolume(""","imageRef":"any" """).Bootable.ShouldBeTrue();
        cloud.NewVolume(""","backup_id":"any" """).BackupId.ShouldBe("any");
        cloud.NewVolume($$""","metadata":{"__system__encrypted":"1","__system__cmkid":"{{Key}}"}""").Encrypted.ShouldBeTrue();
    }

    private static string Body(string more = "", string type = "SSD", int size = 40, string name = "disk") =>
        LocalCloud.CreateBody(more, type, size, name);

    private static LocalCloud StrictCloud() => new(settings => settings with
    {
        SoldOut = settings.SoldOut.Add("SATA", ["local-1b"]),
        Quotas = settings.Quotas.Add("volumes", 5).Add("gigabytes", 1000),
        Sources = new Sources
        {
            Closed = true,
            Images = [new ImageEntry { Id = "image", MinDisk = 40 }],
            Backups =
            [
                new BackupEntry { Id = "backup", Size = 100 },
                new BackupEntry { Id = "backup-b", Zone = "local-1b" },
                new BackupEntry { Id = "backup-restoring", Status = "restoring" },
            ],
            Keys = [new KeyEntry { Id = Key }, new KeyEntry { Id = DisabledKey, Enabled = false }],
        },
    });
}
