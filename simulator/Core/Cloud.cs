using EvsSimulator.Core.Catalog;
using EvsSimulator.Core.Jobs;

namespace EvsSimulator.Core;

/// <summary>
/// The local cloud: one state, one lock, one clock. Every look at it first lets the jobs whose time has come end.
/// </summary>
internal sealed class Cloud
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly ulong seed;
    private Settings settings;
    private Draws draws;
    private Store store;
    private JobEngine jobs;
    private ClientTokens clientTokens;

    public Cloud(Settings settings, TimeProvider clock, ulong seed)
    {
        this.settings = settings;
        this.clock = clock;
        this.seed = seed;
        (draws, store, jobs, clientTokens) = Empty(seed, 0);
    }

    /// <summary>What the cloud's clock shows, which may be off this machine's on demand.</summary>
    public DateTimeOffset Now => clock.GetUtcNow() + Settings.ClockOffset;

    public Settings Settings => Volatile.Read(ref settings);

    /// <summary>Runs an operation on the state of this moment.</summary>
    public T Run<T>(Func<World, T> operation)
    {
        lock (gate)
        {
            var moment = clock.GetUtcNow();
            jobs.CatchUp(moment);
            return operation(new World(store, jobs, clientTokens, draws, settings, moment));
        }
    }

    /// <summary>Replaces the set-up.</summary>
    public Settings Change(Func<Settings, Settings> change)
    {
        lock (gate)
        {
            Volatile.Write(ref settings, change(settings));
            return settings;
        }
    }

    /// <summary>Forgets every volume, snapshot and job, and starts the draws anew.</summary>
    public void Reset()
    {
        lock (gate)
        {
            (draws, store, jobs, clientTokens) = Empty(seed, store.Version + 1);
        }
    }

    /// <summary>Takes over a state that was saved before.</summary>
    public void Restore(ulong drawsPosition, Action<World> fill)
    {
        lock (gate)
        {
            (draws, store, jobs, clientTokens) = Empty(drawsPosition, store.Version + 1);
            fill(new World(store, jobs, clientTokens, draws, settings, clock.GetUtcNow()));
        }
    }

    private static (Draws Draws, Store Store, JobEngine Jobs, ClientTokens ClientTokens) Empty(ulong position, long version)
    {
        var draws = new Draws(position);
        var store = new Store(version);
        return (draws, store, new JobEngine(store, draws), new ClientTokens());
    }
}
