using PulumiEvs.Evs.Models;

namespace PulumiEvs.Resources.Volumes;

/// <summary>The disk that a job is about.</summary>
internal static class VolumeOfJob
{
    /// <summary>Its id, also where the job has left the work to an only sub-job; null as long as the job does not tell it.</summary>
    public static string? Id(Job? job) => job switch
    {
        null => null,
        { Entities.VolumeId: { Length: > 0 } id } => id,
        { SubJobs: [var only] } => Id(only),
        _ => null,
    };
}
