using System.Text.Json.Nodes;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Previews;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.VolumeBatches;
using PulumiEvs.Resources.Volumes;
using PulumiEvs.Tests.Unit.Resources.Support;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.VolumeBatches;

/// <summary>How one disk of a request ends.</summary>
/// <param name="Status">Of its part of the job.</param>
/// <param name="Left">The status of the disk that is there then; null when there is none.</param>
/// <param name="IsNamed">Whether its part of the job says its id.</param>
internal sealed record Fate(string Status = "SUCCESS", string? Left = "available", string? Code = null, string? Reason = null, bool IsNamed = true)
{
    public static readonly Fate Good = new();

    public static Fate Failed(string code, string reason, string? left = null) => new("FAIL", left, code, reason);
}

/// <summary>The batch resource over a cloud of disks in memory whose jobs are done at once, driven as the engine drives it.</summary>
internal sealed class BatchRig : IDisposable
{
    private const string Token = BatchDeclaration.Token;

    private readonly Dictionary<string, JsonObject> _jobs = new(StringComparer.Ordinal);
    private int _made;

    public BatchRig()
    {
        Cloud = new StubCloud(new StubHttp(Answer));
        var guard = new CreateGuard(
            NoJournal.Instance, new VolumeClaims(), new ProcessTable(), () => new Guid(7, 0, 0, new byte[8]), new(), TimeSpan.FromSeconds(30));
        Resource = new BatchResource(Cloud, () => guard, () => VolumeDefaults.None, () => Preflight.None);
    }

    public StubCloud Cloud { get; }

    public BatchResource Resource { get; }

    /// <summary>The disks that there are, by id. New ones have the ids of <see cref="BatchGiven.Id"/>, in order.</summary>
    public SortedDictionary<string, JsonObject> Disks { get; } = new(StringComparer.Ordinal);

    /// <summary>How the disks of the next request end, by their place in it from 1; those that are not there end well.</summary>
    public Dictionary<int, Fate> Fates { get; } = [];

    /// <summary>The status of jobs that create; null lets it follow from their parts.</summary>
    public string? JobStatus { get; set; }

    /// <summary>The disks that there are, as <c>data-0001 40 available</c>.</summary>
    public string[] Shown => [.. Disks.Values.Select(disk => $"{disk["name"]} {disk["size"]} {disk["status"]}")];

    public string[] Writes => [.. Cloud.Lines.Where(line => !line.StartsWith("GET ", StringComparison.Ordinal))];

    public Task<ResourceOutcome> CreateAsync(PropertyMap inputs, TimeSpan? timeout = null) =>
        Cloud.RunAsync(() => Resource.CreateAsync(Requests.Create(Token, inputs, timeout: timeout), Cloud.Log, default));

    /// <summary>A batch that was made without trouble.</summary>
    public async Task<ResourceOutcome.Done> MadeAsync(PropertyMap inputs) => (await CreateAsync(inputs)).ShouldBeOfType<ResourceOutcome.Done>();

    public Task<ResourceOutcome> UpdateAsync(PropertyMap old, PropertyMap state, PropertyMap @new, bool preview = false) =>
        Cloud.RunAsync(() => Resource.UpdateAsync(Requests.Update(Token, BatchGiven.Id(1), old, state, @new, preview), Cloud.Log, default));

    public Task<ResourceOutcome> ReadAsync(string id, PropertyMap? inputs = null, PropertyMap? state = null) =>
        Cloud.RunAsync(() => Resource.ReadAsync(Requests.Read(Token, id, inputs, state), Cloud.Log, default));

    public Task DeleteAsync(PropertyMap inputs, PropertyMap state) =>
        Cloud.RunAsync(() => Resource.DeleteAsync(Requests.Delete(Token, BatchGiven.Id(1), inputs, state), Cloud.Log, default));

    public void Dispose() => Cloud.Dispose();

