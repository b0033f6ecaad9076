using System.Globalization;
using System.Text.Json;
using EvsSimulator.Accounts;
using EvsSimulator.Core;
using EvsSimulator.Faults;
using EvsSimulator.Http.Views;
using Microsoft.AspNetCore.Http;

namespace EvsSimulator.Http.Local;

/// <summary>One request to the admin endpoint.</summary>
internal sealed record LocalCall(IReadOnlyDictionary<string, string> RouteValues, IQueryCollection Query, ReadOnlyMemory<byte> Body);

/// <summary>One path of the admin endpoint.</summary>
internal sealed record LocalRoute(string Method, string Template, Func<LocalCall, Answer> Handle);

/// <summary>The admin endpoint under <c>/_local/</c>: looks into the cloud and changes it from outside, without credentials.</summary>
internal sealed class LocalApi(Cloud cloud, AccountDirectory accounts, FaultSet faults, RequestLog log, Activity activity, string? stateFile)
{
    public IEnumerable<LocalRoute> Routes =>
    [
        new("GET", "/_local", _ => About()),
        new("POST", "/_local/use", _ => Done(activity.Note)),
        new("GET", "/_local/requests", GetRequests),
        new("GET", "/_local/requests/counts", GetCounts),
        new("DELETE", "/_local/requests", _ => Done(log.Clear)),
        new("GET", "/_local/faults", _ => FaultList()),
        new("POST", "/_local/faults", AddFaults),
        new("DELETE", "/_local/faults", _ => ClearFaults(null)),
        new("DELETE", "/_local/faults/{name}", call => ClearFaults(call.RouteValues["name"])),
        new("GET", "/_local/state", GetState),
        new("POST", "/_local/volumes/{id}", EditVolume),
        new("GET", "/_local/config", _ => Config()),
        new("POST", "/_local/config", ChangeConfig),
        new("POST", "/_local/reset", _ => Done(Reset)),
    ];

    private static Answer Problem(int status, string message) => Answer.Member(status, "error", message);

    private static Answer Done(Action action)
    {
        action();
        return Answer.Empty(204);
    }

