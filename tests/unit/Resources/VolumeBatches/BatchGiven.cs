using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.VolumeBatches;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;

namespace PulumiEvs.Tests.Unit.Resources.VolumeBatches;

/// <summary>Inputs and states of a batch of disks of 40 GiB named "data".</summary>
internal static class BatchGiven
{
    public static string Id(int number) => $"00000000-0000-4000-8000-{number:000000000000}";

    public static PropertyMap Inputs(PropertyValue count, params ReadOnlySpan<(string Name, PropertyValue Value)> changes) =>
        Given.Inputs(changes).With(BatchProperties.Count, count).WithoutNulls();

    /// <summary>The outputs of a batch that has what its inputs say, apart from single disks.</summary>
    /// <param name="changes">What is otherwise with the disk of that number; null where there is none.</param>
    public static PropertyMap State(PropertyMap inputs, params (int Number, Func<PropertyMap, PropertyMap>? Change)[] changes)
    {
        var members = Enumerable.Range(1, InputReader.Int(inputs[BatchProperties.Count]) ?? 0).Select(number =>
        {
            var outputs = Given.Outputs(BatchMembers.InputsOf(inputs, number), (VolumeProperties.VolumeId, Id(number)));
            var change = changes.Where(one => one.Number == number).Select(one => one.Change).DefaultIfEmpty(same => same).Single();
            return change is null ? null : new BatchMember(number, Id(number), change(outputs));
        });
        return BatchOutputs.Of(members.OfType<BatchMember>(), inputs, "job-1");
    }

    /// <summary>A disk that a failed creation has left behind.</summary>
    public static PropertyMap Broken(PropertyMap outputs) => CreationMark.Put(outputs.With(VolumeProperties.Status, "error"), CreationState.Failed);

    /// <summary>The disks that outputs list, as <c>1 00000000-…-000000000001 data-0001 40; 2 …</c>, with what is not known as <c>?</c>.</summary>
    public static string Volumes(PropertyMap outputs) => outputs[BatchProperties.Volumes] is PropertyValue.List list
        ? string.Join("; ", list.Items.Select(item => Line(((PropertyValue.Map)item).Entries)))
        : "?";

    private static string Line(PropertyMap entry) => string.Join(
        ' ',
        ((string[])[BatchProperties.Number, VolumeProperties.VolumeId, VolumeProperties.Name, VolumeProperties.Size])
            .Select(name => entry[name].Bare switch
            {
                PropertyValue.Text { Value: var text } => text,
                PropertyValue.Number { Value: var number } => $"{number}",
                _ => "?",
            }));
}
