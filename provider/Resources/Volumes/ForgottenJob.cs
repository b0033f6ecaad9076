using PulumiEvs.Evs;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Provider;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// A job that is all the state has of a disk, and that the service knows no more. The disk can only be recognised by its looks, and
/// another resource's may look the same: what fits is told to the user, never taken.
/// </summary>
internal static class ForgottenJob
{
    /// <returns>The error to give; null when no disk fits, so that nothing is there.</returns>
    public static async Task<ResourceException?> ProblemAsync(
        EvsSession session, string operation, string jobId, PropertyMap state, CancellationToken cancellationToken)
    {
        var looks = new VolumeLooks(
            InputReader.Text(state[VolumeProperties.Name]) ?? "",
            InputReader.Int(state[VolumeProperties.Size]),
            InputReader.Text(state[VolumeProperties.VolumeType]) ?? "",
            InputReader.Text(state[VolumeProperties.AvailabilityZone]) ?? "");
        var fitting = new List<string>();
        await foreach (var volume in session.Client.ListVolumesAsync(
            looks.Name.Length == 0 ? new VolumeFilter() : new VolumeFilter { Name = looks.Name }, cancellationToken))
        {
            if (looks.Fit(volume, DateTimeOffset.MinValue))
            {
                fitting.Add(volume.Id);
            }
        }

        return fitting.Count == 0
            ? null
            : new ResourceException(
                FailureKind.Precondition,
                $"{operation} the volume of job {jobId}: the service no longer knows the job, and the state has no other id of the volume. "
                + $"What looks like it: {string.Join(", ", fitting)}. If one of these is in no stack, either delete it in the console and run again, or take "
                + "this entry out of the state with `pulumi state delete` and import the volume.");
    }
}
