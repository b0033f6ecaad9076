using EvsSimulator.Core;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Volumes;
using EvsSimulator.Http.Views;

namespace EvsSimulator.Http.Routes;

/// <summary>Snapshots, through the service's own API and through cinder, which differ in path and shape of errors.</summary>
internal static class SnapshotRoutes
{
    public static IEnumerable<Route> All() =>
    [
        .. Collection("/v2/{project}/cloudsnapshots", "", ErrorShape.Nested, hasCount: true),
        .. Collection("/v2/{project}/snapshots", "cinder", ErrorShape.Cinder, hasCount: false),
        .. Collection("/v3/{project}/snapshots", "cinder", ErrorShape.Cinder, hasCount: true),
        Route.Post("/v2/{project}/cloudsnapshots/{id}/rollback", "rollbackSnapshot", Rollback),
        Route.Post("/v2/{project}/os-vendor-snapshots/{id}/rollback", "rollbackSnapshot", Rollback),
        Route.Post("/v3/{project}/os-vendor-snapshots/{id}/rollback", "rollbackSnapshot", Rollback),
    ];

    private static IEnumerable<Route> Collection(string path, string prefix, ErrorShape shape, bool hasCount)
    {
        string Name(string name) => prefix.Length == 0 ? name : prefix + char.ToUpperInvariant(name[0]) + name[1..];
        Route[] routes =
        [
            Route.Post(path, Name("createSnapshot"), Create),
            Route.Get(path, Name("listSnapshotsShort"), call => List(call, detailed: false, hasCount)),
            Route.Get($"{path}/detail", Name("listSnapshots"), call => List(call, detailed: true, hasCount)),
            Route.Get($"{path}/{{id}}", Name("getSnapshot"), Get),
            Route.Put($"{path}/{{id}}", Name("updateSnapshot"), Update),
            Route.Delete($"{path}/{{id}}", Name("deleteSnapshot"), Delete),
        ];
        return routes.Select(route => route with { Shape = shape });
    }

    private static Outcome<Answer> Create(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        if (!new JsonInput(body).TryFind("snapshot", out var given))
        {
            return Refusal.Of("EVS.1070");
        }

        var input = new JsonInput(given);
        var request = new SnapshotRequest(
            input.Text("volume_id"),
            input.Text("name"),
            input.Text("description"),
            input.Flag("force") ?? false,
            input.Texts("metadata") ?? Volume.NoText);
        return input.Refusal is { } wrongType ? wrongType
            : call.Run(world => SnapshotOperations.Create(world, call.ProjectId, call.Principal.User.Id, request, call.Fate))
                .Succeeded(out var snapshot, out var refusal)
                    ? Answer.Json(202, json => SnapshotView.WriteWrapped(json, snapshot, detailed: false))
                    : refusal;
    }

    private static Outcome<Answer> Get(Call call) =>
        call.Run(world => SnapshotOperations.Find(world, call.ProjectId, call["id"])).Succeeded(out var snapshot, out var refusal)
            ? Answer.Json(200, json => SnapshotView.WriteWrapped(json, snapshot, detailed: true))
            : refusal;

    private static Outcome<Answer> List(Call call, bool detailed, bool hasCount)
    {
        if (!SnapshotQuery.Read(call.QueryValue).Succeeded(out var query, out var refusal))
        {
            return refusal;
        }

        var page = call.Run(world => query.Run(world, call.ProjectId));
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            if (hasCount)
            {
                json.WriteNumber("count", page.Count);
            }

            json.WriteStartArray("snapshots");
            foreach (var snapshot in page.Snapshots)
            {
                SnapshotView.Write(json, snapshot, detailed);
            }

            json.WriteEndArray();
            if (page is { HasMore: true, Snapshots: [.., var lastOne] })
            {
                var path = detailed ? "snapshots/detail" : "snapshots";
                json.WriteStartArray("snapshots_links");
                VolumeView.WriteLink(
                    json, $"{VolumeView.InternalHost}/v2/{call.ProjectId}/{path}?limit={query.Limit}&marker={lastOne.Id}", "next");
                json.WriteEndArray();
            }
            else
            {
                json.WriteNull("snapshots_links");
            }

            json.WriteEndObject();
        });
    }

    private static Outcome<Answer> Update(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        if (!new JsonInput(body).TryFind("snapshot", out var given))
        {
            return Refusal.Of("EVS.1070");
        }

        var input = new JsonInput(given);
        var (name, description) = (input.Text("name"), input.Text("description"));
        return input.Refusal is { } wrongType ? wrongType
            : call.Run(world => SnapshotOperations.Update(world, call.ProjectId, call["id"], name, description))
                .Succeeded(out var snapshot, out var refusal)
                    ? Answer.Json(200, json => SnapshotView.WriteWrapped(json, snapshot, detailed: false))
                    : refusal;
    }

    private static Outcome<Answer> Delete(Call call) =>
        call.Run(world => SnapshotOperations.Delete(world, call.ProjectId, call["id"], call.Fate)).Succeeded(out _, out var refusal)
            ? Answer.Empty(202)
            : refusal;

    private static Outcome<Answer> Rollback(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        if (!new JsonInput(body).TryFind("rollback", out var given))
        {
            return Refusal.Of("EVS.1070");
        }

        var input = new JsonInput(given);
        var volumeId = input.Text("volume_id");
        return input.Refusal is { } wrongType ? wrongType
            : call.Run(world => SnapshotOperations.Rollback(world, call.ProjectId, call["id"], volumeId, call.Fate))
                .Succeeded(out var snapshot, out var refusal)
                    ? Answer.Json(202, json =>
                    {
                        json.WriteStartObject();
                        json.WriteStartObject("rollback");
                        json.WriteString("volume_id", snapshot.VolumeId);
                        json.WriteEndObject();
                        json.WriteEndObject();
                    })
                    : refusal;
    }
}
