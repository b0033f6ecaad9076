using PulumiEvs.Evs;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Journal;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Reporting;
using PulumiEvs.Resources.Values;
using PulumiEvs.Resources.Volumes;

namespace PulumiEvs.Resources.VolumeBatches;

/// <summary>
/// A job that the service knows no more, and that had not named all its disks. Those can only be recognised by their looks, and
/// another resource's may look the same: what fits is told to the user, never taken.
/// </summary>
internal static class BatchForgottenJob
{
    /// <returns>The error to give; null when no disk fits that no resource of this run has.</returns>
    public static async Task<ResourceException?> ProblemAsync(
        EvsSession session,
        CreateGuard guard,
        string operation,
        string jobId,
        PropertyMap inputs,
        IReadOnlyCollection<BatchMember> members,
        CancellationToken cancellationToken)
    {
        var looks = VolumeLooks.Each(BatchOrder.From(inputs)).ToArray();
        var known = members.Select(member => member.VolumeId).ToHashSet(StringComparer.Ordinal);
        var fitting = new List<string>();
        var filter = new VolumeFilter { AvailabilityZone = InputReader.Text(inputs[VolumeProperties.AvailabilityZone]) };
        await foreach (var volume in session.Client.ListVolumesAsync(filter, cancellationToken))
        {
            if (!known.Contains(volume.Id) && !guard.Claims.IsClaimed(volume.Id) && looks.Any(look => look.Fit(volume, DateTimeOffset.MinValue)))
            {
                fitting.Add(VolumeText.Existing(volume));
            }
        }

        return fitting.Count == 0
            ? null
            : new ResourceException(
                FailureKind.Precondition,
                $"{operation} the volumes of job {jobId}: the service no longer knows the job, and the state does not have the ids of all its volumes. "
                + $"What looks like them: {string.Join(", ", fitting)}. Those that are in no stack: delete them in the console, then run again.");
    }
}
