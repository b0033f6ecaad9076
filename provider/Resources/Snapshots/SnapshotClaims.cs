namespace PulumiEvs.Resources.Snapshots;

/// <summary>
/// Which snapshots belong to a resource of this process, and which creates are under way. A create whose answer was lost finds its
/// snapshot by name and disk; this keeps it from taking one that is another resource's.
/// </summary>
internal sealed class SnapshotClaims
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);
    private readonly Dictionary<(string VolumeId, string Name), int> _underWay = [];

    /// <summary>A create begins. Dispose the ticket when it is over.</summary>
    public Ticket Begin(string volumeId, string name)
    {
        lock (_lock)
        {
            _underWay[(volumeId, name)] = _underWay.GetValueOrDefault((volumeId, name)) + 1;
            return new Ticket(this, volumeId, name);
        }
    }

    /// <summary>A resource has this snapshot: no create may take it.</summary>
    public void Claim(string snapshotId)
    {
        lock (_lock)
        {
            _claimed.Add(snapshotId);
        }
    }

    public bool IsClaimed(string snapshotId)
    {
        lock (_lock)
        {
            return _claimed.Contains(snapshotId);
        }
    }

    internal sealed class Ticket(SnapshotClaims claims, string volumeId, string name) : IDisposable
    {
        /// <summary>True when no other create of the same disk and name is under way, whose snapshot it might be.</summary>
        public bool IsAlone
        {
            get
            {
                lock (claims._lock)
                {
                    return claims._underWay.GetValueOrDefault((volumeId, name)) == 1;
                }
            }
        }

        public void Dispose()
        {
            lock (claims._lock)
            {
                var left = claims._underWay[(volumeId, name)] - 1;
                if (left == 0)
                {
                    claims._underWay.Remove((volumeId, name));
                }
                else
                {
                    claims._underWay[(volumeId, name)] = left;
                }
            }
        }
    }
}
