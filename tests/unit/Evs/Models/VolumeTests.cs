using System.Text.Json;
using PulumiEvs.Evs.Models;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Models;

public sealed class VolumeTests
{
    [Fact]
    public void The_fields_of_a_recorded_disk_have_their_values()
    {
        var volume = JsonSerializer.Deserialize(Fixtures.Recorded("hwdoc-evs_04_2009-resp"), EvsJson.Default.Volume)!;

        volume.Id.ShouldBe("36ba39af-3579-4e6e-adfc-b764349c0f77");
        volume.Name.ShouldBe("newVolume");
        volume.Status.ShouldBe("in-use");
        volume.Size.ShouldBe(10);
        volume.Bootable.ShouldBe(false);
        volume.Shareable.ShouldBe(false);
        volume.VolumeType.ShouldBe("SATA");
        volume.CreatedAt.ShouldBe("2017-05-23T09:49:44.481299");
        volume.UpdatedAt.ShouldBeNull();
        volume.Metadata["readonly"].ShouldBe("False");
        volume.VolumeImageMetadata.ShouldBeEmpty();
        var attachment = volume.Attachments.ShouldHaveSingleItem();
        attachment.ServerId.ShouldBe("c3d3250c-7ce5-42cc-b620-dd2b63d19ca5");
        attachment.AttachmentId.ShouldBe("011a2bdb-a033-4479-845b-50bd8ed7f4d4");
        attachment.Device.ShouldBe("/dev/sdf");
        attachment.HostName.ShouldBeNull();
    }

    [Fact]
    public void The_leading_space_of_a_worldwide_name_is_dropped() => Read("""{"id":"v","wwn":" 6888"}""").Wwn.ShouldBe("6888");

    [Fact]
    public void A_backup_id_that_is_the_word_null_is_none() => Read("""{"id":"v","backup_id":"null"}""").BackupId.ShouldBeNull();

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"True\"", true)]
    [InlineData("1", true)]
    [InlineData("\"1\"", true)]
    [InlineData("false", false)]
    [InlineData("\"False\"", false)]
    [InlineData("0", false)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public void A_boolean_is_read_in_every_form(string json, bool? value) =>
        Read($$"""{"id":"v","shareable":{{json}}}""").Shareable.ShouldBe(value);

    [Theory]
    [InlineData("40", 40)]
    [InlineData("\"40\"", 40)]
    [InlineData("40.0", 40)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public void A_number_is_read_in_every_form(string json, int? value) => Read($$"""{"id":"v","size":{{json}}}""").Size.ShouldBe(value);

    [Theory]
    [InlineData("""{"id":"v","size":1.5}""")]
    [InlineData("""{"id":"v","size":"much"}""")]
    [InlineData("""{"id":"v","size":99999999999}""")]
    [InlineData("""{"id":"v","size":{}}""")]
    [InlineData("""{"id":"v","encrypted":"perhaps"}""")]
    [InlineData("""{"id":"v","encrypted":2}""")]
    [InlineData("""{"id":"v","name":{}}""")]
    [InlineData("""{"id":"v","metadata":"text"}""")]
    [InlineData("""{"id":"v","tags":["x"]}""")]
    [InlineData("""{"name":"without an id"}""")]
    public void A_value_that_cannot_be_meant_is_refused(string json) => Should.Throw<JsonException>(() => Read(json));

    [Fact]
    public void Null_is_as_absent_as_absence()
    {
        var volume = Read("""{"id":"v","status":null,"metadata":null,"tags":null,"attachments":null,"volume_image_metadata":null,"iops":null}""");

        volume.Status.ShouldBe("");
        volume.Metadata.ShouldBeEmpty();
        volume.Tags.ShouldBeEmpty();
        volume.Attachments.ShouldBeEmpty();
        volume.VolumeImageMetadata.ShouldBeEmpty();
        volume.Iops.ShouldBeNull();
    }

    [Fact]
    public void A_map_takes_scalars_of_every_kind_as_text()
    {
        var map = Read("""{"id":"v","metadata":{"a":"x","b":1,"c":true,"d":null,"e":{"f":[1]}}}""").Metadata;

        map.ShouldBe(new Dictionary<string, string> { ["a"] = "x", ["b"] = "1", ["c"] = "true", ["d"] = "", ["e"] = """{"f":[1]}""" }, ignoreOrder: true);
    }

    [Fact]
    public void Tags_are_read_as_a_map_and_as_a_list()
    {
        Read("""{"id":"v","tags":{"k":"v"}}""").Tags["k"].ShouldBe("v");
        Read("""{"id":"v","tags":[{"key":"k","value":"v"},{"key":"l"}]}""").Tags.ShouldBe(
            new Dictionary<string, string> { ["k"] = "v", ["l"] = "" }, ignoreOrder: true);
    }

    [Fact]
    public void Performance_figures_are_read_as_objects_and_as_numbers()
    {
        var volume = Read("""{"id":"v","iops":{"frozened":false,"id":"q","total_val":3000,"volume_id":"v"},"throughput":125}""");

        volume.Iops.ShouldBe(new QosValue { TotalVal = 3000, Frozened = false, Id = "q", VolumeId = "v" });
        volume.Throughput.ShouldBe(new QosValue { TotalVal = 125 });
    }

    [Fact]
    public void Unknown_fields_are_passed_over() => Read("""{"id":"v","new_field":{"a":[1,2]}}""").Id.ShouldBe("v");

    [Fact]
    public void Quotas_are_read_by_name()
    {
        var quotas = JsonSerializer.Deserialize(Fixtures.Recorded("hwdoc-evs_04_2073-resp"), EvsJson.Default.QuotaSetEnvelope)!.QuotaSet;

        quotas.Id.ShouldBe("cd631140887d4b6e9c786b67a6dd4c02");
        quotas.Quotas["gigabytes"].ShouldBe(new Quota { InUse = 2792, Limit = 42790, Reserved = 0 });
        quotas.Quotas["gigabytes"].Left.ShouldBe(42790 - 2792);
        quotas.Quotas["gigabytes_SAS"].Left.ShouldBeNull();
    }

    [Fact]
    public void A_type_knows_its_zones_and_where_it_is_sold_out()
    {
        var types = JsonSerializer.Deserialize(Fixtures.Recorded("hwdoc-evs_04_2071-resp"), EvsJson.Default.VolumeTypeList)!.VolumeTypes;

        types[0].Name.ShouldBe("SAS");
        types[0].AvailabilityZones.ShouldBe(["az-dc-1", "az-dc-2"]);
        types[0].SoldOutAvailabilityZones.ShouldBe(["az-dc-2"]);
        new VolumeType { Id = "t" }.AvailabilityZones.ShouldBeNull();
        new VolumeType { Id = "t" }.SoldOutAvailabilityZones.ShouldBeEmpty();
    }

    private static Volume Read(string json) => JsonSerializer.Deserialize(json, EvsJson.Default.Volume)!;
}
