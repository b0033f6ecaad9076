using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Models;

/// <summary>The one place where the wire form of the models is generated. Unknown fields are ignored, odd scalars accepted.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(LenientStringConverter),
        typeof(LenientBooleanConverter),
        typeof(LenientIntegerConverter),
        typeof(StringMapConverter),
        typeof(QosValueConverter),
        typeof(JobErrorConverter),
    ])]
[JsonSerializable(typeof(VolumeEnvelope))]
[JsonSerializable(typeof(VolumePage))]
[JsonSerializable(typeof(VolumeGlancePage))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobAccepted))]
[JsonSerializable(typeof(CreateVolumeRequest))]
[JsonSerializable(typeof(CreateAccepted))]
[JsonSerializable(typeof(UpdateRequest))]
[JsonSerializable(typeof(ExtendRequest))]
[JsonSerializable(typeof(RetypeRequest))]
[JsonSerializable(typeof(QosRequest))]
[JsonSerializable(typeof(TagAction))]
[JsonSerializable(typeof(TagList))]
[JsonSerializable(typeof(TagSet))]
[JsonSerializable(typeof(ProjectTags))]
[JsonSerializable(typeof(SnapshotEnvelope))]
[JsonSerializable(typeof(SnapshotPage))]
[JsonSerializable(typeof(CreateSnapshotRequest))]
[JsonSerializable(typeof(RollbackRequest))]
[JsonSerializable(typeof(VolumeTypeList))]
[JsonSerializable(typeof(VolumeTypeEnvelope))]
[JsonSerializable(typeof(AvailabilityZoneList))]
[JsonSerializable(typeof(QuotaSetEnvelope))]
[JsonSerializable(typeof(ApiVersionList))]
[JsonSerializable(typeof(AttachRequest))]
[JsonSerializable(typeof(SourceImageList))]
[JsonSerializable(typeof(SourceBackupEnvelope))]
[JsonSerializable(typeof(DescribeKeyRequest))]
[JsonSerializable(typeof(SourceKeyEnvelope))]
internal sealed partial class EvsJson : JsonSerializerContext;
