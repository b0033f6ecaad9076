using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Jobs;

namespace EvsSimulator.Core;

/// <summary>The cloud at one moment: what an operation reads and changes, under the cloud's lock.</summary>
internal sealed class World(Store store, JobEngine jobs, ClientTokens clientTokens, Draws draws, Settings settings, DateTimeOffset moment)
{
    public Store Store => store;

    public JobEngine Jobs => jobs;

    public ClientTokens ClientTokens => clientTokens;

    public Draws Draws => draws;

    public Settings Settings => settings;

    /// <summary>
    /// The moment in the course of things: jobs and visibility go by it. It moves on evenly, whatever the cloud's clock is set to.
    /// </summary>
    public DateTimeOffset Moment => moment;

    /// <summary>What the cloud's clock shows: the dates that it writes down.</summary>
    public DateTimeOffset Now => moment + settings.ClockOffset;

    /// <summary>Plans and submits a job at this moment.</summary>
    public Job Submit(string kind, string projectId, Work work, JobSubject? subject, JobFate fate) =>
        jobs.Submit(kind, projectId, work, subject, fate, settings, moment);
}
