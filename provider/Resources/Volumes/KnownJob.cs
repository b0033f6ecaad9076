using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Models;
using PulumiEvs.Resources.Provider;

namespace PulumiEvs.Resources.Volumes;

/// <summary>A single look at a job that an earlier run has begun.</summary>
internal static class KnownJob
{
    /// <summary>How often a job may be not known before it counts as forgotten: the answer may have come from another node.</summary>
    private const int ToleratedUnknown = 3;

    private static readonly TimeSpan UnknownPause = TimeSpan.FromSeconds(1);

    /// <summary>The job, or null when the service does not know it (any more).</summary>
    public static async Task<Job?> FindAsync(EvsSession session, string jobId, CancellationToken cancellationToken)
    {
        for (var asked = 1; ; asked++)
        {
            try
            {
                return await session.Client.GetJobAsync(jobId, cancellationToken);
            }
            catch (EvsException unknown) when (unknown.Class == ErrorClass.JobUnknown || unknown.IsDefinitelyNotFound)
            {
                if (asked > ToleratedUnknown)
                {
                    return null;
                }
            }

            await Task.Delay(UnknownPause, session.Time, cancellationToken);
        }
    }
}
