using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Snapshots.SnapshotProperties;

namespace PulumiEvs.Resources.Snapshots;

/// <summary>A snapshot's outputs: what the cloud has, and, for what it does not tell, what the program gave.</summary>
internal static class SnapshotOutputs
{
    /// <summary>What an answer of the cloud says, in the words of the inputs. What it does not tell, and what is empty, is absent, except the name.</summary>
    public static PropertyMap Facts(SnapshotView view) => new PropertyMap.Builder(5)
        .SetIfPresent(VolumeId, NotEmpty(view.Snapshot.VolumeId))
        .SetIfPresent(Name, view.Snapshot.Name)
        .SetIfPresent(Description, NotEmpty(view.Snapshot.Description))
        .SetIfPresent(Tags, TagMap(view.Tags))
        .Build();

    public static PropertyMap Of(SnapshotView view, PropertyMap inputs)
    {
        var live = Facts(view);
        var outputs = new PropertyMap.Builder(10);
        foreach (var property in SnapshotDeclaration.Declaration.Inputs)
        {
            // Description and tags are told whenever they are there: not told means none, whatever the program wished.
            var isTold = property.Name == Description || (property.Name == Tags && view.Tags is not null);
            var value = live[property.Name].IsAbsent && !isTold ? Kept(property.Name, inputs) : live[property.Name];
            outputs.SetIfPresent(property.Name, SecretMarks.Carry(inputs[property.Name], value));
        }

        var snapshot = view.Snapshot;
        return outputs
            .Set(SnapshotId, snapshot.Id)
            .Set(Status, snapshot.Status)
            .SetIfPresent(Size, snapshot.Size is { } size ? size : null)
            .SetIfPresent(CreatedAt, NotEmpty(snapshot.CreatedAt))
            .SetIfPresent(UpdatedAt, NotEmpty(snapshot.UpdatedAt))
            .Build();
    }

    /// <summary>What a preview can be sure of: the inputs that come back as outputs.</summary>
    public static PropertyMap Expected(PropertyMap inputs)
    {
        var outputs = new PropertyMap.Builder(5);
        foreach (var property in SnapshotDeclaration.Declaration.Inputs)
        {
            outputs.SetIfPresent(property.Name, Kept(property.Name, inputs));
        }

        return outputs.Build();
    }

    private static PropertyValue Kept(string name, PropertyMap inputs) => inputs[name] switch
    {
        { Bare: PropertyValue.Text { Value: "" } } when name != Name => PropertyValue.Null.Instance,
        { Bare: PropertyValue.Map { Entries.Count: 0 } } => PropertyValue.Null.Instance,
        var value => value,
    };

    private static PropertyValue? TagMap(IReadOnlyDictionary<string, string>? tags) => tags is not { Count: > 0 }
        ? null
        : (PropertyValue)PropertyMap.From(tags.Select(tag => KeyValuePair.Create(tag.Key, (PropertyValue)tag.Value)));

    private static PropertyValue? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
