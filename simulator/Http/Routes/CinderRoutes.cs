using EvsSimulator.Core;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Volumes;
using EvsSimulator.Http.Views;

namespace EvsSimulator.Http.Routes;

/// <summary>Volumes through the OpenStack API: no jobs, errors in its own shape.</summary>
internal static class CinderRoutes
{
    private static readonly string[] Versions = ["v2", "v3"];

    public static IEnumerable<Route> All() => Versions.SelectMany(version => (Route[])
    [
        Cinder(Route.Post($"/{version}/{{project}}/volumes", "cinderCreateVolume", Create)),
        Cinder(Route.Get($"/{version}/{{project}}/volumes", "cinderListVolumesShort", ListShort)),
        Cinder(Route.Get($"/{version}/{{project}}/volumes/detail", "cinderListVolumes", List)),
        Cinder(Route.Get($"/{version}/{{project}}/volumes/{{id}}", "cinderGetVolume", Get)),
        Cinder(Route.Put($"/{version}/{{project}}/volumes/{{id}}", "cinderUpdateVolume", Update)),
        Cinder(Route.Delete($"/{version}/{{project}}/volumes/{{id}}", "cinderDeleteVolume", Delete)),
        Cinder(Route.Post($"/{version}/{{project}}/volumes/{{id}}/action", "cinderVolumeAction", Act)),
    ]);

    /// <summary>A refusal as cinder words it: quota is 413, a missing volume 404, the rest 400.</summary>
    public static Refusal InCinderTerms(Refusal refusal) => refusal.Code switch
    {
        "EVS.1034" or "EVS.1042" => Refusal.Of("EVS.5413"),
        _ => refusal,
    };

    private static Route Cinder(Route route) => route with { Shape = ErrorShape.Cinder };

    private static Outcome<Answer> Create(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        if (!CreateRequest.Read(body).Succeeded(out var request, out var refusal)
            || !call.Run(world => VolumeCreation.CreateCinder(world, call.ProjectId, call.Principal.User.Id, request, call.Fate))
                .Succeeded(out var volume, out refusal))
        {
            return InCinderTerms(refusal);
        }

        return Answer.Json(202, json => VolumeView.WriteWrapped(json, volume, VolumeDialect.Cinder));
    }

    private static Outcome<Answer> Get(Call call) =>
        call.Run(world => VolumeChanges.Find(world, call.ProjectId, call["id"])).Succeeded(out var volume, out var refusal)
            ? Answer.Json(200, json => VolumeView.WriteWrapped(json, volume, VolumeDialect.Cinder))
            : refusal;

    private static Outcome<Answer> List(Call call) => VolumeListing.Answer(call, VolumeDialect.Cinder, hasCount: false);

    private static Outcome<Answer> ListShort(Call call) => VolumeListing.Answer(call, dialect: null, hasCount: false);

    private static Outcome<Answer> Update(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        if (!new JsonInput(body).TryFind("volume", out var given))
        {
            return Refusal.Of("EVS.5400");
        }

        var input = new JsonInput(given);
        var (name, description) = (input.Text("name"), input.Text("description"));
        return input.Refusal is { } wrongType ? wrongType
            : call.Run(world => VolumeChanges.Update(world, call.ProjectId, call["id"], name, description))
                .Succeeded(out var volume, out var refusal)
                    ? Answer.Json(200, json => VolumeView.WriteWrapped(json, volume, VolumeDialect.Cinder))
                    : refusal;
    }

    private static Outcome<Answer> Delete(Call call)
    {
        var cascade = bool.TryParse(call.QueryValue("cascade"), out var asked) && asked;
        return call.Run(world => VolumeChanges.Delete(world, call.ProjectId, call["id"], cascade, hasDocument: false, call.Fate))
            .Succeeded(out _, out var refusal) ? Answer.Empty(202) : refusal;
    }

    private static Outcome<Answer> Act(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        var outer = new JsonInput(body);
        if (outer.TryFind("os-extend", out var extend))
        {
            var input = new JsonInput(extend);
            var newSize = input.Number("new_size");
            return input.Refusal is { } wrongType ? wrongType
                : call.Run(world => VolumeChanges.Extend(world, call.ProjectId, call["id"], newSize, hasDocument: false, call.Fate))
                    .Succeeded(out _, out var refusal) ? Answer.Empty(202) : InCinderTerms(refusal);
        }

        if (outer.TryFind("os-set_bootable", out var bootable))
        {
            return Flag(call, bootable, "bootable", 200, (volume, on) => volume with { Bootable = on });
        }

        return outer.TryFind("os-update_readonly_flag", out var readOnly)
            ? Flag(call, readOnly, "readonly", 202, (volume, on) => volume with
            {
                Metadata = volume.Metadata.SetItem(MetadataKeys.ReadOnly, on ? "True" : "False"),
            })
            : Refusal.Of("EVS.5400");
    }

    private static Outcome<Answer> Flag(
        Call call, System.Text.Json.JsonElement given, string name, int status, Func<Volume, bool, Volume> change)
    {
        var flag = new JsonInput(given).Flag(name);
        return flag is not { } on
            ? Refusal.Of("EVS.5400")
            : call.Run<Outcome<Answer>>(world =>
            {
                if (!VolumeChanges.Find(world, call.ProjectId, call["id"]).Succeeded(out var volume, out var refusal))
                {
                    return refusal;
                }

                world.Store.Put(change(volume, on) with { UpdatedAt = world.Now });
                return Answer.Empty(status);
            });
    }
}
