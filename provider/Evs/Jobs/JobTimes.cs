using System.Globalization;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs.Jobs;

/// <summary>A job's own times: UTC, <c>yyyy-MM-ddTHH:mm:ss.fffZ</c> (EVS API reference, job query).</summary>
internal static class JobTimes
{
    public static DateTimeOffset? BeganAt(Job job) => Parse(job.BeginTime);

    /// <summary>Null while the job runs, or when it does not tell.</summary>
    public static DateTimeOffset? EndedAt(Job job) => Parse(job.EndTime);

    /// <summary>From begin to end; null while the job runs, or when it does not tell.</summary>
    public static TimeSpan? Duration(Job job) =>
        Parse(job.BeginTime) is { } began && Parse(job.EndTime) is { } ended && ended > began ? ended - began : null;

    private static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
