using System.Text.Json.Nodes;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Resources.Support;

/// <summary>Answers of the service about one volume and its jobs.</summary>
internal static class Bodies
{
    public const string TheJob = "job-1";

    public static readonly string VolumePath = $"/v2/cloudvolumes/{Given.VolumeId}";

    public const string JobPath = "/v1/jobs/" + TheJob;

    /// <summary>A plain disk of 40 GiB, as <see cref="Given.Inputs"/> ask for it, with changes.</summary>
    public static JsonObject Disk(string status = "available", Action<JsonObject>? change = null)
    {
        var disk = JsonNode.Parse(
            $$"""
            {
              "id": "{{Given.VolumeId}}", "name": "data", "status": "{{status}}", "size": 40, "volume_type": "SSD", "availability_zone": "eu-test-1a",
              "description": "", "multiattach": false, "shareable": false, "bootable": "false", "encrypted": false, "metadata": {"hw:passthrough": "false"},
              "tags": {}, "attachments": [], "enterprise_project_id": "0", "wwn": " 6888603", "created_at": "2026-03-01T12:00:05.000000",
              "updated_at": null, "snapshot_id": null, "volume_image_metadata": null, "os-vol-tenant-attr:tenant_id": "p"
            }
            """)!.AsObject();
        change?.Invoke(disk);
        return disk;
    }

    public static Func<SentRequest, HttpResponseMessage> Volume(string status = "available", Action<JsonObject>? change = null)
    {
        var body = new JsonObject { ["volume"] = Disk(status, change) }.ToJsonString();
        return _ => StubHttp.Json(body, 200, ("X-Request-Id", "req-read"));
    }

    public static Func<SentRequest, HttpResponseMessage> NotFound =>
        _ => StubHttp.EvsError("EVS.5404", $"Volume {Given.VolumeId} could not be found.", 404);

    /// <param name="entities">By default the volume's id.</param>
    public static Func<SentRequest, HttpResponseMessage> Job(
        string status, string type = "createVolume", string? code = null, string? reason = null, JsonObject? entities = null, string id = TheJob)
    {
        var body = new JsonObject
        {
            ["job_id"] = id,
            ["job_type"] = type,
            ["status"] = status,
            ["begin_time"] = "2026-03-01T12:00:00.000Z",
            ["end_time"] = status is "SUCCESS" or "FAIL" ? "2026-03-01T12:00:07.000Z" : "",
            ["error_code"] = code,
            ["fail_reason"] = reason,
            ["entities"] = entities?.DeepClone() ?? new JsonObject { ["volume_id"] = Given.VolumeId },
        }.ToJsonString();
        return _ => StubHttp.Json(body);
    }

    /// <summary>The answer of a request that begins a job.</summary>
    public static Func<SentRequest, HttpResponseMessage> Accepted(string id = TheJob, string requestId = "req-write") =>
        _ => StubHttp.Json($$"""{"job_id":"{{id}}"}""", 202, ("X-Request-Id", requestId));

    public static Func<SentRequest, HttpResponseMessage> Error(string code, string message, int status = 400) => _ => StubHttp.EvsError(code, message, status);

    /// <summary>One answer after the other; the last one again and again.</summary>
    public static Func<SentRequest, HttpResponseMessage> InTurn(params Func<SentRequest, HttpResponseMessage>[] answers)
    {
        var count = 0;
        return request => answers[Math.Min(Interlocked.Increment(ref count), answers.Length) - 1](request);
    }
}
