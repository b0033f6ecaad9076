using EvsSimulator.Core;
using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Volumes;

namespace EvsSimulator.Http.Routes;

/// <summary>The part of the server API (ECS) that attaches volumes.</summary>
internal static class ServerRoutes
{
    public static IEnumerable<Route> All() =>
    [
        Route.Post("/v1/{project}/cloudservers/{server}/attachvolume", "attachVolume", Attach),
        Route.Delete("/v1/{project}/cloudservers/{server}/detachvolume/{id}", "detachVolume", Detach),
    ];

    private static Outcome<Answer> Attach(Call call)
    {
        if (call.ReadBody(out var body) is { } malformed)
        {
            return malformed;
        }

        if (!new JsonInput(body).TryFind("volumeAttachment", out var given))
        {
            return new Refusal(400, "Ecs.0005", "The request body lacks volumeAttachment.");
        }

        var input = new JsonInput(given);
        var (volumeId, device) = (input.Text("volumeId"), input.Text("device"));
        return input.Refusal is { } wrongType ? wrongType
            : call.Run(world => ServerOperations.Attach(world, call.ProjectId, call["server"], volumeId, device, call.Fate))
                .Succeeded(out var job, out var refusal)
                    ? Answer.Member(200, "job_id", job.Id)
                    : Wrapped(refusal);
    }

    private static Outcome<Answer> Detach(Call call) =>
        call.Run(world => ServerOperations.Detach(world, call.ProjectId, call["server"], call["id"], call.Fate))
            .Succeeded(out var job, out var refusal)
                ? Answer.Member(200, "job_id", job.Id)
                : Wrapped(refusal);

    /// <summary>What the block storage refuses comes as its JSON, escaped, in the message of the server API's error.</summary>
    private static Outcome<Answer> Wrapped(Refusal refusal) =>
        refusal.Code.StartsWith("EVS.", StringComparison.Ordinal) ? ErrorBodies.In(ErrorShape.Escaped, refusal, "") : refusal;
}
