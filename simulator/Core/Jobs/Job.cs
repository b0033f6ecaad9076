using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace EvsSimulator.Core.Jobs;

/// <summary>The four words of a job's status.</summary>
internal static class JobStatus
{
    public const string Init = "INIT";
    public const string Running = "RUNNING";
    public const string Success = "SUCCESS";
    public const string Fail = "FAIL";
}

/// <summary>Why a job ended as FAIL.</summary>
internal sealed record JobFailure(string Code, string Reason);

/// <summary>What is left of the volume when a job fails.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Remains>))]
internal enum Remains
{
    /// <summary>The volume stays, in the <c>error*</c> status that belongs to the job.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>A create leaves nothing, although the volume was seen meanwhile; any other job leaves the volume as it was.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The volume of a failed create never existed: no id in the job, no answer to a GET.</summary>
    [JsonStringEnumMemberName("unborn")]
    Unborn,
}

/// <summary>
/// A job from its submission on. Its course is fixed when it is submitted; what it looks like at a moment follows from
/// the times, so that a waiting job costs nothing.
/// </summary>
internal sealed record Job
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string Type { get; init; }

    /// <summary>False for work that the cloud does without a job, such as a snapshot.</summary>
    public bool HasDocument { get; init; } = true;

    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>By how much the cloud's clock was ahead when the job was submitted: the dates it shows are by that clock.</summary>
    public TimeSpan ClockAhead { get; init; }

    /// <summary>When INIT becomes RUNNING.</summary>
    public required DateTimeOffset RunsAt { get; init; }

    /// <summary>When RUNNING ends; null for a job that is stuck.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>From when on the job is unknown to the job query, if ever.</summary>
    public DateTimeOffset? VanishesAt { get; init; }

    public JobFailure? Failure { get; init; }

    public Remains Remains { get; init; }

    /// <summary>What to do at the end; null for a job that only has sub-jobs.</summary>
    public Work? Work { get; init; }

    public ImmutableArray<string> SubJobs { get; init; } = [];

    public string? VolumeId { get; init; }

    public string? VolumeName { get; init; }

    public int? VolumeSize { get; init; }

    public string? VolumeType { get; init; }

    public string StatusAt(DateTimeOffset now) =>
        now < RunsAt ? JobStatus.Init
        : EndsAt is not { } end || now < end ? JobStatus.Running
        : Failure is null ? JobStatus.Success
        : JobStatus.Fail;
}