    private static string Moment(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static void WriteMoment(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } given)
        {
            json.WriteString(name, Moment(given));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private void Reset()
    {
        cloud.Reset();
        faults.Clear(null);
        log.Clear();
    }

    private Answer About() => Answer.Json(200, json =>
    {
        json.WriteStartObject();
        json.WriteString("program", "evs-simulator");
        json.WriteString("version", typeof(LocalApi).Assembly.GetName().Version?.ToString(3));
        json.WriteNumber("processId", Environment.ProcessId);
        json.WriteString("cloud", cloud.Settings.Cloud.Name);
        json.WriteString("region", cloud.Settings.Region);
        json.WriteString("stateFile", stateFile);
        json.WriteEndObject();
    });

    private Answer GetRequests(LocalCall call)
    {
        long after = 0;
        if (call.Query.TryGetValue("after", out var text) && !long.TryParse(text, out after))
        {
            return Problem(400, $"after is {text}, it must be the index of a request");
        }

        var operation = call.Query.TryGetValue("operation", out var name) ? name.ToString() : null;
        var requests = log.After(after, operation);
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("requests");
            foreach (var request in requests)
            {
                WriteRequest(json, request);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WriteRequest(Utf8JsonWriter json, LoggedRequest request)
    {
        json.WriteStartObject();
        json.WriteNumber("index", request.Index);
        json.WriteString("time", Moment(request.Time));
        json.WriteString("requestId", request.RequestId);
        json.WriteString("method", request.Method);
        json.WriteString("path", request.Path);
        json.WriteString("operation", request.Operation);
        json.WriteNumber("status", request.Status);
        json.WriteNumber("durationMs", Math.Round(request.DurationMs, 3));
        json.WriteString("auth", request.Auth);
        json.WriteString("clientToken", request.ClientToken);
        json.WriteString("userAgent", request.UserAgent);
        json.WriteString("body", request.Body);
        json.WriteStartArray("faults");
        foreach (var fault in request.Faults)
        {
            json.WriteStringValue(fault);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private Answer GetCounts(LocalCall call)
    {
        var counts = log.Counts();
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total", counts.Sum(row => row.Count));
            json.WriteStartObject("operations");
            foreach (var operation in counts.GroupBy(row => row.Operation))
            {
                json.WriteStartObject(operation.Key);
                foreach (var (_, status, count) in operation)
                {
                    json.WriteNumber(status.ToString(CultureInfo.InvariantCulture), count);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private Answer FaultList() => Answer.Json(200, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("faults");
        foreach (var fault in faults.Active)
        {
            json.WriteStartObject();
            json.WriteString("name", fault.Name);
            json.WriteNumber("matched", fault.Matched);
            json.WriteNumber("struck", fault.Struck);
            json.WritePropertyName("spec");
            JsonSerializer.Serialize(json, fault.Spec, FaultJson.Default.FaultSpec);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private Answer AddFaults(LocalCall call)
    {
        IReadOnlyList<FaultSpec> specs;
        try
        {
            specs = FaultSpec.Read(call.Body.Span);
        }
        catch (FormatException e)
        {
            return Problem(400, e.Message);
        }

        var names = specs.Select(faults.Add).ToArray();
        return Answer.Json(201, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("names");
            foreach (var name in names)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private Answer ClearFaults(string? name)
    {
        var cleared = faults.Clear(name);
        return name is not null && cleared == 0 ? Problem(404, $"there is no fault {name}") : Answer.Empty(204);
    }

    private Answer GetState(LocalCall call) => cloud.Run(world => Answer.Json(200, json =>
    {
        var store = world.Store;
        json.WriteStartObject();
        json.WriteString("time", Moment(world.Now));
        json.WriteStartArray("volumes");
        foreach (var volume in store.Volumes.OrderBy(volume => volume.Sequence))
        {
            json.WriteStartObject();
            json.WriteString("projectId", volume.ProjectId);
            json.WriteBoolean("visible", volume.VisibleAt <= world.Moment);
            json.WritePropertyName("volume");
            VolumeView.Write(json, volume, VolumeDialect.EvsV3);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("snapshots");
        foreach (var snapshot in store.Snapshots.OrderBy(snapshot => snapshot.Sequence))
        {
            json.WriteStartObject();
            json.WriteString("id", snapshot.Id);
            json.WriteString("volumeId", snapshot.VolumeId);
            json.WriteString("name", snapshot.Name);
            json.WriteString("status", snapshot.Status);
            json.WriteNumber("size", snapshot.Size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("jobs");
        foreach (var job in store.Jobs)
        {
            json.WriteStartObject();
            json.WriteString("id", job.Id);
            json.WriteString("type", job.Type);
            json.WriteString("status", job.StatusAt(world.Moment));
            json.WriteBoolean("hasDocument", job.HasDocument);
            WriteMoment(json, "beganAt", job.BeganAt + job.ClockAhead);
            WriteMoment(json, "runsAt", job.RunsAt + job.ClockAhead);
            WriteMoment(json, "endsAt", job.EndsAt + job.ClockAhead);
            json.WriteString("volumeId", job.VolumeId);
            json.WriteString("errorCode", job.Failure?.Code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("deletedCount", store.DeletedCount);
        json.WriteStartArray("deleted");
        foreach (var gone in store.Deleted)
        {
            json.WriteStartObject();
            json.WriteString("id", gone.Id);
            json.WriteString("name", gone.Name);
            json.WriteString("kind", gone.Kind);
            WriteMoment(json, "at", gone.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));

    private Answer EditVolume(LocalCall call)
    {
        VolumeEdit edit;
        try
        {
            edit = VolumeEdit.Read(call.Body.Span);
        }
        catch (FormatException e)
        {
            return Problem(400, e.Message);
        }

        return cloud.Run(world => edit.Apply(world, call.RouteValues["id"])).Succeeded(out var volume, out _)
            ? Answer.Json(200, json => VolumeView.WriteWrapped(json, volume, VolumeDialect.EvsV3))
            : Problem(404, $"there is no volume {call.RouteValues["id"]}");
    }

    private Answer ChangeConfig(LocalCall call)
    {
        try
        {
            var document = ConfigDocument.Read(call.Body.Span);
            cloud.Change(document.Apply);
            accounts.Change(document.Apply);
            return Config();
        }
        catch (FormatException e)
        {
            return Problem(400, e.Message);
        }
    }

    private Answer Config()
    {
        var settings = cloud.Settings;
        return Answer.Json(200, json => ConfigView.Write(json, settings, accounts.Setup));
    }
}
