using EvsSimulator.Core;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Jobs;
using EvsSimulator.Core.Volumes;
using EvsSimulator.Http.Views;

namespace EvsSimulator.Http.Routes;

/// <summary>Volumes through the service's own API.</summary>
internal static class VolumeRoutes
{
    private const string ClientTokenHeader = "X-Client-Token";

    public static IEnumerable<Route> All() =>
    [
        Route.Post("/v2/{project}/cloudvolumes", "createVolume", CreatePlain),
        Route.Post("/v3/{project}/cloudvolumes", "createVolume", CreatePlain),
        Route.Post("/v2.1/{project}/cloudvolumes", "createVolume", CreateV21) with { Feature = Feature.V21 },
        Route.Get("/v2/{project}/cloudvolumes/detail", "listVolumes", List),
        Route.Get("/v2/{project}/cloudvolumes", "listVolumesShort", ListShort),
        Route.Get("/v3/{project}/os-vendor-volumes/detail", "listVolumes", ListV3),
        Route.Get("/v2/{project}/cloudvolumes/{id}", "getVolume", Get),
        Route.Get("/v2/{project}/os-vendor-volumes/{id}", "getVolume", Get),
        Route.Get("/v3/{project}/os-vendor-volumes/{id}", "getVolume", GetV3),
        Route.Put("/v2/{project}/cloudvolumes/{id}", "updateVolume", Update),
        Route.Delete("/v2/{project}/cloudvolumes/{id}", "deleteVolume", Delete),
        Route.Post("/v2/{project}/cloudvolumes/unsubscribe", "unsubscribeVolumes", PrepaidRoutes.Unsubscribe) with { Feature = Feature.V21 },
        Route.Post("/v2/{project}/cloudvolumes/{id}/action", "extendVolume", call => Extend(call, 200)),
        Route.Post("/v2.1/{project}/cloudvolumes/{id}/action", "extendVolume", call => Extend(call, 202)) with { Feature = Feature.V21 },
        Route.Post("/v2/{project}/volumes/{id}/retype", "retypeVolume", Retype) with { Feature = Feature.Retype },
        Route.Put("/v5/{project}/cloudvolumes/{id}/qos", "modifyVolumeQos", ModifyQos) with { Feature = Feature.V5 },
    ];

    private static Outcome<Answer> CreatePlain(Call call)
    {
        if (!ReadCreate(call).Succeeded(out var request, out var refusal))
        {
            return refusal;
        }

        // Prepaid orders and attaching at once came with v2.1; the older versions do not read these members.
        request = request with { Billing = null, ServerId = null };
        return call.Run(world => VolumeCreation.Create(world, call.ProjectId, call.Principal.User.Id, request, call.Fate))
            .Succeeded(out var created, out refusal) ? JobAnswer(200, created.Job) : refusal;
    }

    private static Outcome<Answer> CreateV21(Call call)
    {
        var token = call.Headers.TryGetValue(ClientTokenHeader, out var values) ? values.ToString() : null;
        if (token is not null && !Guid.TryParseExact(token, "D", out _))
        {
            return Refusal.WithText("EVS.1070", $"invalid request. {ClientTokenHeader} must be a UUID of 36 characters");
        }

        return call.Run<Outcome<Answer>>(world =>
        {
            if (token is not null && world.ClientTokens.Find(call.ProjectId, token, world.Moment) is { } known)
            {
                return Answer.Json(202, known);
            }

            if (!ReadCreate(call).Succeeded(out var request, out var refusal)
                || !VolumeCreation.Create(world, call.ProjectId, call.Principal.User.Id, request, call.Fate)
                    .Succeeded(out var created, out refusal))
            {
                return refusal;
            }

            var answer = CreatedAnswer(request, created);
            if (token is not null)
            {
                world.ClientTokens.Remember(call.ProjectId, token, System.Text.Encoding.UTF8.GetString(answer.Body.Span), world.Moment);
            }

            return answer;
        });
    }

    private static Outcome<CreateRequest> ReadCreate(Call call) =>
        call.ReadBody(out var body) is { } refusal ? refusal : CreateRequest.Read(body);

