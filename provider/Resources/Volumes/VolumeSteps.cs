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

    /// <summary>Keys can be any words, so they are quoted: <c>tag "team"</c>, <c>tags "ok", "team"</c>.</summary>
    private static string Named(IReadOnlyDictionary<string, string> tags) =>
        (tags.Count == 1 ? "tag " : "tags ") + string.Join(", ", tags.Keys.Order(StringComparer.Ordinal).Select(key => $"\"{key}\""));

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
        public override string Title => "deleting " + Named(Tags);
    }

    internal sealed record PutTags(IReadOnlyDictionary<string, string> Tags) : VolumeStep
    {
        public override string Title => "setting " + Named(Tags);
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
    /// <param name="live">The disk as it is: what is already so needs no step.</param>
    public static List<VolumeStep> Plan(Volume live, VolumeWishes wishes)
    {
        var steps = new List<VolumeStep>();
        AddRename(steps, live, wishes);
        AddTags(steps, live, wishes);
        if (wishes.Ask(Size) && InputReader.Int(wishes.NewInputs[Size]) is { } size && live.Size is { } current && size > current)
        {
            steps.Add(new VolumeStep.Extend(current, size));
        }

        AddPerformance(steps, live, wishes);
        return steps;
    }

    private static void AddRename(List<VolumeStep> steps, Volume live, VolumeWishes wishes)
    {
        var newName = InputReader.Text(wishes.NewInputs[Name]);
        var newDescription = InputReader.Text(wishes.NewInputs[Description]) ?? "";
        var name = wishes.Ask(Name) && newName is not null && newName != (live.Name ?? "") ? newName : null;
        var description = wishes.Ask(Description) && newDescription != (live.Description ?? "") ? newDescription : null;
        if (name is not null || description is not null)
        {
            steps.Add(new VolumeStep.Rename(name, description));
        }
    }

    /// <summary>Only tags that the program gave can be taken away: others were set outside.</summary>
    private static void AddTags(List<VolumeStep> steps, Volume live, VolumeWishes wishes)
    {
        var wished = InputReader.Map(wishes.NewInputs[Tags]);
        var given = InputReader.Map(wishes.OldInputs[Tags]);
        var removed = live.Tags.Where(tag => given.ContainsKey(tag.Key) && !wished.ContainsKey(tag.Key)).ToDictionary();
        var put = wished
            .Where(tag => wishes.AskForTag(tag.Key, tag.Value) && (!live.Tags.TryGetValue(tag.Key, out var value) || value != tag.Value))
            .ToDictionary();
        if (removed.Count > 0)
        {
            steps.Add(new VolumeStep.RemoveTags(removed));
        }

        if (put.Count > 0)
        {
            steps.Add(new VolumeStep.PutTags(put));
        }
    }

    private static void AddPerformance(List<VolumeStep> steps, Volume live, VolumeWishes wishes)
    {
        var (iops, throughput) = (InputReader.Int(wishes.NewInputs[Iops]), InputReader.Int(wishes.NewInputs[Throughput]));
        if (wishes.Ask(VolumeProperties.VolumeType)
            && InputReader.Text(wishes.NewInputs[VolumeProperties.VolumeType]) is { } type && live.VolumeType is { } current && type != current)
        {
            steps.Add(new VolumeStep.Retype(current, type, iops, throughput));
        }
        else if ((wishes.Ask(Iops) || wishes.Ask(Throughput))
            && iops is { } wished && (wished != live.Iops?.TotalVal || (throughput is { } value && value != live.Throughput?.TotalVal)))
        {
            steps.Add(new VolumeStep.SetQos(wished, throughput));
        }
    }
}
