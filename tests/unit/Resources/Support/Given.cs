using System.Collections.Immutable;
using System.Text;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using static PulumiEvs.Resources.Volumes.VolumeProperties;

namespace PulumiEvs.Tests.Unit.Resources.Support;

/// <summary>The requests of the engine about one volume, with what a test does not care about filled in.</summary>
internal static class Given
{
    public const string VolumeId = "591ac654-26d8-41be-bb77-4f90699d2d41";

    public const string KeyId = "0ea6e7a8-4e0c-4f3e-9f6a-1f8f4b1d2c3d";

    public static readonly ResourceIdentity Resource = new("urn:pulumi:dev::shop::evs:index:Volume::data", VolumeDeclaration.Token, "data");

    /// <summary>Absent: takes a property out of <see cref="Inputs"/>.</summary>
    public static readonly PropertyValue None = PropertyValue.Null.Instance;

    public static readonly PropertyValue Unknown = PropertyValue.Unknown.Plain;

    private static readonly PropertyMap Plain = PropertyMap.Of(
        (AvailabilityZone, "eu-test-1a"), (VolumeProperties.VolumeType, "SSD"), (Size, 40), (Name, "data"));

    /// <summary>The inputs of a plain disk of 40 GiB, with changes.</summary>
    public static PropertyMap Inputs(params ReadOnlySpan<(string Name, PropertyValue Value)> changes) =>
        Plain.With(PropertyMap.Of(changes)).WithoutNulls();

    public static PropertyValue Tags(params ReadOnlySpan<(string Name, PropertyValue Value)> tags) => PropertyMap.Of(tags);

    public static PropertyValue Secret(PropertyValue value) => value.AsSecret();

    public static CheckRequest Check(PropertyMap inputs, PropertyMap? old = null, AutonamingOptions? autonaming = null, string seed = "seed") =>
        new(Resource, old ?? PropertyMap.Empty, inputs, Encoding.UTF8.GetBytes(seed), autonaming);

    /// <summary>The outputs of a disk that has what its inputs say.</summary>
    public static PropertyMap Outputs(PropertyMap inputs, params ReadOnlySpan<(string Name, PropertyValue Value)> changes) =>
        PropertyMap.Of(
                (Multiattach, false), (DeviceType, "VBD"), (VolumeProperties.VolumeId, VolumeId), (JobId, "job-1"), (Status, "available"), (Encrypted, false),
                (Attachments, new PropertyValue.List([])))
            .With(VolumeOutputs.Expected(inputs))
            .With(PropertyMap.Of(changes))
            .WithoutNulls();

    /// <param name="outputs">By default those of a disk that has what its inputs say.</param>
    public static DiffRequest Diff(PropertyMap old, PropertyMap @new, PropertyMap? outputs = null, params ImmutableArray<string> ignoreChanges) =>
        new(Resource, VolumeId, old, outputs ?? Outputs(old), @new, ignoreChanges);

    public static UpdateRequest Update(PropertyMap old, PropertyMap @new, PropertyMap outputs, string id = VolumeId) =>
        new(Resource, id, old, outputs, @new, Timeout: null, Preview: false, IgnoreChanges: []);
}
