using EvsSimulator.Core.Errors;
using EvsSimulator.Http.Views;

namespace EvsSimulator.Http.Routes;

/// <summary>The job query. The jobs of the server API are asked for at the same path.</summary>
internal static class JobRoutes
{
    public static IEnumerable<Route> All() => [Route.Get("/v1/{project}/jobs/{id}", "getJob", Get)];

    private static Outcome<Answer> Get(Call call) => call.Run<Outcome<Answer>>(world =>
        world.Store.Job(call["id"]) is { HasDocument: true } job
        && job.ProjectId == call.ProjectId
        && !(job.VanishesAt <= world.Moment)
            ? Answer.Json(200, json => JobView.Write(json, job, world.Store, world.Moment))
            : Refusal.WithText("Common.0011", "No jobs found."));
}
