namespace PulumiEvs.Evs.Jobs;

/// <summary>The job types (EVS API reference, job query), and what is thought of their durations before one has been seen.</summary>
internal static class JobTypes
{
    public const string CreateVolume = "createVolume";
    public const string BatchCreateVolume = "batchCreateVolume";
    public const string DeleteVolume = "deleteVolume";
    public const string ExtendVolume = "extendVolume";
    public const string RetypeVolume = "retypeVolume";

    /// <summary>A change of IOPS or throughput; no document names its type.</summary>
    public const string ModifyVolumeQos = "modifyVolumeQos";

    /// <summary>The jobs of ECS that attach and detach a disk.</summary>
    public const string AttachVolume = "attachVolume";

    public const string DetachVolume = "detachVolume";

    /// <summary>
    /// A recorded create took 7 s; a change of type "may take several hours" (EVS user guide). Data that has to be copied takes
    /// longer. The deviations are those of somebody who has seen no more than that.
    /// </summary>
    public static DurationEstimate FirstGuess(JobKind kind) => kind switch
    {
        { JobType: RetypeVolume } => DurationEstimate.Guess(TimeSpan.FromHours(1), 1.5),
        { Source.Length: > 0 } => DurationEstimate.Guess(TimeSpan.FromSeconds(30), 1.2),
        _ => DurationEstimate.Guess(TimeSpan.FromSeconds(7), 1),
    };
}
