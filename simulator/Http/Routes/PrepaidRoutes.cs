using System.Text.Json;
using EvsSimulator.Core;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Jobs;
using EvsSimulator.Core.Volumes;

namespace EvsSimulator.Http.Routes;

/// <summary>Gives up volumes that were paid for in advance; a delete refuses them.</summary>
internal static class PrepaidRoutes
{
    public static Outcome<Answer> Unsubscribe(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        if (!new JsonInput(body).TryFind("volume_ids", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return Refusal.Of("EVS.1032");
        }

        var ids = list.EnumerateArray().Select(item => item.ToString()).ToArray();
        var results = call.Run(world => ids.Select(id => (Id: id, Refusal: GiveUp(world, call.ProjectId, id))).ToArray());
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            foreach (var (id, refusal) in results)
            {
                json.WriteStartObject();
                json.WriteString("volume_id", id);
                json.WriteString("result", refusal is null ? "SUCCESS" : "FAIL");
                if (refusal is not null)
                {
                    json.WriteString("fail_reason", refusal.Message);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Refusal? GiveUp(World world, string projectId, string id)
    {
        if (!VolumeChanges.Find(world, projectId, id).Succeeded(out var volume, out var refusal))
        {
            return refusal;
        }

        if (!volume.IsPrepaid)
        {
            return Refusal.WithText("EVS.1070", "invalid request. The volume is not prepaid.");
        }

        world.Store.Put(volume with { Metadata = volume.Metadata.Remove(MetadataKeys.OrderId) });
        return VolumeChanges.Delete(world, projectId, id, cascade: true, hasDocument: false, JobFate.Usual).Refusal;
    }
}
