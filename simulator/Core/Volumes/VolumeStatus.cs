namespace EvsSimulator.Core.Volumes;

/// <summary>The status words of a volume (EVS API reference, disk status), and <c>retyping</c>, which the service uses besides.</summary>
internal static class VolumeStatus
{
    public const string Creating = "creating";
    public const string Downloading = "downloading";
    public const string Available = "available";
    public const string InUse = "in-use";
    public const string Error = "error";
    public const string Attaching = "attaching";
    public const string Detaching = "detaching";
    public const string BackingUp = "backing-up";
    public const string RestoringBackup = "restoring-backup";
    public const string ErrorRestoring = "error_restoring";
    public const string Extending = "extending";
    public const string ErrorExtending = "error_extending";
    public const string Deleting = "deleting";
    public const string ErrorDeleting = "error_deleting";
    public const string RollingBack = "rollbacking";
    public const string ErrorRollingBack = "error_rollbacking";
    public const string Retyping = "retyping";
}
