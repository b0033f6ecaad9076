using System.Text.Json;
using EvsSimulator.Core;
using EvsSimulator.Core.Errors;

namespace EvsSimulator.Http.Routes;

/// <summary>What other services tell of what volumes are made from: images (IMS), backups (CBR), keys (KMS). Reading only.</summary>
internal static class SourceRoutes
{
    public static IEnumerable<Route> All() =>
    [
        Route.Get("/v2/cloudimages", "listImages", ListImages),
        Route.Get("/v3/{project}/backups/{id}", "getBackup", GetBackup),
        Route.Post("/v1.0/{project}/kms/describe-key", "getKey", DescribeKey),
    ];

    private static Outcome<Answer> ListImages(Call call)
    {
        var sources = call.Cloud.Settings.Sources;
        var images = call.QueryValue("id") is { } id ? sources.Image(id) is { } image ? [image] : [] : sources.Images;
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("images");
            foreach (var entry in images)
            {
                json.WriteStartObject();
                json.WriteString("id", entry.Id);
                json.WriteString("name", entry.Name);
                json.WriteString("status", "active");
                json.WriteNumber("min_disk", entry.MinDisk);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Outcome<Answer> GetBackup(Call call) => call.Cloud.Settings.Sources.Backup(call["id"]) is { } backup
        ? Wrapped("backup", json =>
        {
            json.WriteString("id", backup.Id);
            json.WriteString("status", backup.Status);
            json.WriteNumber("resource_size", backup.Size);
            json.WriteString("resource_az", backup.Zone);
        })
        : new Refusal(404, "BackupService.6001", $"Backup {call["id"]} could not be found.");

    private static Outcome<Answer> DescribeKey(Call call)
    {
        if (call.ReadBody(out var body) is not null)
        {
            return new Refusal(400, "KMS.0202", "Invalid JSON format of the request message.");
        }

        var input = new JsonInput(body);
        return input.Text("key_id") is { } id && input.Refusal is null && call.Cloud.Settings.Sources.Key(id) is { } key
            ? Wrapped("key_info", json =>
            {
                json.WriteString("key_id", key.Id);
                json.WriteString("key_state", key.Enabled ? "2" : "3");
            })
            : new Refusal(400, "KMS.0205", "Invalid key ID.");
    }

    private static Answer Wrapped(string name, Action<Utf8JsonWriter> write) => Answer.Json(200, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject(name);
        write(json);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
