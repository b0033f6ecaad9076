using System.Text.Json.Serialization;

namespace PulumiEvs.Evs.Models;

/// <summary>A job, or one of its sub-jobs, as the job query shows it (EVS API reference, querying task status).</summary>
internal sealed record Job
{
    public string? JobId { get; init; }

    /// <summary>createVolume, batchCreateVolume, deleteVolume, bulkDeleteVolume, deleteSingleVolume, extendVolume, retypeVolume.</summary>
    public string? JobType { get; init; }

    /// <summary>The status word as given; <see cref="State"/> says what it means.</summary>
    public string? Status { get; init; }

    /// <summary>UTC, <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>, as given.</summary>
    public string? BeginTime { get; init; }

    /// <summary>Empty while the job runs.</summary>
    public string? EndTime { get; init; }

    public string? ErrorCode { get; init; }

    public string? FailReason { get; init; }

    public JobEntities? Entities { get; init; }

    /// <summary>Present when the query itself went wrong; an object in newer documents, a string in the older ones.</summary>
    public JobError? Error { get; init; }

    [JsonPropertyName("sub_jobs")]
    public IReadOnlyList<Job>? TopLevelSubJobs { get; init; }

    [JsonIgnore]
    public JobState State => JobStates.Parse(Status);

    /// <summary>The sub-jobs, wherever the answer has them: inside <c>entities</c> (as documented) or at the top. Empty when none.</summary>
    [JsonIgnore]
    public IReadOnlyList<Job> SubJobs =>
        Entities?.SubJobs is { Count: > 0 } inEntities ? inEntities : TopLevelSubJobs ?? [];

    /// <summary>What it consists of: a part for each disk. A job without sub-jobs is its own only part.</summary>
    [JsonIgnore]
    public IReadOnlyList<Job> Parts => SubJobs is { Count: > 0 } subJobs ? subJobs : [this];
}

/// <summary>What a job is about. Every field may be missing while the job runs; a batch has only <see cref="SubJobs"/>.</summary>
internal sealed record JobEntities
{
    public string? VolumeId { get; init; }

    public string? Name { get; init; }

    /// <summary>In GiB.</summary>
    public int? Size { get; init; }

    public string? VolumeType { get; init; }

    /// <summary>The server, in jobs of the ECS API.</summary>
    public string? ServerId { get; init; }

    public IReadOnlyList<Job>? SubJobs { get; init; }
}

/// <summary>The reason why a job query could not be answered.</summary>
internal sealed record JobError
{
    public string? Code { get; init; }

    public string? Message { get; init; }
}

/// <summary>The four documented states of a job, and one for any other word.</summary>
internal enum JobState
{
    /// <summary>A word that is in no document; an error wherever a job is judged.</summary>
    Unknown,

    /// <summary>Accepted, not begun.</summary>
    Init,

    Running,

    Success,

    Fail,
}

internal static class JobStates
{
    public static JobState Parse(string? status) => status switch
    {
        "INIT" => JobState.Init,
        "RUNNING" => JobState.Running,
        "SUCCESS" => JobState.Success,
        "FAIL" => JobState.Fail,
        _ => JobState.Unknown,
    };
}
