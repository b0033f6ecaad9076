using System.Collections.Immutable;

namespace EvsSimulator.Core.Jobs;

/// <summary>
/// What takes time, and how long by default. The first six are the job types of the API reference; the rest are job
/// types of other references, or work that the cloud does without a job.
/// </summary>
internal static class JobTypes
{
    public const string CreateVolume = "createVolume";
    public const string BatchCreateVolume = "batchCreateVolume";
    public const string DeleteVolume = "deleteVolume";
    public const string ExtendVolume = "extendVolume";
    public const string BulkDeleteVolume = "bulkDeleteVolume";
    public const string DeleteSingleVolume = "deleteSingleVolume";
    public const string RetypeVolume = "retypeVolume";
    public const string ModifyVolumeQos = "modifyVolumeQos";
    public const string AttachVolume = "attachVolume";
    public const string DetachVolume = "detachVolume";
    public const string CreateSnapshot = "createSnapshot";
    public const string DeleteSnapshot = "deleteSnapshot";
    public const string RollbackSnapshot = "rollbackSnapshot";

    /// <summary>The kinds whose duration can be set, with the default.</summary>
    public static readonly ImmutableSortedDictionary<string, DurationSpec> DefaultDurations =
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, DurationSpec>
        {
            [CreateVolume] = Between(500, 2000),
            [DeleteVolume] = Between(300, 1000),
            [ExtendVolume] = Between(500, 1500),
            [RetypeVolume] = Between(1000, 3000),
            [ModifyVolumeQos] = Between(300, 800),
            [AttachVolume] = Between(500, 1000),
            [DetachVolume] = Between(500, 1000),
            [CreateSnapshot] = Between(500, 1000),
            [DeleteSnapshot] = Between(300, 800),
            [RollbackSnapshot] = Between(500, 1000),
        });

    private static DurationSpec.Between Between(int low, int high) =>
        new(TimeSpan.FromMilliseconds(low), TimeSpan.FromMilliseconds(high));
}
