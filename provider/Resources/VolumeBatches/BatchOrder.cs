using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>Checked inputs as the body of one request for several disks.</summary>
internal static class BatchOrder
{
    /// <summary>
    /// The request for disks of these numbers. The service numbers those of one request from 1 on, and a single one not at all: so that
    /// one gets its whole name here, and several are renamed afterwards where their numbers are others.
    /// </summary>
    public static CreateVolume From(PropertyMap inputs, IReadOnlyList<int> numbers)
    {
        var order = VolumeOrder.From(inputs.Without(BatchProperties.Count));
        return numbers.Count == 1
            ? order with { Name = NumberedName.Of(order.Name ?? "", numbers[0]) }
            : order with { Count = numbers.Count };
    }

    /// <summary>The request for a whole new batch.</summary>
    public static CreateVolume From(PropertyMap inputs) =>
        From(inputs, [.. Enumerable.Range(1, InputReader.Int(inputs[BatchProperties.Count]) ?? 1)]);
}
