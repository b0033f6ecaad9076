using PulumiEvs.Evs;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.Provider;

/// <summary>What one operation works with: the calls and waits of the API, its deadline, and the ids of its requests.</summary>
internal sealed class EvsSession
{
    private readonly EvsConnection _connection;
    private readonly CallContext _context;
    private readonly EvsWaits _waits;
    private readonly Lock _lock = new();
    private string? _lastWrite;
    private volatile bool _hidesAnswers;

    public EvsSession(EvsConnection connection, TimeProvider time, TimeSpan allowed, IOperationLog log)
    {
        Time = time;
        Deadline = Deadline.In(time, allowed);
        _connection = connection;
        _context = new CallContext
        {
            Deadline = CallContext.DeadlineIn(time, allowed),
            ReadsOthers = log.HoldsSecrets,
            OnExchange = exchange =>
            {
                log.Debug((_hidesAnswers && exchange.Status is >= 200 and < 300 ? exchange with { ResponseBody = Redactor.Mask } : exchange).ToString());
                log.UnderWay();
                Note(exchange);
            },
        };
        Client = connection.Client.With(_context);
        _waits = connection.Waits(_context);
    }

    public EvsClient Client { get; }

    public JobWaiter Jobs => _waits.Jobs;

    public JobWaiter EcsJobs => _waits.EcsJobs;

    public VolumeWaiter Volumes => _waits.Volumes;

    /// <inheritdoc cref="EvsWaits.MadeVolumes"/>
    public VolumeWaiter MadeVolumes => _waits.MadeVolumes;

    public VolumeGroupWaiter VolumeGroups => _waits.VolumeGroups;

    public SnapshotWaiter Snapshots => _waits.Snapshots;

    public TimeProvider Time { get; }

    public Deadline Deadline { get; }

    /// <summary>A client for a look at what is left when the operation's own time may be over: its requests have a time of their own.</summary>
    public EvsClient LastLook(TimeSpan bound) =>
        _connection.Client.With(_context with { Deadline = CallContext.DeadlineIn(Time, bound), Precedence = Precedence.Finish });

    /// <summary>A client for a look that decides whether a disk gets lost: its requests have that long even when the operation's time is over.</summary>
    public EvsClient WithAtLeast(TimeSpan least) => Deadline.Remaining < least ? LastLook(least) : Client;

    /// <summary>From now on no answer's body is shown: it may have a text that only another run knows to be secret.</summary>
    public void HideAnswers() => _hidesAnswers = true;

    /// <summary>A client for looking at what may be other resources'.</summary>
    public EvsClient LookingAtOthers => Client.With(_context with { ReadsOthers = true });

    /// <summary>The id of the operation's last request that was to change something: what the cloud's support asks for.</summary>
    public string? LastWriteRequestId
    {
        get
        {
            lock (_lock)
            {
                return _lastWrite;
            }
        }
    }

    /// <summary>The time by the service's clock; by this machine's when no answer has told it.</summary>
    public DateTimeOffset ServerTime => KnownServerTime ?? Time.GetUtcNow();

    /// <summary>The time by the service's clock; null when no answer to this configuration has told it.</summary>
    public DateTimeOffset? KnownServerTime => _connection.Clock.Now;

    private void Note(HttpExchange exchange)
    {
        lock (_lock)
        {
            if (exchange is { Method: not "GET", RequestId: { } id })
            {
                _lastWrite = id;
            }
        }

        if (exchange.ServerTime is { } theirs)
        {
            _connection.Clock.Tell(theirs);
        }
    }
}
