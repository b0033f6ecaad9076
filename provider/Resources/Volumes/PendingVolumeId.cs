using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// The id of a disk of which only the creating job is known: <c>job/JOB_ID</c>. A read exchanges it for the disk's own id
/// (the engine takes over the id that a read returns: protocol V19).
/// </summary>
internal static class PendingVolumeId
{
    private const string Prefix = "job/";

    public static string Of(string jobId) => Prefix + jobId;

    /// <summary>The job behind a pending id, or null when <paramref name="id"/> is a disk's own.</summary>
    public static string? JobOf(string id) => id.StartsWith(Prefix, StringComparison.Ordinal) ? id[Prefix.Length..] : null;

    /// <summary>
    /// The disk's own id as far as the state has it: an update that sees a creation through learns it, but cannot change the id in
    /// the state. Null when only the job is known.
    /// </summary>
    public static string? Resolve(string id, PropertyMap outputs) =>
        JobOf(id) is null ? id : InputReader.Text(outputs[VolumeProperties.VolumeId]);
}
