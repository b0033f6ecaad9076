using System.Collections.Immutable;
using System.Text.Json;
using EvsSimulator.Core;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Volumes;
using EvsSimulator.Http.Views;

namespace EvsSimulator.Http.Routes;

/// <summary>Tags of volumes: at both paths in use, and the older one with a map.</summary>
internal static class TagRoutes
{
    private static readonly string[] Collections = ["cloudvolumes", "os-vendor-volumes"];

    public static IEnumerable<Route> All() =>
    [
        .. Collections.SelectMany(collection => (Route[])
        [
            Route.Get($"/v2/{{project}}/{collection}/tags", "listProjectTags", OfProject),
            Route.Get($"/v2/{{project}}/{collection}/{{id}}/tags", "getVolumeTags", Get),
            Route.Post($"/v2/{{project}}/{collection}/{{id}}/tags/action", "changeVolumeTags", Change),
            Route.Post($"/v2/{{project}}/{collection}/resource_instances/action", "findVolumesByTag", FindByTag),
        ]),
        Route.Get("/v2/{project}/os-vendor-tags/volumes", "listProjectTags", OfProject),
        Route.Get("/v2/{project}/os-vendor-tags/volumes/{id}", "getVolumeTags", GetMap),
        Route.Put("/v2/{project}/os-vendor-tags/volumes/{id}", "changeVolumeTags", ReplaceAll),
    ];

    private static Outcome<Answer> OfProject(Call call)
    {
        var tags = call.Run(world => TagOperations.OfProject(world, call.ProjectId));
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("tags");
            foreach (var (key, values) in tags)
            {
                json.WriteStartArray(key);
                foreach (var value in values)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static Outcome<Answer> Get(Call call) =>
        call.Run(world => VolumeChanges.Find(world, call.ProjectId, call["id"])).Succeeded(out var volume, out var refusal)
            ? Answer.Json(200, json =>
            {
                json.WriteStartObject();
                WriteList(json, volume);
                json.WriteEndObject();
            })
            : refusal;

    private static Outcome<Answer> GetMap(Call call) =>
        call.Run(world => VolumeChanges.Find(world, call.ProjectId, call["id"])).Succeeded(out var volume, out var refusal)
            ? MapAnswer(volume)
            : refusal;

    private static Answer MapAnswer(Volume volume) => Answer.Json(200, json =>
    {
        json.WriteStartObject();
        json.WriteTexts("tags", volume.Tags);
        json.WriteEndObject();
    });

    private static Outcome<Answer> ReplaceAll(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        var input = new JsonInput(body);
        var tags = input.Texts("tags");
        if (tags is null)
        {
            return input.Refusal ?? Refusal.Of("EVS.1062");
        }

        return call.Run(world => TagOperations.Replace(world, call.ProjectId, call["id"], tags)).Succeeded(out var volume, out var refusal)
            ? MapAnswer(volume)
            : refusal;
    }

    private static Outcome<Answer> Change(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        var input = new JsonInput(body);
        var action = input.Text("action");
        if (input.Refusal is not null
            || action is not ("create" or "delete")
            || ReadTags(body, valueNeeded: action == "create") is not { } tags)
        {
            return Refusal.Of("EVS.1062");
        }

        return call.Run(world => action == "create"
                ? TagOperations.Add(world, call.ProjectId, call["id"], tags)
                : TagOperations.Remove(world, call.ProjectId, call["id"], tags.Keys))
            .Succeeded(out _, out var refusal) ? Answer.Empty(204) : refusal;
    }

    private static ImmutableSortedDictionary<string, string>? ReadTags(JsonElement body, bool valueNeeded)
    {
        if (!new JsonInput(body).TryFind("tags", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var tags = Volume.NoText;
        foreach (var item in list.EnumerateArray())
        {
            var input = new JsonInput(item);
            var (key, value) = (input.Text("key"), input.Text("value"));
            if (input.Refusal is not null || key is null || (value is null && valueNeeded))
            {
                return null;
            }

            tags = tags.SetItem(key, value ?? "");
        }

        return tags;
    }

    private static Outcome<Answer> FindByTag(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        var input = new JsonInput(body);
        var action = input.Text("action");
        if (action is not ("filter" or "count"))
        {
            return Refusal.Of("EVS.1070");
        }

        // The recorded requests write these two numbers as text.
        var offset = ReadNumber(body, "offset", 0);
        var limit = ReadNumber(body, "limit", VolumeQuery.MaxLimit);
        if (offset is null or < 0 || limit is null or < 1 or > VolumeQuery.MaxLimit)
        {
            return Refusal.Of("EVS.1023");
        }

        var found = call.Run(world => TagOperations.Find(world, call.ProjectId, ReadWanted(body), ReadName(body)));
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total_count", found.Length);
            if (action == "filter")
            {
                json.WriteStartArray("resources");
                foreach (var volume in found.Skip(offset.Value).Take(limit.Value))
                {
                    json.WriteStartObject();
                    json.WriteString("resource_id", volume.Id);
                    json.WriteString("resource_name", volume.Name);
                    json.WritePropertyName("resource_detail");
                    VolumeView.Write(json, volume, VolumeDialect.Evs);
                    WriteList(json, volume);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
    }

    private static int? ReadNumber(JsonElement body, string name, int fallback) =>
        !new JsonInput(body).TryFind(name, out var value) ? fallback
        : int.TryParse(value.ToString(), out var number) ? number
        : null;

    private static ImmutableArray<(string Key, ImmutableArray<string> Values)> ReadWanted(JsonElement body) =>
        !new JsonInput(body).TryFind("tags", out var list) || list.ValueKind != JsonValueKind.Array
            ? []
            : [.. list.EnumerateArray().Select(item =>
            {
                var input = new JsonInput(item);
                var key = input.Text("key") ?? "";
                return (key, input.TryFind("values", out var values) && values.ValueKind == JsonValueKind.Array
                    ? values.EnumerateArray().Select(value => value.ToString()).ToImmutableArray()
                    : []);
            })];

    private static string? ReadName(JsonElement body)
    {
        if (!new JsonInput(body).TryFind("matches", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var item in list.EnumerateArray())
        {
            var input = new JsonInput(item);
            if (input.Text("key") == "resource_name")
            {
                return input.Text("value");
            }
        }

        return null;
    }

    private static void WriteList(Utf8JsonWriter json, Volume volume)
    {
        json.WriteStartArray("tags");
        foreach (var (key, value) in volume.Tags)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
