using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Models;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Models;

/// <summary>Every recorded body is read by the model that it belongs to, and nothing documented is lost on the way.</summary>
public sealed class RecordedBodiesTests
{
    /// <summary>What the models leave out on purpose, with the reason.</summary>
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["volumes[].links"] = "addresses of an internal host",
        ["volume.links"] = "addresses of an internal host",
        ["links"] = "addresses of an internal host",
        ["volume.display_name"] = "cinder v1, which no cloud is called at",
        ["volume.display_description"] = "cinder v1, which no cloud is called at",
        ["versions[].links"] = "addresses of an internal host",
        ["versions[].media-types"] = "says nothing about the service",
    };

    private static readonly Dictionary<string, JsonTypeInfo> Models = new()
    {
        ["hwdoc-evs_04_0016-req-2"] = EvsJson.Default.CreateVolumeRequest,
        ["hwdoc-evs_04_0016-req-3"] = EvsJson.Default.CreateAccepted,
        ["hwdoc-evs_04_0016-req"] = EvsJson.Default.SnapshotPage,
        ["hwdoc-evs_04_0052-resp"] = EvsJson.Default.VolumeEnvelope,
        ["hwdoc-evs_04_0054-resp"] = EvsJson.Default.Job,
        ["hwdoc-evs_04_0054-resp-2"] = EvsJson.Default.Job,
        ["hwdoc-evs_04_2003-req"] = EvsJson.Default.CreateVolumeRequest,
        ["hwdoc-evs_04_2003-resp"] = EvsJson.Default.CreateAccepted,
        ["hwdoc-evs_04_2003-resp-2"] = EvsJson.Default.CreateAccepted,
        ["hwdoc-evs_04_2006-resp"] = EvsJson.Default.VolumePage,
        ["hwdoc-evs_04_2007-resp"] = EvsJson.Default.VolumeEnvelope,
        ["hwdoc-evs_04_2009-resp"] = EvsJson.Default.Volume,
        ["hwdoc-evs_04_2012-resp"] = EvsJson.Default.VolumePage,
        ["hwdoc-evs_04_2016-resp"] = EvsJson.Default.SnapshotEnvelope,
        ["hwdoc-evs_04_2018-resp"] = EvsJson.Default.SnapshotEnvelope,
        ["hwdoc-evs_04_2019-resp"] = EvsJson.Default.SnapshotEnvelope,
        ["hwdoc-evs_04_2020-req"] = EvsJson.Default.RollbackRequest,
        ["hwdoc-evs_04_2020-resp"] = EvsJson.Default.RollbackRequest,
        ["hwdoc-evs_04_2021-resp"] = EvsJson.Default.SnapshotPage,
        ["hwdoc-evs_04_2065-req"] = EvsJson.Default.CreateVolumeRequest,
        ["hwdoc-evs_04_2065-resp"] = EvsJson.Default.VolumeEnvelope,
        ["hwdoc-evs_04_2068-resp"] = EvsJson.Default.VolumePage,
        ["hwdoc-evs_04_2069-resp"] = EvsJson.Default.VolumePage,
        ["hwdoc-evs_04_2070-resp"] = EvsJson.Default.VolumeEnvelope,
        ["hwdoc-evs_04_2071-resp"] = EvsJson.Default.VolumeTypeList,
        ["hwdoc-evs_04_2072-resp"] = EvsJson.Default.VolumeTypeEnvelope,
        ["hwdoc-evs_04_2073-resp"] = EvsJson.Default.QuotaSetEnvelope,
        ["hwdoc-evs_04_2081-resp"] = EvsJson.Default.AvailabilityZoneList,
        ["hwdoc-evs_04_2096-resp"] = EvsJson.Default.SnapshotPage,
        ["hwdoc-evs_04_2097-resp"] = EvsJson.Default.SnapshotPage,
        ["hwdoc-evs_04_3004-resp"] = EvsJson.Default.VolumePage,
        ["hwdoc-evs_04_3005-resp"] = EvsJson.Default.VolumeEnvelope,
        ["hwdoc-evs_04_3033-resp"] = EvsJson.Default.VolumePage,
        ["hwdoc-evs_04_3059-resp"] = EvsJson.Default.SnapshotPage,
        ["hwdoc-evs_04_3060-resp"] = EvsJson.Default.SnapshotPage,
        ["hwdoc-evs_04_3061-resp"] = EvsJson.Default.SnapshotEnvelope,
        ["otcdoc-cinder_api_version_query_querying_information_of_an_api_version-resp"] = EvsJson.Default.ApiVersionList,
        ["otcdoc-cinder_api_version_query_querying_information_of_api_versions-resp"] = EvsJson.Default.ApiVersionList,
        ["otcdoc-cinder_disk_management_expanding_capacity_of_an_evs_disk-req"] = EvsJson.Default.ExtendRequest,
        ["otcdoc-rec_disk_management_changing_the_evs_disk_type-resp"] = EvsJson.Default.JobAccepted,
        ["otcdoc-rec_disk_management_creating_evs_disks-req"] = EvsJson.Default.CreateVolumeRequest,
        ["otcdoc-rec_disk_management_expanding_capacity_of_an_evs_disk-req"] = EvsJson.Default.ExtendRequest,
        ["otcdoc-rec_disk_management_updating_an_evs_disk-req"] = EvsJson.Default.UpdateRequest,
        ["otcdoc-rec_snapshot_management_creating_an_evs_snapshot-req"] = EvsJson.Default.CreateSnapshotRequest,
        ["otcdoc-rec_snapshot_management_updating_an_evs_snapshot-req"] = EvsJson.Default.UpdateRequest,
        ["otcdoc-rec_tag_management_batch_adding_tags_for_the_specified_evs_disk-req"] = EvsJson.Default.TagAction,
        ["otcdoc-rec_tag_management_batch_deleting_tags_of_a_specified_evs_disk-req"] = EvsJson.Default.TagAction,
        ["otcdoc-rec_tag_management_obtaining_all_tags_of_an_evs_resource_type-resp"] = EvsJson.Default.ProjectTags,
        ["otcdoc-rec_tag_management_querying_tags_of_an_evs_disk-resp"] = EvsJson.Default.TagList,
    };

    private static readonly Dictionary<string, (ErrorShape Shape, string? Code)> Errors = new()
    {
        ["hwdoc-evs_04_0013-resp"] = (ErrorShape.Flat, "AS.0001"),
        ["hwdoc-evs_04_2034-resp-2"] = (ErrorShape.Fault, "500"),
        ["hwdoc-evs_04_2065-resp-2"] = (ErrorShape.Fault, "XXX"),
        ["hwdoc-evs_04_2076-resp"] = (ErrorShape.Fault, "XXX"),
        ["hwdoc-evs_04_2089-resp"] = (ErrorShape.Fault, "XXX"),
        ["otcdoc-rec_disk_management_changing_the_evs_disk_type-resp-2"] = (ErrorShape.Nested, "XXX"),
    };

    /// <summary>Bodies of calls that the provider does not make, or whose model lives with the credentials.</summary>
    private static readonly Dictionary<string, string> NotOurs = new()
    {
        ["hwdoc-evs_04_0010-resp"] = "a token request",
        ["hwdoc-evs_04_0012-req"] = "a token request",
        ["hwdoc-evs_04_0046-req"] = "a list of projects",
        ["hwdoc-evs_04_2004-req"] = "extend of a prepaid disk",
        ["hwdoc-evs_04_2034-resp"] = "disks by tag",
        ["hwdoc-evs_04_2086-resp"] = "export as an image",
        ["otcdoc-cinder_disk_management_exporting_evs_disk_data_as_an_image-req"] = "export as an image",
        ["otcdoc-cinder_disk_management_setting_bootable_flag_for_an_evs_disk-req"] = "bootable flag",
        ["otcdoc-cinder_disk_management_setting_read-only_flag_for_an_evs_disk-req"] = "read-only flag",
        ["otcdoc-cinder_disk_metadata_management_adding_the_metadata_for_an_evs_disk-req"] = "metadata",
        ["otcdoc-cinder_disk_metadata_management_updating_one_piece_of_metadata_for_an_evs_disk-req"] = "metadata",
        ["otcdoc-cinder_disk_transfer_management_accepting_a_disk_transfer-req"] = "transfer",
        ["otcdoc-cinder_disk_transfer_management_accepting_a_disk_transfer-resp"] = "transfer",
        ["otcdoc-cinder_disk_transfer_management_creating_a_disk_transfer-req"] = "transfer",
        ["otcdoc-cinder_disk_transfer_management_creating_a_disk_transfer-resp"] = "transfer",
        ["otcdoc-cinder_disk_transfer_management_querying_all_disk_transfers-resp"] = "transfer",
        ["otcdoc-cinder_disk_transfer_management_querying_details_of_a_disk_transfer-resp"] = "transfer",
        ["otcdoc-cinder_disk_transfer_management_querying_details_of_all_disk_transfers-resp"] = "transfer",
        ["otcdoc-rec_tag_management_adding_or_updating_tags_for_an_evs_resource_deprecated-req"] = "old tags",
        ["otcdoc-rec_tag_management_batch_deleting_tags_for_an_evs_resource_deprecated-req"] = "old tags",
        ["otcdoc-rec_tag_management_querying_details_of_evs_disks_by_tag-req"] = "disks by tag",
        ["otcdoc-rec_tag_management_querying_the_number_of_evs_disks_by_tag-req"] = "disks by tag",
        ["otcdoc-rec_tag_management_resetting_tags_of_an_evs_resource_deprecated-req"] = "old tags",
        ["otcdoc-rec_tag_management_updating_tags_of_an_evs_resource_by_key_deprecated-req"] = "old tags",
    };

    public static TheoryData<string> ModelNames => [.. Models.Keys];

    public static TheoryData<string> ErrorNames => [.. Errors.Keys];

    public static TheoryData<string> AllNames => [.. Fixtures.RecordedNames];

    [Fact]
    public void Every_recorded_body_is_accounted_for()
    {
        var known = Models.Keys.Concat(Errors.Keys).Concat(NotOurs.Keys).Order();

        Fixtures.RecordedNames.ShouldBe(known);
    }

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void A_recorded_body_is_read_whole(string name)
    {
        var original = Fixtures.Recorded(name);

        var model = JsonSerializer.Deserialize(original, Models[name]);
        var again = JsonSerializer.SerializeToUtf8Bytes(model, Models[name]);

        var lost = Paths(original).Except(Paths(again)).Where(path => !LeftOut.Keys.Any(known => path == known || path.StartsWith(known, StringComparison.Ordinal)));
        lost.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ErrorNames))]
    public void A_recorded_error_is_decoded(string name)
    {
        var error = ErrorDecoder.Decode(Fixtures.Recorded(name));

        (error.Shape, error.Code).ShouldBe(Errors[name]);
        error.Message.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Any_recorded_body_can_be_shown_without_its_secrets(string name)
    {
        var shown = Redactor.Body(Fixtures.Recorded(name), [])!;

        shown.ShouldNotContain("9266c59563c84664");
        shown.ShouldNotContain("********");
    }

    /// <summary>The places of a document that hold something: null, empty lists and empty maps hold nothing.</summary>
    private static HashSet<string> Paths(byte[] json)
    {
        var paths = new HashSet<string>();
        using var document = JsonDocument.Parse(json);
        Walk(document.RootElement, "");
        return paths;

        void Walk(JsonElement value, string path)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in value.EnumerateObject())
                    {
                        Walk(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}");
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in value.EnumerateArray())
                    {
                        Walk(item, path + "[]");
                    }

                    break;
                case JsonValueKind.Null:
                    break;
                case JsonValueKind.String when value.GetString() is "null":
                    break;
                default:
                    paths.Add(path);
                    break;
            }
        }
    }
}
