using PulumiEvs.Evs;
using PulumiEvs.Evs.Http;
using PulumiEvs.Evs.Jobs;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Resources.Provider;

/// <summary>What one operation works with: the calls and waits of the API, its deadline, and the ids of its requests.</summary>
internal sealed class EvsSession
{
    private readonly EvsWaits _waits;
    private string? _lastWrite;

    public EvsSession(EvsConnection connection, TimeProvider time, TimeSpan allowed, IOperationLog log)
    {
        Time = time;
        Deadline = Deadline.In(time, allowed);
        var context = new CallContext
        {
            Deadline = time.GetUtcNow() + allowed,
            OnExchange = exchange =>
            {
                log.Debug(exchange.ToString());
                if (exchange is { Method: not "GET", RequestId: { } id })
                {
                    Volatile.Write(ref _lastWrite, id);
                }
            },
        };
        Client = connection.Client.With(context);
        _waits = connection.Waits(context);
    }

    public EvsClient Client { get; }

    public JobWaiter Jobs => _waits.Jobs;

    public VolumeWaiter Volumes => _waits.Volumes;

    public TimeProvider Time { get; }

    public Deadline Deadline { get; }

    /// <summary>The id of the operation's last request that was to change something: what the cloud's support asks for.</summary>
    public string? LastWriteRequestId => Volatile.Read(ref _lastWrite);
}
