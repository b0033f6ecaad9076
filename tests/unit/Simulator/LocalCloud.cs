using System.Text;
using System.Text.Json;
using EvsSimulator.Accounts;
using EvsSimulator.Core;
using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Jobs;
using EvsSimulator.Core.Volumes;
using EvsSimulator.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace PulumiEvs.Tests.Unit.Simulator;

/// <summary>A local EVS without its sockets: the cloud, a clock to move, and the handlers of its routes.</summary>
internal sealed class LocalCloud
{
    public const string ProjectId = "0123456789abcdef0123456789abcdef";
    public const string ServerId = "c3d3250c-7ce5-42cc-b620-dd2b63d19ca5";

    public LocalCloud(Func<Settings, Settings>? change = null, string cloud = "huaweicloud", ulong seed = 1)
    {
        var settings = Settings.ForRegion("local-1", CloudProfile.Find(cloud)!) with
        {
            Durations = JobTypes.DefaultDurations.SetItems(JobTypes.DefaultDurations.Keys.Select(kind =>
                KeyValuePair.Create<string, DurationSpec>(kind, new DurationSpec.Always(TimeSpan.FromSeconds(10))))),
        };
        Cloud = new Cloud(change is null ? settings : change(settings), Clock, seed);
    }

    public ManualClock Clock { get; } = new();

    public Cloud Cloud { get; }

    public AccountDirectory Accounts { get; } = new(new AccountSetup
    {
        Projects = [new Project { Id = ProjectId, Name = "local-1" }],
        Users = [new User { Name = "local-user", Password = "right" }],
    });

    /// <summary>Calls the handler of a route and gives the status and body as a client would see them.</summary>
    public (int Status, JsonElement Body) Call(
        string method, string template, string? body = null, JobFate? fate = null, string query = "", params (string Name, string Value)[] values)
    {
        var answer = Answer(method, template, body, fate, query, values);
        return (answer.Status, answer.Body.IsEmpty ? default : JsonDocument.Parse(answer.Body).RootElement.Clone());
    }

    public Answer Answer(
        string method, string template, string? body = null, JobFate? fate = null, string query = "", params (string Name, string Value)[] values)
    {
        var route = RouteTable.Of(Cloud.Settings.Cloud).Single(route => route.Method == method && route.Template == template);
        var call = new Call
        {
            Route = route,
            Cloud = Cloud,
            Accounts = Accounts,
            Principal = new Principal(Accounts.Setup.Users[0], null, "token"),
            BaseUrl = "http://127.0.0.1:1",
            RouteValues = values.Append((Name: "project", Value: ProjectId)).ToDictionary(value => value.Name, value => value.Value),
            Query = new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query)),
            Headers = new HeaderDictionary(values
                .Where(value => value.Name.StartsWith("X-", StringComparison.Ordinal))
                .ToDictionary(value => value.Name, value => new StringValues(value.Value))),
            Body = Encoding.UTF8.GetBytes(body ?? ""),
            Fate = fate ?? JobFate.Usual,
        };
        return route.Handle(call).Succeeded(out var answer, out var refusal) ? answer : ErrorBodies.Of(refusal, route.Shape, "request-1");
    }

    /// <summary>Creates a volume and lets its job end.</summary>
    public Volume NewVolume(string more = "", string type = "SSD", int size = 40, string name = "disk")
    {
        var (_, body) = Call("POST", "/v3/{project}/cloudvolumes", CreateBody(more, type, size, name));
        var jobId = body.GetProperty("job_id").GetString()!;
        Clock.Advance(10);
        return Cloud.Run(world => world.Store.Volume(world.Store.Job(jobId)!.VolumeId!)!);
    }

    public Volume Volume(string id) => Cloud.Run(world => world.Store.Volume(id)!);

    /// <summary>Changes a volume behind the API's back.</summary>
    public Volume Set(Volume volume, Func<Volume, Volume> change) => Cloud.Run(world =>
    {
        world.Store.Put(change(volume));
        return world.Store.Volume(volume.Id)!;
    });

    public Volume Attach(Volume volume) =>
        Set(volume, held => WorkEnd.Attached(held, new Work.Attach(held.Id, ServerId, "a1", "/dev/vdb", held.Status), Clock.GetUtcNow()));

    public (int Status, JsonElement Body) Job(string id) => Call("GET", "/v1/{project}/jobs/{id}", values: ("id", id));

    public string JobStatus(string id) => Job(id).Body.GetProperty("status").GetString()!;

    public static string CreateBody(string more = "", string type = "SSD", int size = 40, string name = "disk") =>
        $$$"""{"volume":{"availability_zone":"local-1a","volume_type":"{{{type}}}","size":{{{size}}},"name":"{{{name}}}"{{{more}}}}}""";

    /// <summary>The code of an error in the service's own shape.</summary>
    public static string? Code(JsonElement body) => body.GetProperty("error").GetProperty("code").GetString();
}
