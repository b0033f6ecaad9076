using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.Reporting;

/// <summary>Volumes as they are named in messages.</summary>
internal static class VolumeText
{
    /// <summary>A disk that is to be made, or several: <c>volume "data" (SSD, 100 GiB, eu-de-01)</c>, <c>3 volumes "data" (…)</c>.</summary>
    public static string Wished(PropertyMap inputs, int count = 1)
    {
        var facts = new[]
        {
            Plain(inputs[VolumeProperties.VolumeType]),
            inputs[VolumeProperties.Size].Bare is PropertyValue.Number { Value: var size } ? $"{size:0} GiB" : null,
            Plain(inputs[VolumeProperties.AvailabilityZone]),
        };
        return $"{(count == 1 ? "volume" : $"{count} volumes")} {inputs[VolumeProperties.Name]} ({string.Join(", ", facts.Where(fact => fact is not null))})";
    }

    /// <summary>A disk by its name alone: <c>volume "data"</c>.</summary>
    public static string Named(PropertyMap inputs) => $"volume {inputs[VolumeProperties.Name]}";

    /// <summary>A disk that is there: <c>volume "data" (591ac654-…)</c>.</summary>
    public static string Existing(string id, PropertyMap known) =>
        known[VolumeProperties.Name] is { IsAbsent: false } name ? $"volume {name} ({id})" : $"volume {id}";

    public static string Existing(Volume volume) =>
        string.IsNullOrEmpty(volume.Name) ? $"volume {volume.Id}" : $"volume \"{volume.Name}\" ({volume.Id})";

    private static string? Plain(PropertyValue value) =>
        value.IsSecret ? "[secret]" : value.Bare is PropertyValue.Text text ? text.Value : null;
}
