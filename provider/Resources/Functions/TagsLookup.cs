using PulumiEvs.Evs.Errors;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Resources.Functions.LookupProperty;

namespace PulumiEvs.Resources.Functions;

/// <summary><c>getTags</c>: the tags of one disk, or all that disks of the project have (EVS API reference, querying tags).</summary>
internal static class TagsLookup
{
    public static readonly Lookup Lookup = new(
        new FunctionDeclaration
        {
            Token = "evs:index:getTags",
            Examples = LookupExamples.Tags,
            Description = "The tags of one disk, or, without `volumeId`, all tags that disks of the project have.",
            Arguments = [Argument("volumeId", PropertyType.String, "ID of the disk whose tags are wanted.")],
            Results =
            [
                Always(
                    "tags",
                    new PropertyType.Map(PropertyType.StringList),
                    "Each key with its values, in order: one value per key for a single disk, every value that some disk has for the project."),
            ],
        },
        ReadAsync);

    private static async Task<PropertyMap> ReadAsync(EvsSession session, PropertyMap arguments, CancellationToken cancellationToken)
    {
        var tags = InputReader.Text(arguments["volumeId"]) is { } volumeId
            ? await OfVolumeAsync(session, volumeId, cancellationToken)
            : await session.Client.ListProjectTagsAsync(cancellationToken);
        return PropertyMap.Of((
            "tags",
            PropertyMap.From(tags.Select(tag => KeyValuePair.Create(tag.Key, List(tag.Value.Order(StringComparer.Ordinal)))))));
    }

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> OfVolumeAsync(
        EvsSession session, string volumeId, CancellationToken cancellationToken)
    {
        try
        {
            var tags = await session.Client.GetTagsAsync(volumeId, cancellationToken);
            return tags.ToDictionary(tag => tag.Key, tag => (IReadOnlyList<string>)[tag.Value], StringComparer.Ordinal);
        }
        catch (EvsException e) when (e.IsDefinitelyNotFound)
        {
            throw new ResourceException(FailureKind.NotFound, NotFound.Volume(session, volumeId), e);
        }
    }
}
