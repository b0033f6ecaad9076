using System.Text.Json;
using EvsSimulator.Core;
using EvsSimulator.Core.Jobs;

namespace EvsSimulator.Http.Views;

/// <summary>Writes the document of a job (EVS API reference, job query).</summary>
internal static class JobView
{
    public static void Write(Utf8JsonWriter json, Job job, Store store, DateTimeOffset now)
    {
        var status = job.StatusAt(now);
        var hasFailed = status == JobStatus.Fail;
        json.WriteStartObject();
        json.WriteString("status", status);
        json.WriteStartObject("entities");
        WriteEntities(json, job, status, store, now);
        json.WriteEndObject();
        json.WriteString("job_id", job.Id);
        json.WriteString("job_type", job.Type);
        json.WriteString("begin_time", JsonWriting.JobTime(job.BeganAt + job.ClockAhead));
        json.WriteString("end_time", status is JobStatus.Success or JobStatus.Fail ? JsonWriting.JobTime(job.EndsAt!.Value + job.ClockAhead) : "");
        json.WriteString("error_code", hasFailed ? job.Failure?.Code : null);
        json.WriteString("fail_reason", hasFailed ? job.Failure?.Reason : null);
        json.WriteEndObject();
    }

    private static void WriteEntities(Utf8JsonWriter json, Job job, string status, Store store, DateTimeOffset now)
    {
        if (!job.SubJobs.IsEmpty)
        {
            json.WriteStartArray("sub_jobs");
            foreach (var id in job.SubJobs)
            {
                if (store.Job(id) is { } child)
                {
                    Write(json, child, store, now);
                }
            }

            json.WriteEndArray();
            return;
        }

        if (job.VolumeId is null || status == JobStatus.Init)
        {
            return;
        }

        json.WriteString("volume_id", job.VolumeId);
        if (status == JobStatus.Running)
        {
            return;
        }

        json.WriteString("name", job.VolumeName);
        json.WriteNumber("size", job.VolumeSize ?? 0);
        json.WriteString("volume_type", job.VolumeType);
    }
}
