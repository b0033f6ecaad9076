using System.Text.Json;
using EvsSimulator.Core;

namespace EvsSimulator.Http;

/// <summary>Finds the name of the volume that a request makes or is about, for the faults that are matched by it.</summary>
internal sealed class RequestSubject(Cloud cloud, IReadOnlyDictionary<string, string> routeValues, ReadOnlyMemory<byte> body)
{
    public string? VolumeName() => routeValues.TryGetValue("id", out var id) ? NameOf(id) : NameInBody();

    private string? NameOf(string id) => cloud.Run(world =>
        world.Store.Volume(id)?.Name ?? (world.Store.Job(id)?.VolumeId is { } volumeId ? world.Store.Volume(volumeId)?.Name : null));

    private string? NameInBody()
    {
        if (body.IsEmpty)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(body.Span);
            var json = JsonElement.ParseValue(ref reader);
            return new JsonInput(json).TryFind("volume", out var volume) ? new JsonInput(volume).Text("name") : null;
        }
        catch (JsonException)
        {
            // A body that is not JSON names no volume; the handler will refuse it.
            return null;
        }
    }
}
