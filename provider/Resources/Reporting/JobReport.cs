using System.Text;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Resources.Reporting;

/// <summary>
/// What a user is told of a job that did not end in SUCCESS. The first line says what failed and why, since some views show
/// no more; the others say what support and the user need.
/// </summary>
internal static class JobReport
{
    /// <param name="operation">What was being done: <c>creating volume "data" (SSD, 100 GiB, eu-de-01)</c>.</param>
    /// <param name="left">What there is of it now, as a sentence, or null when that is not known.</param>
    /// <param name="next">What the user can do, or what the next run will do, as a sentence.</param>
    /// <param name="elapsed">How long the whole operation took, the submission included.</param>
    /// <param name="isCaredFor">True when <paramref name="next"/> does away with what is broken: no advice to repair it then.</param>
    public static string Compose(
        string operation, TimeSpan elapsed, string jobId, string? requestId, WaitResult<Job> wait, string? left, string? next, bool isCaredFor = false)
    {
        wait = wait with { Elapsed = elapsed };
        var text = new StringBuilder();
        text.Append(operation).Append(' ').Append(Headline(wait)).Append('\n');
        AppendLine(text, "job", Job(jobId, wait.Last));
        AppendSubJobs(text, wait.Last);
        AppendLine(text, "request id", requestId);
        AppendLine(text, "left behind", left);
        AppendLine(text, "what to do", Advice(wait, next, isCaredFor));
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The line that stands on the resource's row while a job runs.</summary>
    public static string Progress(string verb, WaitProgress<Job> progress)
    {
        var job = progress.Last is { } seen ? Describe(seen) : "job not seen yet";
        var trouble = progress.FailedLooks > 0 ? $" (asking failed {progress.FailedLooks} times, still trying)" : "";
        return $"{verb}: {job}, {Elapsed.Text(progress.Elapsed)}{trouble}";
    }

    private static string Describe(Job job)
    {
        if (job.SubJobs.Count < 2)
        {
            return $"job {job.Status}";
        }

        var failed = job.SubJobs.Count(part => part.State == JobState.Fail);
        return $"{job.SubJobs.Count(part => part.State == JobState.Success)} of {job.SubJobs.Count} done" + (failed > 0 ? $", {failed} failed" : "");
    }

    /// <summary>How a job ended that did not end in SUCCESS, as the end of a sentence.</summary>
    public static string Headline(WaitResult<Job> wait) => wait.Outcome switch
    {
        WaitOutcome.Failed when wait.Last is { State: JobState.Fail } job => $"failed after {Elapsed.Text(wait.Elapsed)}: {Reason(job)}",
        WaitOutcome.Failed => $"failed after {Elapsed.Text(wait.Elapsed)}: {wait.Reason ?? "the job gave no reason"}",
        WaitOutcome.TimedOut => $"timed out after {Elapsed.Text(wait.Elapsed)} (last: job {wait.Last?.Status ?? "not seen"})",
        WaitOutcome.Cancelled => $"was cancelled after {Elapsed.Text(wait.Elapsed)} (last: job {wait.Last?.Status ?? "not seen"})",
        WaitOutcome.Gone => $"is in doubt after {Elapsed.Text(wait.Elapsed)}: the service no longer knows the job",
        _ => $"ended after {Elapsed.Text(wait.Elapsed)}",
    };

    /// <summary>Code and reason of a failed job.</summary>
    public static string Reason(Job job)
    {
        var code = NotEmpty(job.ErrorCode) ?? NotEmpty(job.Error?.Code);
        var reason = NotEmpty(job.FailReason) ?? NotEmpty(job.Error?.Message);
        return (code, reason) switch
        {
            (null, null) => "the job ended in FAIL and gave no reason",
            (null, _) => reason!,
            (_, null) => $"the job ended in FAIL with code {code}",
            _ => $"{code} {reason}",
        };
    }

    /// <summary>A job by its id, with its type and status as far as they are known.</summary>
    public static string Job(string jobId, Job? job)
    {
        var parts = new[] { NotEmpty(job?.JobType), NotEmpty(job?.Status) is { } status ? $"status {status}" : null };
        var detail = string.Join(", ", parts.Where(part => part is not null));
        return detail.Length == 0 ? jobId : $"{jobId} ({detail})";
    }

    private static void AppendSubJobs(StringBuilder text, Job? job)
    {
        foreach (var sub in job?.SubJobs ?? [])
        {
            if (sub.State != JobState.Success)
            {
                var volume = NotEmpty(sub.Entities?.VolumeId) is { } id ? $", volume {id}" : "";
                AppendLine(text, "sub-job", $"{sub.JobId} ({sub.JobType}, status {sub.Status}{volume}): {Reason(sub)}");
            }
        }
    }

    private static string? Advice(WaitResult<Job> wait, string? next, bool isCaredFor)
    {
        var code = ErrorCodes.Find(NotEmpty(wait.Last?.ErrorCode));
        var hint = wait.Outcome == WaitOutcome.Failed && !(isCaredFor && code?.Class == ErrorClass.ResourceInError)
            ? (wait.Failure as EvsException)?.Hint ?? code?.Hint
            : null;
        return (hint, next) switch
        {
            (null, _) => next,
            (_, null) => hint,
            _ => $"{hint} {next}",
        };
    }

    /// <summary>One more line of a report; nothing when there is nothing to say.</summary>
    public static void AppendLine(StringBuilder text, string label, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append("  ").Append(label).Append(": ").Append(value).Append('\n');
        }
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
