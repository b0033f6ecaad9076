using PulumiEvs.Evs.Auth;
using PulumiEvs.Evs.Clouds;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Evs.Jobs.Crowds;

namespace PulumiEvs.Evs;

/// <summary>
/// One configuration's way to its cloud: the connections, the client and the waits over it. Made once per configuration, shared by
/// all its operations; making it sends nothing.
/// </summary>
internal sealed class EvsConnection : IDisposable
{
    private readonly EvsTransport _transport;
    private readonly Poller _poller;
    private readonly IJobDurations _durations;
    private readonly VolumeWatch _watch;
    private readonly SharedReads _reads;

    /// <param name="handler">From <see cref="HttpHandlers.Create"/>; disposed of with this.</param>
    /// <param name="target">Where to.</param>
    /// <param name="project">In whose name.</param>
    /// <param name="credential">With what right.</param>
    /// <param name="options">How.</param>
    /// <param name="time">The clock of every date, pause and time-out.</param>
    /// <param name="random">The chance in every pause.</param>
    /// <param name="durations">What is known of how long jobs take; null to know only what this connection sees.</param>
    public EvsConnection(
        HttpMessageHandler handler,
        CloudTarget target,
        ProjectSource project,
        ICredential credential,
        TransportOptions options,
        TimeProvider time,
        Random random,
        DurationBook? durations = null)
    {
        _transport = new EvsTransport(new HttpMessageInvoker(handler, disposeHandler: true), credential, options, time, random);
        _poller = new Poller(time, random);
        Clock = new ServiceClock(time);
        _durations = (durations ?? new DurationBook(null, time)).At(target.Evs.Host);
        Credential = credential;
        Client = new EvsClient(_transport, target, project);
        var shared = Client.With(new CallContext { Precedence = Precedence.Shared, MaxRetries = 0 });
        _watch = new VolumeWatch(new VolumeSweep(shared.GlanceAtVolumesAsync), time);
        _reads = new SharedReads(() => _watch.IsCrowd ? _watch.Count : 0, shared.ListVolumesAsync, time);
    }

    public EvsClient Client { get; }

    public ICredential Credential { get; }

    public ServiceClock Clock { get; }

    /// <summary>Gets the token or temporary key that requests need; sends nothing where the credentials are at hand.</summary>
    public async Task ObtainCredentialAsync(CancellationToken ct)
    {
        using var unsent = new HttpRequestMessage(HttpMethod.Get, Client.Target.Evs);
        await Credential.AuthorizeAsync(unsent, ReadOnlyMemory<byte>.Empty, ct);
    }

    /// <summary>The waits for one operation: its context's deadline and observer hold for every look.</summary>
    public EvsWaits Waits(CallContext context) => new(Client.With(context), _poller, _durations, _watch, _reads);

    public void Dispose()
    {
        _watch.Dispose();
        _transport.Dispose();
    }
}

/// <summary>The waits over one client. A look that fails is not sent again by itself: the wait looks again.</summary>
internal sealed class EvsWaits
{
    public EvsWaits(EvsClient client, Poller poller, IJobDurations durations, VolumeWatch watch, SharedReads reads)
    {
        var looking = client.With(client.Context with { MaxRetries = 0 });
        var finishing = looking.With(looking.Context with { Precedence = Precedence.Finish });
        Jobs = new JobWaiter(looking.GetJobAsync, poller, durations, watch, finishing.GetJobAsync);
        EcsJobs = new JobWaiter(looking.GetEcsJobAsync, poller, durations);
        Volumes = new VolumeWaiter((id, ct) => reads.FindAsync(id, looking.FindVolumeAsync, ct), poller);
        MadeVolumes = new VolumeWaiter((id, ct) => reads.FindAsync(id, finishing.FindVolumeAsync, ct), poller);
        VolumeGroups = new VolumeGroupWaiter(looking.FindVolumesAsync, poller);
        Snapshots = new SnapshotWaiter(looking.FindSnapshotAsync, poller);
    }

    public JobWaiter Jobs { get; }

    public JobWaiter EcsJobs { get; }

    public VolumeWaiter Volumes { get; }

    /// <summary>The waits for disks whose job has succeeded: nothing but their read is left to do.</summary>
    public VolumeWaiter MadeVolumes { get; }

    public VolumeGroupWaiter VolumeGroups { get; }

    public SnapshotWaiter Snapshots { get; }
}
