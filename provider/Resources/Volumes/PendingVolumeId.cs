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
}
