namespace PulumiEvs.Evs.Jobs;

/// <summary>The status words of snapshots (EVS API reference, snapshot status).</summary>
internal static class SnapshotStatus
{
    public static StatusGroup GroupOf(string status) => status switch
    {
        "available" => StatusGroup.Settled,
        "creating" or "deleting" or "rollbacking" or "backing-up" => StatusGroup.Moving,
        _ when status.StartsWith("error", StringComparison.Ordinal) => StatusGroup.Failed,
        _ => StatusGroup.Moving,
    };

    /// <summary>Whether the service deletes a snapshot in this status (EVS.1047).</summary>
    public static bool IsDeletable(string status) => status is "available" or "error";
}
