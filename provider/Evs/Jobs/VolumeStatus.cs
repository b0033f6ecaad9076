namespace PulumiEvs.Evs.Jobs;

/// <summary>The one table of the status words of disks (EVS API reference, disk status; and those seen elsewhere).</summary>
internal static class VolumeStatus
{
    public const string Available = "available";
    public const string InUse = "in-use";
    public const string Creating = "creating";
    public const string Extending = "extending";
    public const string Deleting = "deleting";
    public const string Error = "error";
    public const string ErrorDeleting = "error_deleting";

    private static readonly Dictionary<string, StatusGroup> Groups = new(StringComparer.Ordinal)
    {
        [Available] = StatusGroup.Settled,
        [InUse] = StatusGroup.Settled,
        ["awaiting-transfer"] = StatusGroup.SettledOdd,
        [Creating] = StatusGroup.Moving,
        ["downloading"] = StatusGroup.Moving,
        ["uploading"] = StatusGroup.Moving,
        ["attaching"] = StatusGroup.Moving,
        ["detaching"] = StatusGroup.Moving,
        [Extending] = StatusGroup.Moving,
        [Deleting] = StatusGroup.Moving,
        ["rollbacking"] = StatusGroup.Moving,
        ["restoring-backup"] = StatusGroup.Moving,
        ["backing-up"] = StatusGroup.Moving,
        ["retyping"] = StatusGroup.Moving,
        ["reserved"] = StatusGroup.Moving,
        ["maintenance"] = StatusGroup.Moving,
        [Error] = StatusGroup.Failed,
        ["error_extending"] = StatusGroup.Failed,
        [ErrorDeleting] = StatusGroup.Failed,
        ["error_restoring"] = StatusGroup.Failed,
        ["error_rollbacking"] = StatusGroup.Failed,
        ["error_detaching"] = StatusGroup.Failed,
        ["error_managing"] = StatusGroup.Failed,
    };

    private static readonly HashSet<string> DeletableWords = new(StringComparer.Ordinal)
    {
        Available, Error, "error_extending", "error_restoring", "error_rollbacking",
    };

    public static IEnumerable<string> Words => Groups.Keys;

    public static bool IsKnown(string status) => Groups.ContainsKey(status);

    /// <summary>
    /// The group of a word. An <c>error…</c> that is in no document is an error all the same; any other unknown word is taken as on
    /// its way, because the documents leave out at least the status during a change of type.
    /// </summary>
    public static StatusGroup GroupOf(string status) => Groups.TryGetValue(status, out var group)
        ? group
        : status.StartsWith(Error, StringComparison.Ordinal) ? StatusGroup.Failed : StatusGroup.Moving;

    /// <summary>Whether the service deletes a disk in this status (EVS.1046); error_deleting and in-use it does not.</summary>
    public static bool IsDeletable(string status) => DeletableWords.Contains(status);
}
