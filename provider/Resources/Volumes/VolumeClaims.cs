using PulumiEvs.Evs.Models;

namespace PulumiEvs.Resources.Volumes;

/// <summary>
/// Which disks belong to which create of this process. A create whose answer was lost finds its disk by name and attributes; this
/// keeps it from taking the disk of another resource that looks the same.
/// </summary>
internal sealed class VolumeClaims
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);
    private readonly Dictionary<VolumeLooks, Crowd> _crowds = [];

    /// <summary>A create begins. Dispose the ticket when it is over.</summary>
    public Ticket Begin(VolumeLooks looks)
    {
        lock (_lock)
        {
            var crowd = CrowdOf(looks);
            crowd.Waiting++;
            return new Ticket(this, looks);
        }
    }

    /// <summary>The engine knows the disk: no create may take it.</summary>
    public void Claim(string volumeId)
    {
        lock (_lock)
        {
            _claimed.Add(volumeId);
        }
    }

    public bool IsClaimed(string volumeId)
    {
        lock (_lock)
        {
            return _claimed.Contains(volumeId);
        }
    }

    private Crowd CrowdOf(VolumeLooks looks)
    {
        if (!_crowds.TryGetValue(looks, out var crowd))
        {
            crowd = new Crowd();
            _crowds.Add(looks, crowd);
        }

        return crowd;
    }

    /// <summary>How many creates of one look have no disk yet: those whose answer is still to come, and those that lost it.</summary>
    private sealed class Crowd
    {
        public int Waiting { get; set; }

        public int Lost { get; set; }
    }

    /// <summary>What one look for a lost disk came to.</summary>
    internal enum Verdict
    {
        /// <summary>The disk is claimed for this create.</summary>
        Mine,

        /// <summary>None of the disks can be this create's.</summary>
        None,

        /// <summary>Another create of the same looks does not know its disk yet: it may be one of these.</summary>
        NotYet,

        /// <summary>More disks than creates that lost their answer: which is whose cannot be told.</summary>
        Several,
    }

    /// <summary>One create's place among those that look the same.</summary>
    internal sealed class Ticket(VolumeClaims claims, VolumeLooks looks) : IDisposable
    {
        private bool _lost;
        private bool _resolved;

        public VolumeLooks Looks => looks;

        /// <summary>Whether the disk of this create is known.</summary>
        public bool IsResolved
        {
            get
            {
                lock (claims._lock)
                {
                    return _resolved;
                }
            }
        }

        /// <summary>The create knows its disk, from its job.</summary>
        public void Resolve(string volumeId)
        {
            lock (claims._lock)
            {
                claims._claimed.Add(volumeId);
                Leave();
            }
        }

        /// <summary>The answer to the create was lost: it now looks for its disk.</summary>
        public void Lose()
        {
            lock (claims._lock)
            {
                if (!_lost && !_resolved)
                {
                    _lost = true;
                    var crowd = claims.CrowdOf(looks);
                    crowd.Waiting--;
                    crowd.Lost++;
                }
            }
        }

        /// <summary>Its request is sent again.</summary>
        public void Retry()
        {
            lock (claims._lock)
            {
                if (_lost && !_resolved)
                {
                    _lost = false;
                    var crowd = claims.CrowdOf(looks);
                    crowd.Lost--;
                    crowd.Waiting++;
                }
            }
        }

        /// <summary>Takes one of the disks found, when it is certain that it can be this create's.</summary>
        public (Verdict Verdict, Volume? Volume) Choose(IReadOnlyList<Volume> found)
        {
            lock (claims._lock)
            {
                var free = found.Where(volume => !claims._claimed.Contains(volume.Id)).ToArray();
                var crowd = claims.CrowdOf(looks);
                if (free.Length == 0)
                {
                    return (Verdict.None, null);
                }

                if (crowd.Waiting > 0)
                {
                    return (Verdict.NotYet, null);
                }

                if (free.Length > crowd.Lost)
                {
                    return (Verdict.Several, null);
                }

                // Equal disks for equal creates: any of them will do, as long as nobody else takes it.
                claims._claimed.Add(free[0].Id);
                Leave();
                return (Verdict.Mine, free[0]);
            }
        }

        public void Dispose()
        {
            lock (claims._lock)
            {
                Leave();
            }
        }

        private void Leave()
        {
            if (_resolved)
            {
                return;
            }

            _resolved = true;
            var crowd = claims.CrowdOf(looks);
            if (_lost)
            {
                crowd.Lost--;
            }
            else
            {
                crowd.Waiting--;
            }

            if (crowd is { Waiting: 0, Lost: 0 })
            {
                claims._crowds.Remove(looks);
            }
        }
    }
}
