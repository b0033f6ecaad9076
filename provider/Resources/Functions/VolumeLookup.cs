using PulumiEvs.Evs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;
using static PulumiEvs.Resources.Functions.LookupProperty;

namespace PulumiEvs.Resources.Functions;

/// <summary><c>getVolume</c>: one disk, by its id or by a name that only it has.</summary>
internal static class VolumeLookup
{
    private const int MostNamed = 10;

    public static readonly Lookup Lookup = new(
        new FunctionDeclaration
        {
            Token = "evs:index:getVolume",
            Examples = LookupExamples.Volume,
            Description = "One disk, found by its id or by its name. It is an error when there is none, and when several have the name.",
            Arguments =
            [
                Argument(VolumeProperties.VolumeId, PropertyType.String, "ID of the disk. Either this or `name`."),
                Argument(VolumeProperties.Name, PropertyType.String, "Name of the disk, whole. Either this or `volumeId`."),
            ],
            Rules = [new CrossRule("Either `volumeId` or `name`.", [VolumeProperties.VolumeId, VolumeProperties.Name], OneOfBoth)],
            Results = FoundVolume.Properties,
        },
        ReadAsync);

    private static CheckFailure? OneOfBoth(PropertyMap arguments) =>
        (arguments[VolumeProperties.VolumeId].IsAbsent, arguments[VolumeProperties.Name].IsAbsent) switch
        {
            (true, true) => new CheckFailure("", "either volumeId or name must be given, but neither is"),
            (false, false) => new CheckFailure(VolumeProperties.Name, "cannot be given together with volumeId; keep one of them"),
            _ => null,
        };

    private static async Task<PropertyMap> ReadAsync(EvsSession session, PropertyMap arguments, CancellationToken cancellationToken) =>
        FoundVolume.Of(InputReader.Text(arguments[VolumeProperties.VolumeId]) is { } id
            ? await ByIdAsync(session, id, cancellationToken)
            : await ByNameAsync(session, InputReader.Text(arguments[VolumeProperties.Name])!, cancellationToken));

    private static async Task<Volume> ByIdAsync(EvsSession session, string id, CancellationToken cancellationToken) =>
        await session.Client.FindVolumeAsync(id, cancellationToken)
        ?? throw new ResourceException(FailureKind.NotFound, NotFound.Volume(session, id));

    private static async Task<Volume> ByNameAsync(EvsSession session, string name, CancellationToken cancellationToken)
    {
        var found = new List<Volume>();
        await foreach (var volume in session.Client.ListVolumesAsync(new VolumeFilter { Name = name }, cancellationToken))
        {
            // Whether the service's filter takes a part of a name for the whole differs between clouds.
            if (volume.Name == name)
            {
                found.Add(volume);
            }
        }

        return found switch
        {
            [var only] => only,
            [] => throw new ResourceException(FailureKind.NotFound, $"there is no volume named \"{name}\" {NotFound.Where(session)}"),
            _ => throw new ResourceException(
                FailureKind.Precondition,
                $"{found.Count} volumes are named \"{name}\": {string.Join(", ", found.Take(MostNamed).Select(Describe))}"
                + $"{(found.Count > MostNamed ? ", …" : "")}. Give the volumeId of one of them."),
        };
    }

    private static string Describe(Volume volume) => $"{volume.Id} ({volume.AvailabilityZone}, {volume.Size} GiB, {volume.Status})";
}
