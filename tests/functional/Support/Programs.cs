using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Functional.Support;

/// <summary>Inputs and resources that many tests start from.</summary>
internal static class Programs
{
    public static PropertyMap Disk(params (string Key, PropertyValue Value)[] more) => PropertyMap.Of(
        ("availabilityZone", SimulatorProcess.Zone), ("volumeType", "SSD"), ("size", 40)).With(PropertyMap.Of(more));

    public static Wish Volume(params (string Key, PropertyValue Value)[] more) => new("data", Disk(more));

    public static PropertyValue Tags(params (string Key, PropertyValue Value)[] tags) => PropertyMap.Of(tags);
}
