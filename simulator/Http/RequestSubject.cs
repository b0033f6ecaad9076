using System.Text.Json;
using EvsSimulator.Core;

namespace EvsSimulator.Http;

/// <summary>Finds the name of the volume that a request makes or is about, for the faults that are matched by it.</summary>
internal sealed class RequestSubject(Cloud cloud, IReadOnlyDictionary<string, string> routeValues, ReadOnlyMemory<byte> body)
{
    public string? VolumeName() => routeValues.TryGetValue("id", out var id) ? NameOf(id) : NameInBody();

    private string? NameOf(string id) => cloud.Run(world =>
    {
        var volumeId = world.Store.Job(id)?.VolumeId ?? world.Store.Snapshot(id)?.VolumeId ?? id;
        return world.Store.Volume(volumeId)?.Name;
    });

    private string? NameInBody()
    {
        if (body.IsEmpty)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(body.Span);
            return NameIn(JsonElement.ParseValue(ref reader));
        }
        catch (JsonException)
        {
            // A body that is not JSON names no volume; the handler will refuse it.
            return null;
        }
    }

    private string? NameIn(JsonElement json)
    {
        var input = new JsonInput(json);
        var volumeId = input.TryFind("snapshot", out var snapshot) ? new JsonInput(snapshot).Text("volume_id")
            : input.TryFind("volumeAttachment", out var attachment) ? new JsonInput(attachment).Text("volumeId")
            : null;
        return volumeId is not null ? NameOf(volumeId)
            : input.TryFind("volume", out var volume) ? new JsonInput(volume).Text("name")
            : null;
    }
}
