using System.Collections.Immutable;
using System.Text;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Reporting;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>One disk of a request that is not there as it should be.</summary>
/// <param name="Part">What its job says of it.</param>
/// <param name="Live">What there is of it, when the service shows it.</param>
/// <param name="Text">What is wrong, as a sentence.</param>
internal sealed record BatchTrouble(BatchPart Part, Volume? Live, string Text);

/// <summary>What a user is told of a request for several disks that did not end with all of them: first a summary, then each disk by name.</summary>
internal static class BatchReport
{
    /// <param name="headline">How it ended, after the operation: <c>timed out after 3 s (last: job RUNNING)</c>.</param>
    /// <param name="there">How many disks are there and of use.</param>
    /// <param name="next">What the next run will do. It does away with what is broken: no advice to repair that.</param>
    public static ImmutableArray<string> Compose(
        BatchPlan plan, string headline, CreationJobText? job, int there, IReadOnlyList<BatchTrouble> troubles, string next)
    {
        var summary = new StringBuilder(plan.Operation).Append(' ').Append(headline).Append('\n');
        JobReport.AppendLine(summary, "job", job?.Job);
        JobReport.AppendLine(summary, "request id", job?.RequestId);
        var left = troubles.Select(trouble => trouble.Live).OfType<Volume>().ToArray();
        JobReport.AppendLine(summary, "in the state", there == 0 && left.Length == 0 ? "nothing" : Left(there, left));
        var advice = troubles
            .Select(trouble => ErrorCodes.Find(trouble.Part.Job?.ErrorCode))
            .Where(code => code is not null and not { Class: ErrorClass.ResourceInError })
            .Select(code => code!.Hint)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
        JobReport.AppendLine(summary, "what to do", string.Join(' ', [.. advice, next]));
        return [summary.ToString().TrimEnd('\n'), .. troubles.Select(trouble => $"{plan.NameOf(trouble.Part.Index)}: {trouble.Text}")];
    }

    private static string Left(int there, Volume[] left)
    {
        var broken = left.Where(volume => VolumeStatus.GroupOf(volume.Status) == StatusGroup.Failed).ToArray();
        return BatchText.Volumes(there) + (broken.Length == 0 ? "" : $", and {broken.Length} that failed: {string.Join(", ", broken.Select(volume => volume.Id))}");
    }
}

/// <summary>A job and its request, as a report shows them.</summary>
internal sealed record CreationJobText(string Job, string? RequestId);
