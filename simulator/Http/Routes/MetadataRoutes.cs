using System.Collections.Immutable;
using System.Text;
using EvsSimulator.Core;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Volumes;

namespace EvsSimulator.Http.Routes;

/// <summary>A volume's metadata through cinder: POST merges, PUT replaces.</summary>
internal static class MetadataRoutes
{
    private const int LongestText = 255;
    private static readonly string[] Versions = ["v2", "v3"];

    public static IEnumerable<Route> All() => Versions
        .SelectMany(version => (Route[])
        [
            Route.Get($"/{version}/{{project}}/volumes/{{id}}/metadata", "cinderGetMetadata", Show),
            Route.Post($"/{version}/{{project}}/volumes/{{id}}/metadata", "cinderChangeMetadata", call => Change(call, merges: true)),
            Route.Put($"/{version}/{{project}}/volumes/{{id}}/metadata", "cinderChangeMetadata", call => Change(call, merges: false)),
            Route.Delete($"/{version}/{{project}}/volumes/{{id}}/metadata/{{key}}", "cinderDeleteMetadata", Delete),
        ])
        .Select(route => route with { Shape = ErrorShape.Cinder });

    private static Outcome<Answer> Show(Call call) =>
        call.Run(world => VolumeChanges.Find(world, call.ProjectId, call["id"])).Succeeded(out var volume, out var refusal)
            ? Written(volume.Metadata)
            : refusal;

    private static Outcome<Answer> Change(Call call, bool merges)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        var input = new JsonInput(body);
        var given = input.Texts("metadata");
        if (given is null || given.Any(entry => IsTooLong(entry.Key) || IsTooLong(entry.Value)))
        {
            return input.Refusal ?? Refusal.Of("EVS.5400");
        }

        return call.Run<Outcome<Answer>>(world =>
        {
            if (!VolumeChanges.Find(world, call.ProjectId, call["id"]).Succeeded(out var volume, out var refusal))
            {
                return refusal;
            }

            var metadata = merges ? volume.Metadata.SetItems(given) : given;
            world.Store.Put(volume with { Metadata = metadata, UpdatedAt = world.Now });
            return Written(metadata);
        });
    }

    private static Outcome<Answer> Delete(Call call) => call.Run<Outcome<Answer>>(world =>
    {
        if (!VolumeChanges.Find(world, call.ProjectId, call["id"]).Succeeded(out var volume, out var refusal))
        {
            return refusal;
        }

        if (!volume.Metadata.ContainsKey(call["key"]))
        {
            return Refusal.WithText("EVS.5404", $"Volume {volume.Id} has no metadata with key {call["key"]}.");
        }

        world.Store.Put(volume with { Metadata = volume.Metadata.Remove(call["key"]), UpdatedAt = world.Now });
        return Answer.Empty(200);
    });

    private static bool IsTooLong(string text) => Encoding.UTF8.GetByteCount(text) > LongestText;

    private static Answer Written(ImmutableSortedDictionary<string, string> metadata) => Answer.Json(200, json =>
    {
        json.WriteStartObject();
        json.WriteTexts("metadata", metadata);
        json.WriteEndObject();
    });
}