    private HttpResponseMessage Answer(SentRequest request)
    {
        lock (Disks)
        {
            var path = request.Uri.AbsolutePath.Replace("/" + TestClient.ProjectId, "", StringComparison.Ordinal).Split('/')[2..];
            return (request.Method, path) switch
            {
                ("POST", ["cloudvolumes"]) => Make(JsonNode.Parse(request.Body!)!["volume"]!.AsObject()),
                ("GET", ["jobs", var id]) => _jobs.TryGetValue(id, out var job) ? StubHttp.Json(job.ToJsonString()) : StubHttp.EvsError("Common.0011", "The job does not exist.", 404),
                ("GET", ["cloudvolumes", "detail"]) => List(Uri.UnescapeDataString(request.Uri.Query)),
                ("GET", ["cloudsnapshots", "detail"]) => StubHttp.Json("""{"snapshots":[]}"""),
                (_, ["cloudvolumes", var id, ..]) when !Disks.ContainsKey(id) => StubHttp.EvsError("EVS.5404", $"Volume {id} could not be found.", 404),
                ("GET", ["cloudvolumes", var id]) => One(id),
                ("PUT", ["cloudvolumes", var id]) => Rename(id, JsonNode.Parse(request.Body!)!["volume"]!["name"]!.DeepClone()),
                ("POST", ["cloudvolumes", var id, "action"]) => Extend(id, JsonNode.Parse(request.Body!)!["os-extend"]!["new_size"]!.DeepClone()),
                ("DELETE", ["cloudvolumes", var id]) => Delete(id),
                _ => throw new InvalidOperationException($"no answer to {request.Line}"),
            };
        }
    }

    private HttpResponseMessage Make(JsonObject order)
    {
        var count = (int?)order["count"] ?? 1;
        var parts = new JsonArray();
        for (var number = 1; number <= count; number++)
        {
            var fate = Fates.GetValueOrDefault(number, Fate.Good);
            var id = BatchGiven.Id(++_made);
            var name = count == 1 ? (string)order["name"]! : $"{order["name"]}-{number:0000}";
            if (fate.Left is { } status)
            {
                Disks[id] = Bodies.Disk(status, disk =>
                {
                    (disk["id"], disk["name"], disk["size"]) = (id, name, order["size"]!.DeepClone());
                });
            }

            parts.Add(Job($"part-{number}", "createVolume", fate.Status, new JsonObject { ["volume_id"] = fate.IsNamed ? id : null, ["name"] = name }, fate.Code, fate.Reason));
        }

        Fates.Clear();
        var jobId = $"job-{_jobs.Count + 1}";
        var all = parts.All(part => (string?)part!["status"] == "SUCCESS") ? "SUCCESS" : "FAIL";
        return count == 1
            ? Accept(jobId, parts[0]!.AsObject())
            : Accept(jobId, Job(jobId, "batchCreateVolume", JobStatus ?? all, new JsonObject { ["sub_jobs"] = parts }, null, null));
    }

    private HttpResponseMessage Rename(string id, JsonNode name)
    {
        Disks[id]["name"] = name;
        return One(id);
    }

    private HttpResponseMessage Extend(string id, JsonNode size)
    {
        Disks[id]["size"] = size;
        return Accept($"extend-{id}", Job($"extend-{id}", "extendVolume", "SUCCESS", new JsonObject { ["volume_id"] = id }, null, null));
    }

    private HttpResponseMessage Delete(string id)
    {
        Disks.Remove(id);
        return Accept($"delete-{id}", Job($"delete-{id}", "deleteVolume", "SUCCESS", new JsonObject { ["volume_id"] = id }, null, null));
    }

    private HttpResponseMessage One(string id) => StubHttp.Json(new JsonObject { ["volume"] = Disks[id].DeepClone() }.ToJsonString());

    private HttpResponseMessage List(string query) => StubHttp.Json(new JsonObject
    {
        ["volumes"] = new JsonArray([.. Disks.Values
            .Where(disk => !query.Contains("ids=", StringComparison.Ordinal) || query.Contains((string)disk["id"]!, StringComparison.Ordinal))
            .Where(_ => !query.Contains("marker=", StringComparison.Ordinal) && !query.Contains("offset=", StringComparison.Ordinal))
            .Select(disk => disk.DeepClone())]),
    }.ToJsonString());

    private HttpResponseMessage Accept(string jobId, JsonObject job)
    {
        _jobs[jobId] = job;
        return Bodies.Accepted(jobId)(null!);
    }

    /// <summary>The service forgets a job.</summary>
    public void Forget(string jobId) => _jobs.Remove(jobId);

    /// <summary>A job goes on to its end.</summary>
    public void End(string jobId, string status) => _jobs[jobId]["status"] = status;

    /// <summary>A part of a job goes on to its end.</summary>
    public void EndPart(string jobId, int number, string status) => _jobs[jobId]["entities"]!["sub_jobs"]![number - 1]!["status"] = status;

    private static JsonObject Job(string id, string type, string status, JsonObject entities, string? code, string? reason) => new()
    {
        ["job_id"] = id,
        ["job_type"] = type,
        ["status"] = status,
        ["begin_time"] = "2026-03-01T12:00:00.000Z",
        ["end_time"] = status is "SUCCESS" or "FAIL" ? "2026-03-01T12:00:07.000Z" : "",
        ["error_code"] = code,
        ["fail_reason"] = reason,
        ["entities"] = entities,
    };
}