    private static Answer CreatedAnswer(CreateRequest request, Created created) => Answer.Json(202, json =>
    {
        json.WriteStartObject();
        json.WriteString(created.OrderId is null ? "job_id" : "order_id", created.OrderId ?? created.Job.Id);
        if (request.Metadata.GetValueOrDefault(MetadataKeys.CreateForVolumeId) == "true")
        {
            json.WriteStartArray("volume_ids");
            foreach (var volume in created.Volumes)
            {
                json.WriteStringValue(volume.Id);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    });

    private static Outcome<Answer> Get(Call call) => Get(call, VolumeDialect.Evs);

    private static Outcome<Answer> GetV3(Call call) => Get(call, VolumeDialect.EvsV3);

    private static Outcome<Answer> Get(Call call, VolumeDialect dialect) =>
        call.Run(world => VolumeChanges.Find(world, call.ProjectId, call["id"])).Succeeded(out var volume, out var refusal)
            ? Answer.Json(200, json => VolumeView.WriteWrapped(json, volume, dialect))
            : refusal;

    private static Outcome<Answer> List(Call call) => VolumeListing.Answer(call, VolumeDialect.Evs, hasCount: true);

    private static Outcome<Answer> ListV3(Call call) => VolumeListing.Answer(call, VolumeDialect.EvsV3, hasCount: true);

    private static Outcome<Answer> ListShort(Call call) => VolumeListing.Answer(call, dialect: null, hasCount: false);

    private static Outcome<Answer> Update(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        var outer = new JsonInput(body);
        if (!outer.TryFind("volume", out var given))
        {
            return Refusal.Of("EVS.1001");
        }

        var input = new JsonInput(given);
        var (name, description) = (input.Text("name"), input.Text("description"));
        if (input.Refusal is { } wrongType)
        {
            return wrongType;
        }

        return call.Run(world => VolumeChanges.Update(world, call.ProjectId, call["id"], name, description))
            .Succeeded(out var volume, out var refusal)
                ? Answer.Json(200, json => VolumeView.Write(json, volume, VolumeDialect.Evs))
                : refusal;
    }

    private static Outcome<Answer> Delete(Call call) =>
        call.Run(world => VolumeChanges.Delete(world, call.ProjectId, call["id"], cascade: true, hasDocument: true, call.Fate))
            .Succeeded(out var job, out var refusal) ? JobAnswer(200, job) : refusal;

    private static Outcome<Answer> Extend(Call call, int status)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        if (!new JsonInput(body).TryFind("os-extend", out var extend))
        {
            return Refusal.Of("EVS.1011");
        }

        var input = new JsonInput(extend);
        var newSize = input.Number("new_size");
        if (input.Refusal is { } wrongType)
        {
            return wrongType;
        }

        return call.Run(world => VolumeChanges.Extend(world, call.ProjectId, call["id"], newSize, hasDocument: true, call.Fate))
            .Succeeded(out var job, out var refusal) ? JobAnswer(status, job) : refusal;
    }

    private static Outcome<Answer> Retype(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        if (!new JsonInput(body).TryFind("os-retype", out var retype))
        {
            return Refusal.Of("EVS.1070");
        }

        var input = new JsonInput(retype);
        var (newType, iops, throughput) = (input.Text("new_type"), input.Number("iops"), input.Number("throughput"));
        if (input.Refusal is { } wrongType)
        {
            return wrongType;
        }

        return call.Run(world => VolumeChanges.Retype(world, call.ProjectId, call["id"], newType, iops, throughput, call.Fate))
            .Succeeded(out var job, out var refusal) ? JobAnswer(202, job) : refusal;
    }

    private static Outcome<Answer> ModifyQos(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        if (!new JsonInput(body).TryFind("qos_modify", out var modify))
        {
            return Refusal.Of("EVS.1070");
        }

        var input = new JsonInput(modify);
        var (iops, throughput) = (input.Number("iops"), input.Number("throughput"));
        if (input.Refusal is { } wrongType)
        {
            return wrongType;
        }

        return call.Run(world => VolumeChanges.ModifyQos(world, call.ProjectId, call["id"], iops, throughput, call.Fate))
            .Succeeded(out var job, out var refusal) ? JobAnswer(202, job) : refusal;
    }

    private static Answer JobAnswer(int status, Job job) => Answer.Member(status, "job_id", job.Id);
}
