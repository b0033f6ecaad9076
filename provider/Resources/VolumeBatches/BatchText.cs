using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>Batches as they are named in messages.</summary>
internal static class BatchText
{
    /// <summary>A batch that is there: <c>batch "data" (3 volumes)</c>.</summary>
    public static string Existing(PropertyMap outputs, int count) =>
        $"batch {outputs[VolumeProperties.Name]} ({Volumes(count)})";

    public static string Existing(BatchMember member) => VolumeText.Existing(member.VolumeId, member.Outputs);

    public static string Volumes(int count) => count == 1 ? "1 volume" : $"{count} volumes";

    public static string These(int count) => count == 1 ? "the volume" : $"the {Volumes(count)}";

    /// <summary>Is or are, for so many.</summary>
    public static string Are(int count) => count == 1 ? "is" : "are";

    /// <summary>Names in a list that stays readable.</summary>
    public static string Names(IEnumerable<BatchMember> members) => string.Join(", ", members.Select(Existing));
}
