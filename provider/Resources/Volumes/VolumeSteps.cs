using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Volumes.VolumeProperties;

namespace PulumiEvs.Resources.Volumes;

/// <summary>One request that changes a disk in place.</summary>
internal abstract record VolumeStep
{
    private VolumeStep()
    {
    }

    /// <summary>What it does, as a fragment: "extending from 40 to 60 GiB".</summary>
    public abstract string Title { get; }

    /// <summary>Name and description; null leaves one as it is, an empty text clears it.</summary>
    internal sealed record Rename(string? Name, string? Description) : VolumeStep
    {
        public override string Title => (Name, Description) switch
        {
            (not null, not null) => "changing name and description",
            (not null, _) => "changing the name",
            _ => "changing the description",
        };
    }

    internal sealed record RemoveTags(IReadOnlyDictionary<string, string> Tags) : VolumeStep
    {
        public override string Title => "deleting the tags " + string.Join(", ", Tags.Keys.Order(StringComparer.Ordinal));
    }

    internal sealed record PutTags(IReadOnlyDictionary<string, string> Tags) : VolumeStep
    {
        public override string Title => "setting the tags " + string.Join(", ", Tags.Keys.Order(StringComparer.Ordinal));
    }

    internal sealed record Extend(int From, int To) : VolumeStep
    {
        public override string Title => $"extending from {From} to {To} GiB";
    }

    internal sealed record Retype(string From, string To, int? Iops, int? Throughput) : VolumeStep
    {
        public override string Title => $"changing the type from {From} to {To}";
    }

    internal sealed record SetQos(int Iops, int? Throughput) : VolumeStep
    {
        public override string Title => $"setting {Iops} IOPS" + (Throughput is { } throughput ? $" and {throughput} MiB/s" : "");
    }
}

/// <summary>Plans the steps from what a disk is to what it should be.</summary>
internal static class VolumeSteps
{
    /// <summary>
    /// The steps in the order of their application: the quick and harmless ones first; tags that go make room for tags that come;
    /// the size before the type, since a disk on its way to another type cannot be extended, and before the IOPS that it allows.
    /// </summary>
    /// <param name="live">The disk as it is.</param>
    /// <param name="known">The outputs of the state: tags that are not among them were set outside and are left alone.</param>
    public static List<VolumeStep> Plan(Volume live, PropertyMap known, PropertyMap wished)
    {
        var steps = new List<VolumeStep>();
        AddRename(steps, live, wished);
        AddTags(steps, live, known, wished);
        if (InputReader.Int(wished[Size]) is { } size && live.Size is { } current && size > current)
        {
            steps.Add(new VolumeStep.Extend(current, size));
        }

        AddPerformance(steps, live, wished);
        return steps;
    }

    private static void AddRename(List<VolumeStep> steps, Volume live, PropertyMap wished)
    {
        var name = InputReader.Text(wished[Name]) is { } newName && newName != (live.Name ?? "") ? newName : null;
        var newDescription = InputReader.Text(wished[Description]) ?? "";
        var description = newDescription != (live.Description ?? "") ? newDescription : null;
        if (name is not null || description is not null)
        {
            steps.Add(new VolumeStep.Rename(name, description));
        }
    }

    private static void AddTags(List<VolumeStep> steps, Volume live, PropertyMap known, PropertyMap wished)
    {
        var wishedTags = InputReader.Map(wished[Tags]);
        var knownTags = InputReader.Map(known[Tags]);
        var removed = live.Tags.Where(tag => knownTags.ContainsKey(tag.Key) && !wishedTags.ContainsKey(tag.Key)).ToDictionary();
        var put = wishedTags.Where(tag => !live.Tags.TryGetValue(tag.Key, out var value) || value != tag.Value).ToDictionary();
        if (removed.Count > 0)
        {
            steps.Add(new VolumeStep.RemoveTags(removed));
        }

        if (put.Count > 0)
        {
            steps.Add(new VolumeStep.PutTags(put));
        }
    }

    private static void AddPerformance(List<VolumeStep> steps, Volume live, PropertyMap wished)
    {
        var (iops, throughput) = (InputReader.Int(wished[Iops]), InputReader.Int(wished[Throughput]));
        if (InputReader.Text(wished[VolumeProperties.VolumeType]) is { } type && live.VolumeType is { } current && type != current)
        {
            steps.Add(new VolumeStep.Retype(current, type, iops, throughput));
        }
        else if (iops is { } wishedIops && (wishedIops != live.Iops?.TotalVal || (throughput is { } value && value != live.Throughput?.TotalVal)))
        {
            steps.Add(new VolumeStep.SetQos(wishedIops, throughput));
        }
    }
}
